public import Foundation

/// The core as the app sees it: nothing here blocks the caller.
///
/// Every call throws `CampanileError`, or `CancellationError` when the task that waits was cancelled.
/// `openWall` gives the real one; tests give their own.
public protocol Wall: Sendable {
    var alerts: any AlertsWall { get }
    var places: any PlacesWall { get }
    var sync: any SyncWall { get }

    /// How the store was found when it was last opened or resumed.
    var opening: Opening { get }

    func preferences() async throws -> Preferences

    /// Keeps new preferences; the words of all lists follow. Throws `Invalid` for what is no language tag.
    func save(_ preferences: Preferences) async throws

    /// What the notification extension needs; `SnapshotExchange` writes it where that reads it.
    func pushFiles() async throws -> PushFiles

    /// Takes in the snapshot that the extension left: what it showed counts as shown. Throws `Invalid` for anything else.
    func takeIn(snapshot: Data) async throws

    /// Closes the store before the system suspends the app; calls throw `Closed` until `resume`, and listening ends.
    func pause() async

    /// Opens the store again after `pause`. Throws as `openWall` does.
    func resume() async throws

    /// Ends everything for good. Safe to repeat.
    func close() async
}

/// The alerts: the list, one in full, bytes that arrived.
public protocol AlertsWall: Sendable {
    /// The whole list, once at first and again after each change, in order; ends only with its reader.
    func lists() async throws -> AsyncStream<AlertList>

    /// The whole list as it stands now.
    func list() async throws -> AlertList

    /// One alert in full. Throws `NotFound` when it is gone.
    func detail(_ id: String) async throws -> AlertDetail

    /// Verifies and keeps the bytes of an item. Safe to repeat.
    func receive(_ bytes: Data) async throws -> ReceiveReceipt

    /// The notifications that must still be posted, oldest first: they stay, over restarts, until `markShown`.
    func unshown() async throws -> [PushNotification]

    /// Confirms that the notification with this tag was posted, or its row was on screen. Safe to repeat.
    func markShown(_ tag: String) async throws

    /// Notes that the person opened the alert.
    func markSeen(_ id: String) async throws

    /// The newest refusals, newest first, at most `limit`; names of reasons, no content.
    func refused(limit: UInt32) async throws -> [RefusedRow]
}

/// The saved places. They stay on the phone.
public protocol PlacesWall: Sendable {
    func list() async throws -> [PlaceRow]

    /// Saves a new place or changes one. Throws `Invalid` naming the field.
    func save(_ draft: PlaceDraft) async throws -> PlaceRow

    func remove(_ id: String) async throws

    /// Comuni whose name begins with `text`, then those that contain it, at most `limit`.
    func searchComuni(_ text: String, limit: UInt32) async throws -> [ComuneRow]

    /// The comune in which the phone was last; nothing when the position is not known.
    func comuneHere() async throws -> ComuneRow?
}

/// The network. Cancelling the task that waits stops the call; each call gives up by itself after a limit.
public protocol SyncWall: Sendable {
    /// Registers the phone at the towns of its places, or renews what is registered. Throws `Offline` after a minute.
    func register(_ endpoint: PushEndpoint) async throws -> SyncReceipt

    /// Fetches trust lists, items and heads. Throws `Offline` when `limit` passes; what was fetched by then is kept.
    func refresh(limit: Duration) async throws -> SyncReceipt

    /// Keeps the live streams open until the task that waits is cancelled.
    func listen() async throws

    func status() async throws -> SyncStatus
}

extension SyncWall {
    /// As `refresh(limit:)`, for at most a minute.
    public func refresh() async throws -> SyncReceipt {
        try await refresh(limit: .seconds(60))
    }
}

/// What the notification extension reads instead of the store.
public struct PushFiles: Equatable, Sendable {
    /// Trust and what was shown. Lies unsealed, so that an alert is verified before the first unlock.
    public let snapshot: Data

    /// The saved places, sealed with a key of their own.
    public let places: Data

    public init(snapshot: Data, places: Data) {
        self.snapshot = snapshot
        self.places = places
    }
}
