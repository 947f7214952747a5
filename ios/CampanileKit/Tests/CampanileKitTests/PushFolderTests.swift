import CampanileFakes
import CampanileKit
import Foundation
import Synchronization
import Testing

@Suite("The files that app and extension share")
struct PushFolderTests {
    let place: URL
    let folder: PushFolder

    init() throws {
        place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        folder = PushFolder(place)
    }

    @Test func whatWasNotWrittenIsNotThere() throws {
        #expect(try folder.snapshot() == nil)
        #expect(try folder.sealedPlaces() == nil)
    }

    @Test func filesComeBackAsWritten() throws {
        try folder.write(PushFiles(snapshot: Data([1]), places: Data([2])))
        #expect(try folder.snapshot() == Data([1]))
        #expect(try folder.sealedPlaces() == Data([2]))
        try folder.write(snapshot: Data([3]))
        #expect(try PushFolder(place).snapshot() == Data([3]))
        #expect(try folder.sealedPlaces() == Data([2]))
    }

    @Test func twoExtensionsAtOnceChangeTheSnapshotOneAfterTheOther() async throws {
        try folder.write(snapshot: Data([0]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    // Each with an object of its own, as two extensions have.
                    let folder = PushFolder(place)
                    try folder.alone {
                        let count = try folder.snapshot()?.first ?? 0
                        try folder.write(snapshot: Data([count + 1]))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.snapshot() == Data([50]))
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let nowhere = PushFolder(place.appendingPathComponent("nowhere"))
        #expect(throws: PushFolderError.cannotLock) { try nowhere.alone {} }
    }

    @Test func withoutASnapshotTheDeliveredHeadlineStaysWithARemark() {
        let reader = PushReader(files: folder, keys: VaultKeyStore(vault: FakeVault()))
        #expect(reader.decide("AAAA", now: Sample.now) == .notChecked)
    }

    @Test func withAnUnreadableSnapshotTheDeliveredHeadlineStaysWithARemark() throws {
        try folder.write(snapshot: Data("not a snapshot".utf8))
        let reader = PushReader(files: folder, keys: VaultKeyStore(vault: FakeVault()))
        #expect(reader.decide("AAAA", now: Sample.now) == .notChecked)
    }

    @Test(arguments: [nil, "", "not base64!"])
    func aPushWithoutAnItemIsNotVerified(_ item: String?) {
        let reader = PushReader(files: folder, keys: VaultKeyStore(vault: FakeVault()))
        #expect(reader.decide(item, now: Sample.now) == .notVerified)
    }
}
