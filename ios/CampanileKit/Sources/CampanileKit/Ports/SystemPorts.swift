public import Foundation
import Synchronization

/// Posts and removes the notifications of this app.
public protocol NotificationPosting: Sendable {
    /// Posts under the notification's tag, in place of an earlier one of the same tag. Throws when it was not posted.
    func post(_ notification: PushNotification) async throws

    /// Removes what was posted under these tags.
    func remove(tags: [String]) async
}

/// Asks the system for a time in the background.
public protocol BackgroundRefreshing: Sendable {
    /// Asks to be woken not before `earliest`; the system decides when, or never.
    func request(notBefore earliest: Date)
}

/// Opens addresses outside the app.
@MainActor
public protocol UrlOpening {
    func open(_ url: URL)
}

/// The files that app and notification extension share.
public protocol PushFileStore: Sendable {
    /// The snapshot; nothing when the app has not written it yet.
    func snapshot() throws -> Data?

    /// The sealed places; nothing when there are none or the system does not give them out yet.
    func sealedPlaces() throws -> Data?

    func write(snapshot: Data) throws

    func write(_ files: PushFiles) throws

    /// Runs `work` while no other process of ours, and no other thread of this one, does the same.
    func alone<Answer>(_ work: () throws -> Answer) throws -> Answer
}

/// The phone's own clock.
public final class SystemClock: PhoneClock {
    public init() {}

    public func now() throws -> Date { Date() }
}

/// Holds the last position that the system told, so that the core's synchronous question never waits.
///
/// Empty until somebody asked the person for it: places are chosen by their comune, and a position is only an offer.
public final class LastPosition: LocationSource {
    private let held = Mutex<Position?>(nil)

    public init() {}

    public func update(_ position: Position?) {
        held.withLock { $0 = position }
    }

    public func lastKnown() throws -> Position? {
        held.withLock { $0 }
    }
}
