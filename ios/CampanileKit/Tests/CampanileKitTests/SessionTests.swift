import CampanileFakes
import CampanileKit
import Foundation
import Testing

@MainActor
@Suite("The app at the front, at the back, woken")
struct SessionTests {
    let wall = FakeWall()
    let files = FakeFiles()
    let posting = FakePosting()
    let background = FakeBackground()

    private var session: AppSession {
        AppSession(
            walls: FakeWalls(wall), files: files, poster: AlertPoster(posting: posting), background: background)
    }

    @Test func atTheFrontItListens() async {
        let session = session
        await session.enterForeground()
        await reach { self.wall.calls.contains("sync.listen") }
        #expect(!wall.calls.contains("sync.register"))
        await session.enterBackground(now: Sample.now)
    }

    @Test func aPhoneThatIsNotRegisteredRegistersFirst() async {
        wall.answer { $0.status = SyncStatus(isRegistered: false, isListening: false, lastComplete: nil) }
        let session = session
        await session.enterForeground()
        await reach { self.wall.calls.contains("sync.listen") }
        #expect(wall.calls == ["sync.status", "sync.register", "sync.listen"])
        await session.enterBackground(now: Sample.now)
    }

    @Test func goingToTheBackWritesTheFilesBeforeTheStoreIsClosed() async throws {
        let session = session
        await session.enterForeground()
        await reach { self.wall.calls.contains("sync.listen") }
        await session.enterBackground(now: Sample.now)
        #expect(wall.calls.suffix(2) == ["pushFiles", "pause"])
        #expect(try files.snapshot() == Data("snapshot".utf8))
        #expect(try files.sealedPlaces() == Data("places".utf8))
        #expect(background.requests == [Sample.now + AppSession.backgroundInterval])
    }

    @Test func comingBackOpensTheStoreAgainAndTakesOverWhatTheExtensionShowed() async throws {
        let item = Data("item".utf8)
        wall.answer {
            $0.receipts[item] = .accepted(itemId: "a", notification: Sample.notification("a"), removes: [])
        }
        let session = session
        await session.enterForeground()
        await session.enterBackground(now: Sample.now)
        try files.keep(item, at: Sample.now)
        await session.enterForeground()
        #expect(
            Array(wall.calls.suffix(from: wall.calls.firstIndex(of: "resume") ?? 0).prefix(3)) == [
                "resume", "alerts.receive", "alerts.markShown a",
            ])
        #expect(try files.inbox().isEmpty)
        await session.enterBackground(now: Sample.now)
    }

    @Test func wokenItChecksPostsWhatRingsAndClosesTheStoreAgain() async {
        wall.answer { $0.unshown = [Sample.notification("a")] }
        let session = session
        await session.enterForeground()
        await session.enterBackground(now: Sample.now)
        #expect(await session.refreshInBackground(now: Sample.now + 3600))
        #expect(posting.posted.map(\.tag) == ["a"])
        #expect(wall.calls.last == "pause")
        #expect(background.requests.last == Sample.now + 3600 + AppSession.backgroundInterval)
    }

    @Test func aFailedCheckInTheBackgroundStillPostsWhatWaitedAndIsReported() async {
        wall.answer {
            $0.refresh = .failure(.Offline)
            $0.unshown = [Sample.notification("a")]
        }
        #expect(await !session.refreshInBackground(now: Sample.now))
        #expect(posting.posted.map(\.tag) == ["a"])
        #expect(!background.requests.isEmpty)
    }

    @Test func theInboxStaysWhenTheStoreIsLocked() async throws {
        try files.keep(Data("item".utf8), at: Sample.now)
        wall.answer { $0.reading = .Locked }
        await PushInbox(files: files).handOver(to: wall)
        #expect(try files.inbox().count == 1)
    }

    @Test func oneWallIsOpenedOncePerProcessAndAgainAfterAFailure() async throws {
        let opened = Counter()
        let walls = OneWall { [wall] in
            if await opened.next() == 1 { throw CampanileError.Locked }
            return wall
        }
        await #expect(throws: CampanileError.Locked) { try await walls.wall() }
        async let one = walls.wall()
        async let other = walls.wall()
        _ = try await (one, other)
        #expect(await opened.count == 2)
    }
}

private actor Counter {
    private(set) var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
