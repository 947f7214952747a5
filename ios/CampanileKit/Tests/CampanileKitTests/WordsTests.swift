import CampanileKit
import Foundation
import Testing

@Suite("The words of the frame")
struct WordsTests {
    private struct Catalogue: Decodable {
        struct Entry: Decodable { let localizations: [String: Localization] }
        struct Localization: Decodable { let stringUnit: Unit }
        struct Unit: Decodable {
            let state: String
            let value: String
        }
        let sourceLanguage: String
        let strings: [String: Entry]
    }

    private let catalogue: Catalogue

    init() throws {
        let file = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent()
            .appendingPathComponent("../../../App/Resources/Localizable.xcstrings").standardizedFileURL
        catalogue = try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: file))
    }

    @Test func everyWordIsThereInItalianAndInEnglish() {
        #expect(catalogue.sourceLanguage == "it")
        for key in Chrome.allCases {
            let languages = catalogue.strings[key.rawValue]?.localizations ?? [:]
            #expect(languages.keys.sorted() == ["en", "it"], "\(key.rawValue)")
            for (language, words) in languages {
                #expect(words.stringUnit.state == "translated", "\(key.rawValue) \(language)")
                #expect(
                    !words.stringUnit.value.trimmingCharacters(in: .whitespaces).isEmpty, "\(key.rawValue) \(language)")
            }
        }
    }

    @Test func noWordIsThereThatNobodyShows() {
        let shown = Set(Chrome.allCases.map(\.rawValue))
        #expect(catalogue.strings.keys.filter { !shown.contains($0) }.isEmpty)
    }

    @Test func bothLanguagesHaveTheSamePlaces() {
        for (key, entry) in catalogue.strings {
            let places = entry.localizations.values.map { $0.stringUnit.value.filter { "%$@".contains($0) } }
            #expect(Set(places).count == 1, "\(key)")
        }
        let opening = catalogue.strings[Chrome.failedOpening.rawValue]?.localizations["it"]?.stringUnit.value
        #expect(opening?.contains("%1$@") == true)
    }

    @Test func theTwoLanguagesDiffer() {
        for (key, entry) in catalogue.strings {
            #expect(Set(entry.localizations.values.map(\.stringUnit.value)).count == 2, "\(key)")
        }
    }
}
