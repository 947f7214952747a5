import CampanileCore
import Foundation

/// Opens the core off the main thread.
///
/// Throws `Locked` when the key cannot be read before the device is unlocked, `Invalid` for a town, a folder or a key
/// that does not fit the store, `Internal` when the key store failed.
public func openWall(_ config: CampanileConfig, platform: Platform) async throws -> any Wall {
    CoreWall(try await OpenCore(config, platform))
}

/// Does the blocking calls of the core, one after the other, on the disk's own thread.
private actor CoreReader {
    nonisolated var unownedExecutor: UnownedSerialExecutor { DiskExecutor.shared.asUnownedSerialExecutor() }

    func open(_ config: CampanileConfig, _ platform: Platform) throws -> Campanile {
        try Campanile.open(config: config, platform: platform)
    }

    func read<Answer: Sendable>(_ core: Campanile, _ call: @Sendable (Campanile) throws -> Answer) throws -> Answer {
        try call(core)
    }
}

/// The core, of which nothing is asked but on the disk's thread.
private struct OpenCore: Sendable {
    let core: Campanile
    private let reader: CoreReader

    init(_ config: CampanileConfig, _ platform: Platform) async throws {
        reader = CoreReader()
        core = try await reader.open(config, platform)
    }

    func read<Answer: Sendable>(_ call: @Sendable (Campanile) throws -> Answer) async throws -> Answer {
        try await reader.read(core, call)
    }
}

private struct CoreWall: Wall {
    let alerts: any AlertsWall
    let places: any PlacesWall
    let sync: any SyncWall
    private let reader: OpenCore

    init(_ reader: OpenCore) {
        self.reader = reader
        alerts = CoreAlerts(reader: reader)
        places = CorePlaces(reader: reader)
        sync = CoreSync(reader: reader)
    }

    var opening: Opening { reader.core.opening() }

    func preferences() async throws -> Preferences { try await reader.read { try $0.settings().preferences() } }

    func save(_ preferences: Preferences) async throws {
        try await reader.read { try $0.settings().save(preferences: preferences) }
    }

    func pushFiles() async throws -> PushFiles {
        try await reader.read { PushFiles(snapshot: try $0.pushSnapshot(), places: try $0.sealedPlaces()) }
    }

    func takeIn(snapshot: Data) async throws {
        _ = try await reader.read { try $0.takeInSnapshot(snapshot: snapshot) }
    }

    func pause() async { try? await reader.read { $0.pause() } }

    func resume() async throws { try await reader.read { try $0.resume() } }

    func close() async { try? await reader.read { $0.close() } }
}

private struct CoreAlerts: AlertsWall {
    let reader: OpenCore

    func lists() async throws -> AsyncStream<AlertList> {
        let (stream, continuation) = AsyncStream.makeStream(of: AlertList.self)
        let subscription = try await reader.read { core in
            try core.alerts().subscribeAlerts(observer: ListObserver(continuation))
        }
        continuation.onTermination = { _ in subscription.cancel() }
        return stream
    }

    func list() async throws -> AlertList { try await reader.read { try $0.alerts().list() } }

    func detail(_ id: String) async throws -> AlertDetail { try await reader.read { try $0.alerts().detail(id: id) } }

    func receive(_ bytes: Data) async throws -> ReceiveReceipt {
        try await reader.read { try $0.alerts().receive(bytes: bytes) }
    }

    func unshown() async throws -> [PushNotification] { try await reader.read { try $0.alerts().unshown() } }

    func markShown(_ tag: String) async throws { try await reader.read { try $0.alerts().markShown(tag: tag) } }

    func markSeen(_ id: String) async throws { try await reader.read { try $0.alerts().markSeen(id: id) } }

    func refused(limit: UInt32) async throws -> [RefusedRow] {
        try await reader.read { try $0.alerts().refused(limit: limit) }
    }
}

private final class ListObserver: AlertsObserver {
    private let continuation: AsyncStream<AlertList>.Continuation

    init(_ continuation: AsyncStream<AlertList>.Continuation) {
        self.continuation = continuation
    }

    func onAlerts(list: AlertList) throws {
        continuation.yield(list)
    }
}

private struct CorePlaces: PlacesWall {
    let reader: OpenCore

    func list() async throws -> [PlaceRow] { try await reader.read { try $0.places().list() } }

    func save(_ draft: PlaceDraft) async throws -> PlaceRow {
        try await reader.read { try $0.places().save(draft: draft) }
    }

    func remove(_ id: String) async throws { try await reader.read { try $0.places().remove(id: id) } }

    func searchComuni(_ text: String, limit: UInt32) async throws -> [ComuneRow] {
        try await reader.read { $0.places().searchComuni(text: text, limit: limit) }
    }

    func comuneHere() async throws -> ComuneRow? { try await reader.read { try $0.places().comuneHere() } }
}

private struct CoreSync: SyncWall {
    let reader: OpenCore

    func register(_ endpoint: PushEndpoint) async throws -> SyncReceipt {
        try await withToken(.seconds(60)) { try await $0.register(endpoint: endpoint, cancel: $1) }
    }

    func refresh(limit: Duration) async throws -> SyncReceipt {
        try await withToken(limit) { try await $0.refresh(cancel: $1) }
    }

    func listen() async throws {
        _ = try await withToken(nil) { try await $0.listen(cancel: $1) }
    }

    func status() async throws -> SyncStatus { try await reader.read { try $0.sync().status() } }

    private func withToken(
        _ limit: Duration?, _ call: @escaping @Sendable (CampanileCore.Sync, CancelToken) async throws -> SyncReceipt
    ) async throws -> SyncReceipt {
        let sync = reader.core.sync()
        let token = CancelToken()
        do {
            return try await bounded(limit, stop: token.cancel) { try await call(sync, token) }
        } catch is Expired {
            throw CampanileError.Offline
        }
    }
}
