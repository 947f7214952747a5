import CampanileKit
import Foundation
import Testing

/// Both apps say the same and look the same: read from the resources of the Android app.
@Suite("The same as on Android")
struct AndroidParityTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("../../../..").standardizedFileURL

    /// Words that only iOS needs: it cannot drop a push, so it rewrites it.
    private let notThere = ["push_"]

    @Test(arguments: [("it", "values-it"), ("en", "values")])
    func wordsThatBothHaveAreTheSame(_ language: String, _ folder: String) throws {
        let android = try entries("string", "\(folder)/strings.xml")
        let iosWords = try catalogue(language)
        let both = Set(android.keys).intersection(iosWords.keys)
        #expect(both.count >= 10)
        for key in both.sorted() {
            #expect(iosWords[key] == android[key]?.replacingOccurrences(of: "%1$s", with: "%1$@"), "\(key)")
        }
    }

    @Test func noScreenThatBothHaveLacksAWord() throws {
        let android = try entries("string", "values/strings.xml").keys
        let iosWords = try catalogue("it").keys
        let avvisi = Set(android.filter { $0.hasPrefix("avvisi_") })
        #expect(avvisi == Set(iosWords.filter { $0.hasPrefix("avvisi_") }))
        #expect(iosWords.filter { key in !android.contains(key) && !notThere.contains(where: key.hasPrefix) }.isEmpty)
    }

    @Test(arguments: [(false, "values"), (true, "values-night")])
    func levelsHaveTheSameColours(_ isDark: Bool, _ folder: String) throws {
        let light = try entries("color", "values/colors.xml")
        let colours = light.merging(try entries("color", "\(folder)/colors.xml")) { _, night in night }
        let palette = Palette(isDark: isDark)
        for (look, name) in [
            (AlertLook.verde, "verde"), (.gialla, "gialla"), (.arancione, "arancione"), (.rossa, "rossa"),
            (.unknown, "unknown"), (.exercise, "exercise"),
        ] {
            let mine = palette.colours(of: look)
            #expect(hex(mine.fill) == colours[name], "\(name)")
            #expect(hex(mine.ink) == colours["\(name)_ink"], "\(name)")
            if let outline = colours["\(name)_outline"] {
                #expect(mine.outline.map(hex) ?? "#00000000" == outline, "\(name)")
            }
        }
        for (mine, name) in [
            (palette.ground, "ground"), (palette.surface, "surface"), (palette.ink, "ink"),
            (palette.inkSoft, "ink_soft"), (palette.cautionSurface, "caution_surface"),
            (palette.cautionInk, "caution_ink"),
        ] {
            #expect(hex(mine) == colours[name], "\(name)")
        }
    }

    private func hex(_ colour: Rgb) -> String {
        let digits = String(colour.hex, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// `<string name="key">words</string>` or `<color …>`, by name.
    private func entries(_ tag: String, _ file: String) throws -> [String: String] {
        let path = Self.root.appendingPathComponent("android/app/src/main/res/\(file)")
        let xml = try String(contentsOf: path, encoding: .utf8)
        var found: [String: String] = [:]
        for piece in xml.components(separatedBy: "<\(tag) name=\"").dropFirst() {
            let parts = piece.components(separatedBy: "</\(tag)>")[0].components(separatedBy: "\">")
            guard parts.count == 2 else { throw Unreadable(file: file, piece: piece) }
            found[parts[0]] = parts[1].replacingOccurrences(of: "&amp;", with: "&")
        }
        return found
    }

    private struct Unreadable: Error {
        let file: String
        let piece: String
    }

    private func catalogue(_ language: String) throws -> [String: String] {
        struct Catalogue: Decodable {
            struct Entry: Decodable { let localizations: [String: Localization] }
            struct Localization: Decodable { let stringUnit: Unit }
            struct Unit: Decodable { let value: String }
            let strings: [String: Entry]
        }
        let file = Self.root.appendingPathComponent("ios/App/Resources/Localizable.xcstrings")
        let read = try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: file))
        return read.strings.compactMapValues { $0.localizations[language]?.stringUnit.value }
    }
}
