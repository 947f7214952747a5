import CampanileKit
import Foundation
import Testing

/// A file of `tests/scenarios`.
struct Scenario: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let now: Date
    let builtAt: Date
    let language: String
    let towns: [Json]
    let places: [Json]
    let steps: [Json]
    let http: Json?

    var testDescription: String { name }

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("../../../../tests/scenarios").standardizedFileURL

    /// All of them, by name. Empty when the folder cannot be read, which a test refuses.
    static let all: [Scenario] = {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.map { file in
            do {
                return try read(file)
            } catch {
                fatalError("\(file.lastPathComponent): \(error)")
            }
        }.sorted { $0.name < $1.name }
    }()

    static func named(_ name: String) throws -> Scenario {
        try read(folder.appendingPathComponent(name.replacingOccurrences(of: " ", with: "_") + ".json"))
    }

    private static func read(_ file: URL) throws -> Scenario {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { keys in
            // Only the fields of this struct: the keys inside `Json` stay as they are written.
            keys.count == 1 && keys[0].stringValue == "built_at" ? Key("builtAt") : keys[keys.count - 1]
        }
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Scenario.self, from: Data(contentsOf: file))
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// The bytes of the step with this number, counted from 0.
    func bytes(_ step: Int) throws -> Data {
        guard let text = steps[step]["bytes"]?.text, let bytes = Data(base64Encoded: text) else {
            throw ScenarioError("step \(step) carries no bytes")
        }
        return bytes
    }
}

struct ScenarioError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The town of a scenario, with `server` in place of `{server}`.
func townOf(_ town: Json, server: String?) throws -> Town {
    func text(_ name: String) throws -> String {
        guard let text = town[name]?.text else { throw ScenarioError("the town lacks \(name)") }
        return text
    }
    return Town(
        id: try text("id"), name: try text("name"),
        serverUrl: try text("server_url").replacingOccurrences(of: "{server}", with: server ?? "{server}"),
        environment: try text("environment") == "demo" ? .demo : .live,
        roots: town["roots"]?.list?.compactMap(\.text) ?? [],
        rootThreshold: UInt8(town["root_threshold"]?.number ?? 0),
        comuni: town["comuni"]?.list?.compactMap(\.text) ?? [])
}
