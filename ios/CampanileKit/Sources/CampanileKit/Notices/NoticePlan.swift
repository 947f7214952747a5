/// A local notification that the core plans, such as a reminder: at `time` of `day` on the phone's own clock.
public struct PlannedNotice: Equatable, Sendable {
    /// Stable: the same notice has the same id whenever it is planned.
    public let id: String
    /// Civil day, `YYYY-MM-DD`.
    public let day: String
    /// Wall-clock time, `HH:MM`: a reminder of 9 o'clock stays at 9 when the person travels.
    public let time: String
    public let title: String
    public let body: String

    public init(id: String, day: String, time: String, title: String, body: String) {
        self.id = id
        self.day = day
        self.time = time
        self.title = title
        self.body = body
    }

    /// Sorts as time passes: ISO dates and times compare as text.
    var moment: String { "\(day)T\(time)" }
}

/// The difference between what is planned and what the system holds.
///
/// The system keeps the soonest 64 pending notifications of an app and drops the rest without a word, so we choose them
/// ourselves and leave a few places for others.
public struct NoticePlan: Equatable, Sendable {
    public static let systemLimit = 64
    /// Kept free for notifications that are not planned, such as one that is snoozed.
    public static let reserved = 4

    /// New or changed, soonest first; adding one under the same id replaces the earlier.
    public let add: [PlannedNotice]
    /// Ids that the system holds and that are not planned any more.
    public let remove: [String]
    /// Planned, but later than what fits; a later planning adds them.
    public let left: Int

    /// `planned` in any order; what is not after `now` (`YYYY-MM-DDTHH:MM`, the phone's own clock) is left out.
    /// Of two notices with one id, the sooner counts.
    public init(planned: [PlannedNotice], pending: [PlannedNotice], now: String) {
        var ids: Set<String> = []
        let future = planned.filter { $0.moment > now }
            .sorted { ($0.moment, $0.id) < ($1.moment, $1.id) }
            .filter { ids.insert($0.id).inserted }
        let kept = future.prefix(Self.systemLimit - Self.reserved)
        let keptIds = Set(kept.map(\.id))
        add = kept.filter { !pending.contains($0) }
        remove = pending.map(\.id).filter { !keptIds.contains($0) }.sorted()
        left = future.count - kept.count
    }
}

/// The system's pending local notifications.
public protocol NoticeScheduling: Sendable {
    func pending() async -> [PlannedNotice]

    func remove(ids: [String]) async

    func add(_ notice: PlannedNotice) async throws
}

extension NoticeScheduling {
    /// Makes the system hold what is planned: on launch, after each change, in the background, after a change of time zone.
    ///
    /// Removes first, so that the limit is never passed in between.
    public func replan(_ planned: [PlannedNotice], now: String) async throws -> NoticePlan {
        let plan = NoticePlan(planned: planned, pending: await pending(), now: now)
        await remove(ids: plan.remove)
        for notice in plan.add {
            try await add(notice)
        }
        return plan
    }
}
