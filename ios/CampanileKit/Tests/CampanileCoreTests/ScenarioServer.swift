import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The program `scenario-server`, which plays the towns' servers. Started once, ends with this process.
final class ScenarioServer: Sendable {
    let address: String
    // The server ends when this end of its standard input is closed.
    private let input: FileHandle

    private static let running = Mutex<ScenarioServer?>(nil)

    /// Nothing when CAMPANILE_SCENARIO_SERVER does not name the program.
    static func shared() throws -> ScenarioServer? {
        guard let program = ProcessInfo.processInfo.environment["CAMPANILE_SCENARIO_SERVER"] else { return nil }
        return try running.withLock { running in
            if let running { return running }
            let started = try ScenarioServer(program)
            running = started
            return started
        }
    }

    private init(_ program: String) throws {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([10]) {
            guard !byte.isEmpty else { throw ScenarioError("scenario-server printed no address") }
            line += byte
        }
        address = String(decoding: line, as: UTF8.self)
        self.input = input.fileHandleForWriting
    }

    /// What the server got for the town at `url`.
    static func requests(_ url: String) async throws -> [Json] {
        guard let url = URL(string: "\(url)/requests") else { throw ScenarioError("no address: \(url)") }
        let (answer, _) = try await URLSession.shared.data(from: url)
        return try JSONDecoder().decode([Json].self, from: answer)
    }
}
