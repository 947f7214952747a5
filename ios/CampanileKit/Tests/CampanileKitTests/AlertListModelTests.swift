import CampanileFakes
import CampanileKit
import Testing

@MainActor
@Suite("The screen of alerts")
struct AlertListModelTests {
    let wall = FakeWall()
    let posting = FakePosting()
    let walls: FakeWalls
    let model: AlertListModel

    init() {
        walls = FakeWalls(wall)
        model = AlertListModel(walls: walls, poster: AlertPoster(posting: posting))
    }

    @Test func beginsByLookingForAlertsWithoutAnyLevel() {
        #expect(model.state == .loading)
        #expect(model.content.inPlaceOfTheList?.look == nil)
        #expect(model.content.inPlaceOfTheList?.words == .chrome(.avvisiLoading))
        #expect(!model.content.canRefresh)
    }

    @Test func anEmptyListWithAKnownHeadSaysThatThereIsNoAlert() async {
        await follow { self.model.content.inPlaceOfTheList?.look == .verde }
        #expect(model.content.inPlaceOfTheList?.words == .core("Nessuna allerta. Ultimo controllo 14:05"))
        #expect(model.content.inPlaceOfTheList?.retry == nil)
    }

    @Test func safety_rule_10_anEmptyListWithAnOldHeadIsNotKnownAndNeverGreen() async {
        wall.show(Sample.list([], isKnown: false))
        await follow { self.model.content.inPlaceOfTheList?.words == .core("Non sappiamo se ci sono allerte.") }
        #expect(model.content.inPlaceOfTheList?.look == .unknown)
        #expect(model.content.inPlaceOfTheList?.hint == .chrome(.avvisiNotKnownHint))
        #expect(model.content.inPlaceOfTheList?.retry == .avvisiRefresh)
    }

    @Test func safety_rule_1_anEmptyListBeforeTheBulletinOfTodayIsNeverGreen() async {
        wall.show(Sample.list([], isKnown: true, isAllClear: false))
        await follow { self.model.content.inPlaceOfTheList?.look == .unknown }
        #expect(model.content.inPlaceOfTheList?.retry == .avvisiRefresh)
        #expect(model.content.inPlaceOfTheList?.hint == AlertListContent.Words.none)
    }

    @Test func safety_rule_10_aListWithAnOldHeadSaysThatItMayNotBeAll() async {
        wall.show(Sample.list([Sample.row("a")], isKnown: false))
        await follow { !self.model.content.sections.isEmpty }
        #expect(model.content.notKnown?.look == .unknown)
        #expect(model.content.notKnown?.words == .core(Sample.unknownHead.words))
        #expect(model.content.checked == .none)
    }

    @Test func aFullListIsParted() async {
        wall.show(Sample.list([Sample.row("here"), Sample.row("there", level: .gialla, concernsMe: false)]))
        await follow { self.model.content.sections.count == 2 && self.model.content.canRefresh }
        #expect(model.content.sections.map(\.title) == [.avvisiHere, .avvisiElsewhere])
        #expect(model.content.sections.map { $0.cards.map(\.id) } == [["here"], ["there"]])
        #expect(model.content.checked == .core("Controllato alle 14:05"))
    }

    @Test func aListForOnesOwnPlacesAloneNeedsNoHeading() async {
        wall.show(Sample.list([Sample.row("here")]))
        await follow { self.model.content.sections.count == 1 }
        #expect(model.content.sections.first?.title == nil)
    }

    @Test func alertsInForceForThePersonSayWhatToDo() async {
        let row = Sample.row("a")
        wall.answer {
            $0.details["a"] = AlertDetail(
                row: row, description: "", instruction: "Sali ai piani alti.", areaDesc: "Modena")
        }
        wall.show(Sample.list([row, Sample.row("gone")]))
        await follow { self.model.content.sections.first?.cards.count == 2 }
        #expect(model.content.sections.first?.cards.map(\.action) == ["Sali ai piani alti.", nil])
    }

    @Test func laterListsReplaceEarlierOnes() async {
        wall.show(Sample.list([Sample.row("a")]))
        await follow(until: { self.model.content.sections.first?.cards.map(\.id) == ["b"] }) {
            self.wall.show(Sample.list([Sample.row("b")]))
        }
    }

    @Test(arguments: [CampanileError.Offline, .Server(status: 503, code: "busy")])
    func aFailedCheckKeepsTheListAndSaysSo(_ failure: CampanileError) async {
        wall.answer { $0.refresh = .failure(failure) }
        wall.show(Sample.list([Sample.row("a")]))
        await follow { self.model.content.caution == .chrome(.avvisiRefreshFailed) }
        #expect(model.content.sections.first?.cards.map(\.id) == ["a"])
        #expect(model.content.canRefresh)
    }

    @Test func whileACheckRunsTheScreenSaysSoAndTakesNoSecondOne() async {
        wall.answer { $0.refresh = nil }
        wall.show(Sample.list([Sample.row("a")]))
        let isChecking = { self.model.content.checked == .chrome(.avvisiRefreshing) && !self.model.content.canRefresh }
        await follow(until: isChecking) { await self.model.refresh() }
        #expect(wall.calls.filter { $0 == "sync.refresh" }.count == 1)
    }

    @Test func aLockedPhoneIsAskedToBeUnlocked() async {
        walls.fail(.Locked)
        await model.follow()
        #expect(model.state == .locked)
        #expect(model.content.inPlaceOfTheList?.words == .chrome(.failedLocked))
        #expect(model.content.inPlaceOfTheList?.look == .unknown)
    }

    @Test func aWrongKeyIsNamedByItsField() async {
        walls.fail(.Invalid(field: "database_key", why: "does not open the store"))
        await model.follow()
        #expect(model.content.inPlaceOfTheList?.words == .chromeWith(.failedOpening, "invalid_database_key"))
    }

    @Test func tryingAgainAfterAFailedOpeningFollowsAnew() async {
        walls.fail(.Internal(code: "platform_failed"))
        await model.follow()
        #expect(model.state == .failed(code: "platform_failed"))
        walls.fail(nil)
        await model.refresh()
        #expect(model.attempt == 1)
        await follow { self.model.content.inPlaceOfTheList?.look == .verde }
    }

    @Test func whatRingsIsPostedAndConfirmed() async {
        wall.answer { $0.unshown = [Sample.notification("a")] }
        wall.show(Sample.list([Sample.row("a")]))
        await follow { self.wall.calls.contains("alerts.markShown a") }
        #expect(posting.posted.map(\.tag) == ["a"])
    }

    @Test func withoutPermissionWhatIsOnScreenCountsAsShownAndTheRestWaits() async {
        posting.permit(false)
        wall.answer { $0.unshown = [Sample.notification("elsewhere"), Sample.notification("a")] }
        wall.show(Sample.list([Sample.row("a")]))
        await follow { self.wall.calls.contains("alerts.markShown a") }
        #expect(!wall.calls.contains("alerts.markShown elsewhere"))
    }

    /// Follows the list until `isReached`, doing `meanwhile` once the first list is there.
    private func follow(
        until isReached: @escaping () -> Bool, meanwhile: @escaping () async -> Void = {},
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let following = Task { await model.follow() }
        await reach(sourceLocation) { self.model.state != .loading }
        await meanwhile()
        await reach(sourceLocation, isReached)
        following.cancel()
        await following.value
    }

    private func follow(
        sourceLocation: SourceLocation = #_sourceLocation, until isReached: @escaping () -> Bool
    ) async {
        await follow(until: isReached, sourceLocation: sourceLocation)
    }
}

/// Waits until `isReached`, at most ten seconds.
@MainActor
func reach(_ sourceLocation: SourceLocation = #_sourceLocation, _ isReached: () -> Bool) async {
    for _ in 0..<2000 where !isReached() {
        try? await Task.sleep(for: .milliseconds(5))
    }
    #expect(isReached(), "not reached within ten seconds", sourceLocation: sourceLocation)
}
