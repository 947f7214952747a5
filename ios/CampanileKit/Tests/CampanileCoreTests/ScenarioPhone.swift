import CampanileCore
import CampanileFakes
import CampanileKit
import Foundation
import Synchronization

/// The phone of a scenario: does its steps one after the other on the generated bindings.
final class ScenarioPhone {
    private let scenario: Scenario
    private let folder: URL
    private let towns: [CampanileKit.Town]
    private let clock: FixedClock
    private let log = KeptLog()
    private let lists = KeptLists()
    private var core: Campanile
    private var subscription: CampanileCore.Subscription?
    private var snapshot: Data?
    private var errors: [any Error] = []

    private static let databaseKey = Data(repeating: 1, count: 32)
    private static let placesKey = Data(repeating: 2, count: 32)

    init(_ scenario: Scenario, server: String?) throws {
        self.scenario = scenario
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
        clock = FixedClock(scenario.now)
        towns = try scenario.towns.map { try townOf($0, server: server) }
        core = try ScenarioPhone.open(
            scenario, folder, towns, clock, log, FixedKeys(.gives(ScenarioPhone.databaseKey)))
        for place in scenario.places { _ = try core.places().save(draft: draft(place)) }
    }

    /// Does the step. What differs from its `expect`, or how its error differs from its `expect_error`; empty if nothing.
    func `do`(_ step: Json) async -> [String] {
        do {
            let found = try await result(of: step)
            if let error = step["expect_error"] { return ["expected \(error), found \(found)"] }
            return step["expect"].map { found.differences(from: $0) } ?? []
        } catch let error as ScenarioError {
            return [error.description]
        } catch {
            errors.append(error)
            guard let expected = step["expect_error"] else { return ["threw \(String(reflecting: error))"] }
            return described(error).differences(from: expected)
        }
    }

    func end() {
        core.close()
        try? FileManager.default.removeItem(at: folder)
    }

    // One arm per row of the table in tests/scenarios/README.md.
    private func result(of step: Json) async throws -> Json {
        let alerts = core.alerts()
        switch try text("do", step) {
        case "receive": return outcome(of: try alerts.receive(bytes: bytes(step)))
        case "list": return shown(try alerts.list())
        case "detail": return Json(of: try alerts.detail(id: text("id", step)))
        case "unshown": return .object(["tags": Json(of: try alerts.unshown().map(\.tag))])
        case "mark_shown": try alerts.markShown(tag: text("tag", step))
        case "mark_seen": try alerts.markSeen(id: text("id", step))
        case "refused": return .object(["reasons": Json(of: try alerts.refused(limit: 10).map(\.reason))])
        case "places": return .object(["places": Json(of: try core.places().list())])
        case "save_place": return Json(of: try core.places().save(draft: draft(step["place"] ?? .null)))
        case "remove_place": try core.places().remove(id: text("id", step))
        case "set_language": try core.settings().save(preferences: Preferences(language: text("language", step)))
        case "present_push": return try presented(step)
        case "take_in_snapshot":
            return .object(["new": Json(of: try core.takeInSnapshot(snapshot: snapshot ?? Data()))])
        case "set_clock": clock.set(try date("now", step))
        case "subscribe":
            subscription = try alerts.subscribeAlerts(observer: lists)
            return try await nextList()
        case "next_list": return try await nextList()
        case "unsubscribe": subscription?.cancel()
        case "no_list": try await noList()
        case "pause": core.pause()
        case "resume": try core.resume()
        case "close": core.close()
        case "open", "reopen":
            core.close()
            core = try ScenarioPhone.open(scenario, folder, towns, clock, log, try keys(step))
            return .object(["opening": Json(of: core.opening())])
        case "nowhere": try nowhere(try text("text", step))
        case "register": return Json(of: try await core.sync().register(endpoint: .stream, cancel: nil))
        case "refresh": return try await refreshed(step)
        case "status":
            let status = try core.sync().status()
            return .object([
                "is_registered": .flag(status.isRegistered), "is_listening": .flag(status.isListening),
                "has_synced": .flag(status.lastComplete != nil),
            ])
        case "requests":
            let requests = try await ScenarioServer.requests(towns[0].serverUrl)
            return .object(["count": Json(of: requests.count), "last": requests.last ?? .null])
        case let unknown: throw ScenarioError("this runner does not know the step \(unknown)")
        }
        return .object([:])
    }

    private func outcome(of receipt: ReceiveReceipt) -> Json {
        .object(Json.fields(of: receipt).merging(["outcome": Json(of: receipt)]) { _, new in new })
    }

    private func shown(_ list: AlertList) -> Json {
        var fields = Json.fields(of: list)
        fields["spoken_begins_with_level"] = .flag(list.rows.allSatisfy { $0.spoken.hasPrefix($0.levelWords) })
        return .object(fields)
    }

    private func presented(_ step: Json) throws -> Json {
        let before = try snapshot ?? core.pushSnapshot()
        let places =
            step["places"]?.flag == true
            ? SealedPlaces(sealed: try core.sealedPlaces(), key: Self.placesKey) : nil
        let presentation = try presentPush(try bytes(step), snapshot: before, places: places, now: clock.now())
        snapshot = presentation.snapshot ?? before
        var fields = Json.fields(of: presentation).merging(Json.fields(of: presentation.outcome)) { old, _ in old }
        fields["snapshot_changes"] = .flag(presentation.snapshot != nil)
        return .object(fields)
    }

    private func refreshed(_ step: Json) async throws -> Json {
        guard let after = step["cancel_after_ms"]?.number else {
            return Json(of: try await core.sync().refresh(cancel: nil))
        }
        let token = CancelToken()
        let cancelling = Task {
            try await Task.sleep(for: .milliseconds(after))
            token.cancel()
        }
        let began = ContinuousClock.now
        let receipt = try await core.sync().refresh(cancel: token)
        try await cancelling.value
        if let limit = step["within_ms"]?.number, ContinuousClock.now - began > .milliseconds(limit) {
            throw ScenarioError("the cancelled call took longer than \(limit) ms")
        }
        return Json(of: receipt)
    }

    private func nextList() async throws -> Json {
        guard let list = await lists.next(within: .seconds(5)) else { throw ScenarioError("no list within 5 seconds") }
        return .object(["rows": Json(of: list.rows.count)])
    }

    private func noList() async throws {
        if let list = await lists.next(within: .milliseconds(300)) {
            throw ScenarioError("a list of \(list.rows.count) rows came")
        }
    }

    private func nowhere(_ text: String) throws {
        let said = errors.flatMap { [String(reflecting: $0), $0.localizedDescription, "\(described($0))"] } + log.lines
        if let leak = said.first(where: { $0.contains(text) }) { throw ScenarioError("the text is in: \(leak)") }
        guard !errors.isEmpty else { throw ScenarioError("no error was caught before") }
    }

    private func keys(_ step: Json) throws -> FixedKeys {
        if step["key_store_locked"]?.flag == true { return FixedKeys(.locked) }
        if let text = step["key_store_throws"]?.text { return FixedKeys(.throws(text)) }
        return FixedKeys(.gives(try step["key"]?.text.map(bytes(hex:)) ?? Self.databaseKey))
    }

    private static func open(
        _ scenario: Scenario, _ folder: URL, _ towns: [CampanileKit.Town], _ clock: FixedClock, _ log: KeptLog,
        _ keys: FixedKeys
    ) throws -> Campanile {
        try Campanile.open(
            config: CampanileConfig(
                dataDir: folder.path, towns: towns, language: scenario.language, builtAt: scenario.builtAt),
            platform: Platform(keyStore: keys, clock: clock, locationSource: LastPosition(), logSink: log))
    }

    /// The keys of a scenario: always the same, or none.
    private final class FixedKeys: KeyStore {
        enum Mood: Sendable {
            case gives(Data)
            case locked
            case `throws`(String)
        }

        struct Talk: Error, CustomStringConvertible {
            let description: String
        }

        private let mood: Mood

        init(_ mood: Mood) {
            self.mood = mood
        }

        func databaseKey() throws -> Data {
            switch mood {
            case .gives(let key): return key
            case .locked: throw PlatformError.Locked
            case .throws(let text): throw Talk(description: text)
            }
        }

        func placesKey() throws -> Data { ScenarioPhone.placesKey }
    }
}

/// Keeps the lists that an observer was told, in order.
private final class KeptLists: AlertsObserver {
    private let kept = Mutex<[AlertList]>([])

    func onAlerts(list: AlertList) throws {
        kept.withLock { $0.append(list) }
    }

    func next(within limit: Duration) async -> AlertList? {
        let end = ContinuousClock.now + limit
        while true {
            if let first = kept.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
            guard ContinuousClock.now < end else { return nil }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}

private func described(_ error: any Error) -> Json {
    let name = Mirror(reflecting: error).children.first?.label ?? "\(error)"
    return .object(Json.fields(of: error).merging(["type": .text(name)]) { _, new in new })
}

private func text(_ name: String, _ step: Json) throws -> String {
    guard let text = step[name]?.text else { throw ScenarioError("the step lacks the text \(name)") }
    return text
}

private func bytes(_ step: Json) throws -> Data {
    guard let bytes = Data(base64Encoded: try text("bytes", step)) else { throw ScenarioError("bytes are no base64") }
    return bytes
}

private func date(_ name: String, _ step: Json) throws -> Date {
    guard let date = ISO8601DateFormatter().date(from: try text(name, step)) else {
        throw ScenarioError("\(name) is no instant")
    }
    return date
}

private func bytes(hex: String) throws -> Data {
    var bytes = Data()
    var rest = Substring(hex)
    while !rest.isEmpty {
        guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw ScenarioError("no hexadecimal: \(hex)") }
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

private func draft(_ place: Json) throws -> PlaceDraft {
    PlaceDraft(
        id: place["id"]?.text, name: try text("name", place), comune: try text("comune", place),
        lon: place["lon"]?.number, lat: place["lat"]?.number,
        quietFrom: place["quiet_from"]?.text, quietTo: place["quiet_to"]?.text)
}
