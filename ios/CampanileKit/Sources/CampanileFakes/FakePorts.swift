public import CampanileKit
public import Foundation
import Synchronization

/// A vault in memory that can be locked, fail, or lose what it held.
public final class FakeVault: SecretVault {
    public enum Mood: Sendable { case open, locked, failing }

    private struct State {
        var secrets: [String: Data] = [:]
        var mood = Mood.open
        var beforeAdding: (@Sendable (inout [String: Data]) -> Void)?
    }

    private let state = Mutex(State())

    public init() {}

    public var secrets: [String: Data] {
        get { state.withLock { $0.secrets } }
        set { state.withLock { $0.secrets = newValue } }
    }

    public func be(_ mood: Mood) {
        state.withLock { $0.mood = mood }
    }

    /// Lets another process be quicker: `change` happens between reading and adding.
    public func beforeAdding(_ change: @escaping @Sendable (inout [String: Data]) -> Void) {
        state.withLock { $0.beforeAdding = change }
    }

    public func read(_ name: String) -> VaultReading {
        state.withLock { state in
            switch state.mood {
            case .locked: .locked
            case .failing: .failed
            case .open: state.secrets[name].map { .found($0) } ?? .missing
            }
        }
    }

    public func add(_ secret: Data, name: String) -> VaultAdding {
        state.withLock { state in
            state.beforeAdding?(&state.secrets)
            switch state.mood {
            case .locked: return .locked
            case .failing: return .failed
            case .open:
                guard state.secrets[name] == nil else { return .existed }
                state.secrets[name] = secret
                return .added
            }
        }
    }
}

/// Remembers what was posted; refuses when the person did not permit notifications.
public final class FakePosting: NotificationPosting {
    public struct NotPermitted: Error {
        public init() {}
    }

    private let state = Mutex((posted: [PushNotification](), isPermitted: true))

    public init() {}

    public var posted: [PushNotification] { state.withLock { $0.posted } }

    public func permit(_ isPermitted: Bool) {
        state.withLock { $0.isPermitted = isPermitted }
    }

    public func post(_ notification: PushNotification) async throws {
        try state.withLock { state in
            guard state.isPermitted else { throw NotPermitted() }
            state.posted.append(notification)
        }
    }

    public func remove(tags: [String]) async {
        state.withLock { state in state.posted.removeAll { tags.contains($0.tag) } }
    }
}

/// Keeps pending notices as iOS does: the soonest 64, the rest dropped without a word.
public final class FakeScheduling: NoticeScheduling {
    private let state = Mutex((notices: [PlannedNotice](), dropped: 0))

    public init() {}

    /// How many the system would have dropped.
    public var dropped: Int { state.withLock { $0.dropped } }

    public func pending() async -> [PlannedNotice] { state.withLock { $0.notices } }

    public func remove(ids: [String]) async {
        state.withLock { state in state.notices.removeAll { ids.contains($0.id) } }
    }

    public func add(_ notice: PlannedNotice) async throws {
        state.withLock { state in
            state.notices.removeAll { $0.id == notice.id }
            state.notices.append(notice)
            state.notices.sort { ($0.day, $0.time) < ($1.day, $1.time) }
            while state.notices.count > NoticePlan.systemLimit {
                state.notices.removeLast()
                state.dropped += 1
            }
        }
    }
}

/// The shared files in memory.
public final class FakeFiles: PushFileStore {
    private let state = Mutex((snapshot: Data?.none, places: Data?.none))

    public init(snapshot: Data? = nil, places: Data? = nil) {
        state.withLock {
            $0.snapshot = snapshot
            $0.places = places
        }
    }

    public func snapshot() throws -> Data? { state.withLock { $0.snapshot } }

    public func sealedPlaces() throws -> Data? { state.withLock { $0.places } }

    public func write(snapshot: Data) throws { state.withLock { $0.snapshot = snapshot } }

    public func write(_ files: PushFiles) throws {
        state.withLock {
            $0.snapshot = files.snapshot
            $0.places = files.places
        }
    }

    public func alone<Answer>(_ work: () throws -> Answer) throws -> Answer { try work() }
}

/// Remembers when the app asked to be woken.
public final class FakeBackground: BackgroundRefreshing {
    private let asked = Mutex<[Date]>([])

    public init() {}

    public var requests: [Date] { asked.withLock { $0 } }

    public func request(notBefore earliest: Date) {
        asked.withLock { $0.append(earliest) }
    }
}

/// Remembers what was to be opened.
@MainActor
public final class FakeUrls: UrlOpening {
    public private(set) var opened: [URL] = []

    public init() {}

    public func open(_ url: URL) {
        opened.append(url)
    }
}

/// A clock that stands still until it is set.
public final class FixedClock: PhoneClock {
    private let time: Mutex<Date>

    public init(_ now: Date) {
        time = Mutex(now)
    }

    public func set(_ now: Date) {
        time.withLock { $0 = now }
    }

    public func now() throws -> Date { time.withLock { $0 } }
}

/// Keeps the log lines of the core.
public final class KeptLog: LogSink {
    private let kept = Mutex<[String]>([])

    public init() {}

    public var lines: [String] { kept.withLock { $0 } }

    public func onLog(level: LogLevel, target: String, message: String) throws {
        kept.withLock { $0.append("\(level) \(target) \(message)") }
    }
}
