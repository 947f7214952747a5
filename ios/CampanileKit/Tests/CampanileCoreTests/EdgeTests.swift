import CampanileFakes
import CampanileKit
import Foundation
import Synchronization
import XCTest

/// The wall on the real core: what does not need a signed item. Those are in the shared scenarios.
final class EdgeTests: XCTestCase {
    func test_the_core_tells_its_version() {
        XCTAssertEqual(versionOfTheCore().split(separator: ".").count, 3)
    }

    func test_a_store_is_made_once_and_found_again() async throws {
        let phone = try TestPhone()
        let first = try await phone.open()
        XCTAssertEqual(first.opening, .new)
        await first.close()
        let second = try await phone.open()
        XCTAssertEqual(second.opening, .existing)
    }

    func test_a_wrong_key_is_named_and_changes_nothing() async throws {
        let phone = try TestPhone()
        let first = try await phone.open()
        _ = try await first.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        await first.close()

        let key = phone.vault.secrets[VaultKeyStore.databaseKeyName]
        phone.vault.secrets[VaultKeyStore.databaseKeyName] = Data(repeating: 1, count: 32)
        guard case CampanileError.Invalid(let field, _)? = await failure(of: { try await phone.open() }) else {
            return XCTFail("a wrong key opened the store")
        }
        XCTAssertEqual(field, "database_key")

        phone.vault.secrets[VaultKeyStore.databaseKeyName] = key
        let names = try await phone.open().places.list().map(\.name)
        XCTAssertEqual(names, ["Casa"])
    }

    func test_a_locked_phone_is_locked_and_opens_later() async throws {
        let phone = try TestPhone()
        phone.vault.be(.locked)
        let locked = await failure { try await phone.open() }
        XCTAssertEqual(locked as? CampanileError, .Locked)
        XCTAssertTrue(phone.vault.secrets.isEmpty)
        phone.vault.be(.open)
        let opening = try await phone.open().opening
        XCTAssertEqual(opening, .new)
    }

    func test_the_text_that_a_key_store_throws_appears_nowhere() async throws {
        let phone = try TestPhone()
        let secret = "codice fiscale RSSMRA80A01F257X"
        let thrown = await failure { try await phone.open(keys: TalkativeKeys(text: secret)) }
        guard case CampanileError.Internal(let code)? = thrown else {
            return XCTFail("expected Internal, found \(String(describing: thrown))")
        }
        XCTAssertFalse(code.contains("RSSMRA"))
        XCTAssertFalse(String(reflecting: thrown).contains("RSSMRA"))
        XCTAssertFalse(phone.log.lines.joined().contains("RSSMRA"))
        XCTAssertFalse(phone.holds("RSSMRA"))
    }

    func test_a_talkative_key_store_says_nothing_on_resume_either() async throws {
        let phone = try TestPhone()
        let keys = TalkativeKeys(text: "targa AB123CD", good: Data(repeating: 3, count: 32))
        let wall = try await phone.open(keys: keys)
        await wall.pause()
        keys.turnBad()
        let thrown = await failure { try await wall.resume() }
        XCTAssertNotNil(thrown)
        XCTAssertFalse(String(reflecting: thrown).contains("AB123CD"))
        XCTAssertFalse(phone.log.lines.joined().contains("AB123CD"))
    }

    func test_a_town_that_cannot_be_used_is_named() async throws {
        var town = TestPhone.town
        town.roots = ["short"]
        let bad = try TestPhone(towns: [town])
        guard case CampanileError.Invalid(let field, let why)? = await failure(of: { try await bad.open() }) else {
            return XCTFail("a town without usable roots was taken")
        }
        XCTAssertEqual(field, "town.roots")
        XCTAssertFalse(why.isEmpty)
    }

    func test_paused_and_closed_calls_say_so() async throws {
        let wall = try await TestPhone().open()
        await wall.pause()
        let paused = await failure { try await wall.alerts.list() }
        XCTAssertEqual(paused as? CampanileError, .Closed)
        try await wall.resume()
        _ = try await wall.alerts.list()
        await wall.close()
        await wall.close()
        let closed = await failure { try await wall.resume() }
        XCTAssertEqual(closed as? CampanileError, .Closed)
    }

    func test_safety_rule_10_a_phone_that_never_checked_does_not_know_and_says_so_in_both_languages() async throws {
        let wall = try await TestPhone().open()
        let italian = try await wall.alerts.list()
        XCTAssertFalse(italian.head.isKnown)
        XCTAssertNil(italian.head.checkedAt)
        XCTAssertTrue(italian.emptyWords.contains("112"), italian.emptyWords)

        try await wall.save(Preferences(language: "en"))
        let english = try await wall.alerts.list()
        XCTAssertFalse(english.head.isKnown)
        XCTAssertNotEqual(english.emptyWords, italian.emptyWords)
        XCTAssertNotEqual(english.head.words, italian.head.words)
    }

    func test_what_is_no_language_tag_is_named() async throws {
        let wall = try await TestPhone().open()
        guard
            case CampanileError.Invalid(let field, _)? = await failure(of: {
                try await wall.save(Preferences(language: "italiano vero"))
            })
        else { return XCTFail("a text that is no language tag was taken") }
        XCTAssertEqual(field, "language")
        let kept = try await wall.preferences().language
        XCTAssertEqual(kept, "it")
    }

    func test_a_place_that_cannot_be_saved_names_its_field() async throws {
        let wall = try await TestPhone().open()
        for (draft, expected) in [
            (PlaceDraft(name: "", comune: "036023"), "name"),
            (PlaceDraft(name: "Casa", comune: "999999"), "comune"),
            (PlaceDraft(name: "Casa", comune: "036023", lon: 10.9, lat: 91), "lat"),
            (PlaceDraft(name: "Casa", comune: "036023", quietFrom: "25:00", quietTo: "07:00"), "quiet_from"),
        ] {
            guard case CampanileError.Invalid(let field, _)? = await failure(of: { try await wall.places.save(draft) })
            else {
                XCTFail("\(draft) was saved")
                continue
            }
            XCTAssertEqual(field, expected)
        }
        let held = try await wall.places.list()
        XCTAssertTrue(held.isEmpty)
    }

    func test_places_and_comuni_come_from_the_core() async throws {
        let phone = try TestPhone()
        let wall = try await phone.open()
        let found = try await wall.places.searchComuni("mode", limit: 5).first
        XCTAssertEqual(found?.comune, "036023")
        XCTAssertEqual(found?.isServed, true)

        let nowhere = try await wall.places.comuneHere()
        XCTAssertNil(nowhere)
        phone.position.update(Position(lon: 10.925, lat: 44.647, accuracyM: 30, at: Sample.now))
        let here = try await wall.places.comuneHere()
        XCTAssertEqual(here?.name, "Modena")

        let saved = try await wall.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        XCTAssertEqual(saved.zones, ["Emil-F1"])
        XCTAssertTrue(saved.days.allSatisfy { $0.level == .unknown }, "no bulletin has come, so no level is known")
        XCTAssertFalse(phone.holds("Casa"), "the store is not encrypted")
    }

    func test_bytes_that_are_nothing_are_refused_by_name_and_logged_without_content() async throws {
        let phone = try TestPhone()
        let wall = try await phone.open()
        let receipt = try await wall.alerts.receive(Data("Evacuate via Emilia".utf8))
        guard case .refused(let reason) = receipt else { return XCTFail("\(receipt)") }
        XCTAssertFalse(reason.isEmpty)
        let rows = try await wall.alerts.refused(limit: 10)
        XCTAssertEqual(rows.map(\.reason), [reason])
        XCTAssertFalse(phone.log.lines.joined().contains("Emilia"))
        let list = try await wall.alerts.list()
        XCTAssertTrue(list.rows.isEmpty)
    }

    func test_an_unreachable_town_is_offline() async throws {
        let wall = try await TestPhone().open()
        _ = try await wall.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        let refreshing = await failure { try await wall.sync.refresh(limit: .seconds(20)) }
        XCTAssertEqual(refreshing as? CampanileError, .Offline)
        let status = try await wall.sync.status()
        XCTAssertFalse(status.isRegistered)
    }

    func test_cancelling_the_task_stops_the_stream() async throws {
        let wall = try await TestPhone().open()
        _ = try await wall.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        let listening = Task { try await wall.sync.listen() }
        try await Task.sleep(for: .milliseconds(100))
        let began = ContinuousClock.now
        listening.cancel()
        let ended = await failure { try await listening.value }
        XCTAssertTrue(ended is CancellationError, String(describing: ended))
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(5))
    }

    func test_pausing_ends_the_stream() async throws {
        let wall = try await TestPhone().open()
        _ = try await wall.places.save(PlaceDraft(name: "Casa", comune: "036023"))
        let listening = Task { try await wall.sync.listen() }
        try await Task.sleep(for: .milliseconds(100))
        await wall.pause()
        _ = await failure { try await listening.value }
    }

    func test_a_reader_of_the_list_gets_it_at_once_and_again_when_words_change() async throws {
        let wall = try await TestPhone().open()
        var lists = try await wall.alerts.lists().makeAsyncIterator()
        let first = await lists.next()
        XCTAssertEqual(first?.rows, [])
        try await wall.save(Preferences(language: "en"))
        let second = await lists.next()
        XCTAssertNotEqual(second?.emptyWords, first?.emptyWords)
    }

    func test_two_hundred_reads_at_once_all_answer() async throws {
        let wall = try await TestPhone().open()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await wall.alerts.list().rows.count } }
            for try await count in group { XCTAssertEqual(count, 0) }
        }
    }

    func test_an_unreadable_snapshot_is_invalid_and_no_crash() {
        XCTAssertThrowsError(
            try presentPush(Data([1, 2, 3]), snapshot: Data("no snapshot".utf8), places: nil, now: Sample.now)
        ) { error in
            guard case CampanileError.Invalid = error else { return XCTFail("\(error)") }
        }
    }

    func test_the_extension_refuses_unsigned_bytes_on_a_real_snapshot_before_and_after_unlock() async throws {
        let phone = try TestPhone()
        let wall = try await phone.open()
        let files = PushFolder(phone.folder)
        try await SnapshotExchange(files: files).run(with: wall)
        let reader = PushReader(files: files, keys: VaultKeyStore(vault: phone.vault))
        let item = Data("forged".utf8).base64EncodedString()
        XCTAssertEqual(reader.decide(item, now: Sample.now), .notVerified)
        phone.vault.be(.locked)
        XCTAssertEqual(reader.decide(item, now: Sample.now), .notVerified)
    }
}

/// Throws an error of its own, with a text that nobody may see.
private final class TalkativeKeys: KeyStore {
    struct Talk: Error, CustomStringConvertible, LocalizedError {
        let description: String
        var errorDescription: String? { description }
    }

    private let text: String
    private let good: Mutex<Data?>

    init(text: String, good: Data? = nil) {
        self.text = text
        self.good = Mutex(good)
    }

    func turnBad() {
        good.withLock { $0 = nil }
    }

    func databaseKey() throws -> Data {
        guard let key = good.withLock({ $0 }) else { throw Talk(description: text) }
        return key
    }

    func placesKey() throws -> Data { try databaseKey() }
}
