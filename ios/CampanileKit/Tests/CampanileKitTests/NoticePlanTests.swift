import CampanileFakes
import CampanileKit
import Testing

@Suite("Planned notices")
struct NoticePlanTests {
    let now = "2026-05-01T08:00"

    @Test func noMoreThanTheSystemHoldsAreScheduledAndTheSoonestWin() async throws {
        let system = FakeScheduling()
        let many = (0..<100).map { notice("n\($0)", day: "2026-06-01", time: afterNine($0)) }.shuffled()
        let plan = try await system.replan(many, now: now)
        #expect(plan.add.count == 60)
        #expect(plan.left == 40)
        #expect(plan.add.map(\.id) == (0..<60).map { "n\($0)" })
        #expect(system.dropped == 0)
    }

    @Test func planningTwiceChangesNothing() async throws {
        let system = FakeScheduling()
        let some = [notice("a"), notice("b", time: "10:00")]
        _ = try await system.replan(some, now: now)
        let again = try await system.replan(some, now: now)
        #expect(again.add.isEmpty && again.remove.isEmpty && again.left == 0)
    }

    @Test func aChangedNoticeIsReplacedAndADroppedOneRemoved() async throws {
        let system = FakeScheduling()
        _ = try await system.replan([notice("a"), notice("b")], now: now)
        let plan = try await system.replan([notice("a", time: "11:00")], now: now)
        #expect(plan.add.map(\.time) == ["11:00"])
        #expect(plan.remove == ["b"])
        #expect(await system.pending() == [notice("a", time: "11:00")])
    }

    @Test func whatIsPastIsNotScheduled() {
        let plan = NoticePlan(planned: [notice("a", day: "2026-05-01", time: "08:00")], pending: [], now: now)
        #expect(plan.add.isEmpty)
    }

    @Test func ofTwoNoticesWithOneIdTheSoonerCounts() {
        let plan = NoticePlan(planned: [notice("a", time: "12:00"), notice("a")], pending: [], now: now)
        #expect(plan.add == [notice("a")])
    }

    @Test func removingComesFirstSoThatAFullSystemLosesNothing() async throws {
        let system = FakeScheduling()
        let old = (0..<60).map { notice("old\($0)", day: "2026-05-02") }
        _ = try await system.replan(old, now: now)
        let new = (0..<60).map { notice("new\($0)", day: "2026-05-03") }
        _ = try await system.replan(new, now: now)
        #expect(system.dropped == 0)
        #expect(await system.pending().count == 60)
    }

    private func notice(_ id: String, day: String = "2026-05-02", time: String = "09:00") -> PlannedNotice {
        PlannedNotice(id: id, day: day, time: time, title: "Carta d'identità", body: "Scade tra un mese.")
    }

    private func afterNine(_ minute: Int) -> String {
        let parts = [9 + minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return parts.joined(separator: ":")
    }
}
