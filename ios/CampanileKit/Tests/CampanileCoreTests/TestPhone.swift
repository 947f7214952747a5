import CampanileFakes
import CampanileKit
import Foundation

/// A phone of its own folder and vault, on the real core.
final class TestPhone: Sendable {
    let folder: URL
    let vault = FakeVault()
    let clock = FixedClock(Sample.now)
    let log = KeptLog()
    let position = LastPosition()
    let towns: [Town]

    init(towns: [Town] = [TestPhone.town]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("campanile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.towns = towns
    }

    /// A town that nobody serves: its server is a closed port of this machine. The keys are those of RFC 8032 §7.1.
    static let town = Town(
        id: "modena", name: "Modena", serverUrl: "http://127.0.0.1:9", environment: .live,
        roots: [
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        ],
        rootThreshold: 2, comuni: ["036023"])

    func open(keys: (any KeyStore)? = nil, language: String = "it") async throws -> any Wall {
        let config = CampanileConfig(
            dataDir: folder.appendingPathComponent("store").path, towns: towns, language: language,
            builtAt: Sample.now - 86_400)
        return try await openWall(
            config,
            platform: Platform(
                keyStore: keys ?? VaultKeyStore(vault: vault), clock: clock, locationSource: position, logSink: log))
    }

    /// Whether `text` lies anywhere under the phone's folder.
    func holds(_ text: String) -> Bool {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let needle = Data(text.utf8)
        return (files?.allObjects as? [URL] ?? []).contains { file in
            (try? Data(contentsOf: file))?.range(of: needle) != nil
        }
    }
}

/// What `work` threw; nothing when it threw nothing.
func failure(of work: () async throws -> some Any) async -> (any Error)? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
