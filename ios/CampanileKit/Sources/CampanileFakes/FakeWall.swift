public import CampanileKit
public import Foundation
import Synchronization

/// A wall whose answers a test sets, and which tells what was asked of it, in order.
public final class FakeWall: Wall {
    public struct Answers: Sendable {
        public var unshown: [PushNotification] = []
        public var details: [String: AlertDetail] = [:]
        public var receipts: [Data: ReceiveReceipt] = [:]
        public var status = SyncStatus(isRegistered: true, isListening: false, lastComplete: nil)
        /// Nothing: the call waits until its task is cancelled.
        public var refresh: Result<SyncReceipt, CampanileError>? = .success(
            SyncReceipt(outcome: .complete, accepted: 0, refused: 0))
        public var reading: CampanileError?
        public var takingIn: CampanileError?
        public var whileTakingIn: (@Sendable () -> Void)?
        public var pushFiles = PushFiles(snapshot: Data("snapshot".utf8), places: Data("places".utf8))
        public var preferences = Preferences(language: "it")
    }

    private struct State {
        var answers = Answers()
        var calls: [String] = []
        var watchers: [AsyncStream<AlertList>.Continuation] = []
        var list: AlertList
    }

    private let state: Mutex<State>

    public init(_ list: AlertList = Sample.list([])) {
        state = Mutex(State(list: list))
    }

    public var opening: Opening { .existing }
    public var alerts: any AlertsWall { Alerts(wall: self) }
    public var places: any PlacesWall { Places(wall: self) }
    public var sync: any SyncWall { Sync(wall: self) }

    /// What was called, such as `sync.refresh`.
    public var calls: [String] { state.withLock { $0.calls } }

    public func answer(_ change: (inout Answers) -> Void) {
        state.withLock { change(&$0.answers) }
    }

    /// Makes `list` the present one and tells those who follow it.
    public func show(_ list: AlertList) {
        let watchers = state.withLock { state in
            state.list = list
            return state.watchers
        }
        watchers.forEach { $0.yield(list) }
    }

    public func preferences() async throws -> Preferences { try called("preferences").preferences }

    public func save(_ preferences: Preferences) async throws {
        _ = try called("save")
        answer { $0.preferences = preferences }
    }

    public func pushFiles() async throws -> PushFiles { try called("pushFiles").pushFiles }

    public func takeIn(snapshot: Data) async throws {
        let answers = try called("takeIn \(String(decoding: snapshot, as: UTF8.self))")
        if let failure = answers.takingIn { throw failure }
        answers.whileTakingIn?()
    }

    public func pause() async { _ = try? called("pause") }

    public func resume() async throws { _ = try called("resume") }

    public func close() async { _ = try? called("close") }

    @discardableResult
    fileprivate func called(_ call: String) throws -> Answers {
        try state.withLock { state in
            state.calls.append(call)
            if let failure = state.answers.reading { throw failure }
            return state.answers
        }
    }

    private struct Alerts: AlertsWall {
        let wall: FakeWall

        func lists() async throws -> AsyncStream<AlertList> {
            try wall.called("alerts.lists")
            let (stream, continuation) = AsyncStream.makeStream(of: AlertList.self)
            let first = wall.state.withLock { state in
                state.watchers.append(continuation)
                return state.list
            }
            continuation.yield(first)
            return stream
        }

        func list() async throws -> AlertList {
            try wall.called("alerts.list")
            return wall.state.withLock { $0.list }
        }

        func detail(_ id: String) async throws -> AlertDetail {
            guard let detail = try wall.called("alerts.detail \(id)").details[id] else {
                throw CampanileError.NotFound(what: "alert")
            }
            return detail
        }

        func receive(_ bytes: Data) async throws -> ReceiveReceipt {
            try wall.called("alerts.receive").receipts[bytes] ?? .refused(reason: "malformed")
        }

        func unshown() async throws -> [PushNotification] { try wall.called("alerts.unshown").unshown }

        func markShown(_ tag: String) async throws {
            try wall.called("alerts.markShown \(tag)")
            wall.answer { answers in answers.unshown.removeAll { $0.tag == tag } }
        }

        func markSeen(_ id: String) async throws { try wall.called("alerts.markSeen \(id)") }

        func refused(limit: UInt32) async throws -> [RefusedRow] {
            try wall.called("alerts.refused")
            return []
        }
    }

    private struct Places: PlacesWall {
        let wall: FakeWall

        func list() async throws -> [PlaceRow] {
            try wall.called("places.list")
            return []
        }

        func save(_ draft: PlaceDraft) async throws -> PlaceRow {
            try wall.called("places.save")
            throw CampanileError.Invalid(field: "comune", why: "the fake knows no comune")
        }

        func remove(_ id: String) async throws { try wall.called("places.remove \(id)") }

        func searchComuni(_ text: String, limit: UInt32) async throws -> [ComuneRow] {
            try wall.called("places.searchComuni")
            return []
        }

        func comuneHere() async throws -> ComuneRow? {
            try wall.called("places.comuneHere")
            return nil
        }
    }

    private struct Sync: SyncWall {
        let wall: FakeWall

        func register(_ endpoint: PushEndpoint) async throws -> SyncReceipt {
            try wall.called("sync.register")
            return SyncReceipt(outcome: .complete, accepted: 0, refused: 0)
        }

        func refresh(limit: Duration) async throws -> SyncReceipt {
            guard let answer = try wall.called("sync.refresh").refresh else {
                try await Task.sleep(for: .seconds(3600))
                throw CampanileError.Offline
            }
            return try answer.get()
        }

        func listen() async throws {
            try wall.called("sync.listen")
            try await Task.sleep(for: .seconds(3600))
        }

        func status() async throws -> SyncStatus { try wall.called("sync.status").status }
    }
}

/// Gives the same wall each time, or fails to open it.
public final class FakeWalls: Walls {
    private let held: FakeWall
    private let failure = Mutex<CampanileError?>(nil)

    public init(_ wall: FakeWall) {
        held = wall
    }

    public func fail(_ failure: CampanileError?) {
        self.failure.withLock { $0 = failure }
    }

    public func wall() async throws -> any Wall {
        if let failure = failure.withLock({ $0 }) { throw failure }
        return held
    }
}
