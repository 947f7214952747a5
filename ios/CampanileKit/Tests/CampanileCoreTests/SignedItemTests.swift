import CampanileFakes
import CampanileKit
import Foundation
import Testing

/// What the shell makes of really signed items, on the real core: the extension, the list, what rings once.
@Suite("Signed items in the shell")
struct SignedItemTests {
    private let phone: TestPhone
    private let wall: any Wall
    private let folder: PushFolder
    private let alert: Data
    private var reader: PushReader { PushReader(files: folder, keys: VaultKeyStore(vault: phone.vault)) }

    init() async throws {
        let scenario = try Scenario.named("what the notification extension showed is not shown again")
        phone = try TestPhone(towns: scenario.towns.map { try townOf($0, server: nil) })
        phone.clock.set(scenario.now)
        wall = try await phone.open()
        _ = try await wall.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        _ = try await wall.alerts.receive(try scenario.bytes(0))
        alert = try scenario.bytes(1)
        folder = PushFolder(phone.folder)
        try await SnapshotExchange(files: folder).run(with: wall)
    }

    @Test func theExtensionShowsWhatTheCoreSaysAndOnlyOnce() throws {
        guard case .show(let notification, _) = decide() else {
            Issue.record("not shown")
            return
        }
        #expect(notification.loudness == .fullScreen)
        #expect(notification.title.hasPrefix("Allerta rossa"))
        #expect(decide() == .nothingNew(removes: []))
    }

    @Test func ofManyExtensionsAtOnceOneRings() async {
        let decisions = await withTaskGroup(of: PushDecision.self, returning: [PushDecision].self) { group in
            for _ in 0..<16 { group.addTask { self.decide() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let shown = decisions.filter { if case .show = $0 { true } else { false } }
        #expect(shown.count == 1)
        #expect(decisions.count { $0 == .nothingNew(removes: []) } == 15)
    }

    @Test func whatTheExtensionShowedDoesNotRingAgainInTheApp() async throws {
        _ = decide()
        try await SnapshotExchange(files: folder).run(with: wall)
        let posting = FakePosting()
        try await AlertPoster(posting: posting).post(wall)
        #expect(posting.posted.isEmpty)
        #expect(try await wall.alerts.list().rows.map(\.level) == [.rossa])
        #expect(decide() == .nothingNew(removes: []))
    }

    @Test func whatTheAppReceivedDoesNotRingAgainInTheExtension() async throws {
        _ = try await wall.alerts.receive(alert)
        let posting = FakePosting()
        try await AlertPoster(posting: posting).post(wall)
        #expect(posting.posted.count == 1)
        try await AlertPoster(posting: posting).post(wall)
        #expect(posting.posted.count == 1)
        try await SnapshotExchange(files: folder).run(with: wall)
        #expect(decide() == .nothingNew(removes: []))
    }

    @Test func beforeTheFirstUnlockAnAlertIsShownWithoutTargeting() {
        phone.vault.be(.locked)
        guard case .show(let notification, _) = decide() else {
            Issue.record("not shown")
            return
        }
        #expect(!notification.labels.isEmpty)
    }

    @Test func damagedPlacesKeepNoAlertBack() throws {
        let snapshot = try #require(try folder.snapshot())
        try folder.write(PushFiles(snapshot: snapshot, places: Data("damaged".utf8)))
        guard case .show = decide() else {
            Issue.record("not shown")
            return
        }
    }

    @Test(arguments: [0, 40, 200, -1])
    func safety_rule_7_oneChangedByteIsNeverShown(_ place: Int) throws {
        var changed = alert
        let index = place < 0 ? changed.count - 1 : place
        changed[index] ^= 1
        #expect(reader.decide(changed.base64EncodedString(), now: try phone.clock.now()) == .notVerified)
    }

    @MainActor
    @Test func theScreenShowsARedAlertWithItsOctagonItsWordsAndWhatToDo() async throws {
        let model = AlertListModel(walls: FixedWalls(wall: wall), poster: AlertPoster(posting: FakePosting()))
        _ = try await wall.alerts.receive(alert)
        let following = Task { await model.follow() }
        for _ in 0..<1000 where model.content.sections.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        following.cancel()
        await following.value

        let card = try #require(model.content.sections.first?.cards.first)
        #expect(card.look == .rossa)
        #expect(card.look.figure == .octagon)
        #expect(card.title.hasPrefix("Allerta rossa"))
        #expect(card.voiceOverLabel.hasPrefix("Allerta rossa"))
        #expect(card.action?.isEmpty == false)
        #expect(model.content.notKnown?.look == .unknown, "no head has come")
    }

    @Test func theListAndTheExtensionSpeakEnglishToo() async throws {
        try await wall.save(Preferences(language: "en"))
        try await SnapshotExchange(files: folder).run(with: wall)
        guard case .show(let notification, _) = decide() else {
            Issue.record("not shown")
            return
        }
        #expect(notification.title.hasPrefix("Red alert"))
        _ = try await wall.alerts.receive(alert)
        #expect(try await wall.alerts.list().rows.first?.spoken.hasPrefix("Red alert") == true)
    }

    private func decide() -> PushDecision {
        reader.decide(alert.base64EncodedString(), now: (try? phone.clock.now()) ?? Sample.now)
    }
}

private struct FixedWalls: Walls {
    let held: any Wall

    init(wall: any Wall) {
        held = wall
    }

    func wall() async throws -> any Wall { held }
}
