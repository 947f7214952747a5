import CampanileFakes
import CampanileKit
import Foundation
import Synchronization
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
        #expect(
            wall.calls.filter { $0.hasPrefix("sync") } == ["sync.status", "sync.register", "sync.listen"])
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

    @Test func comingBackTakesOverWhatTheExtensionShowedBeforeAnythingElse() async throws {
        let session = session
        await session.enterForeground()
        await session.enterBackground(now: Sample.now)
        try files.write(snapshot: Data("left by the extension".utf8))
        await session.enterForeground()
        let back = wall.calls.suffix(from: wall.calls.firstIndex(of: "resume") ?? 0)
        #expect(back.prefix(3) == ["resume", "takeIn left by the extension", "pushFiles"])
        await session.enterBackground(now: Sample.now)
    }

    @Test func eachChangeOfTheListReachesTheExtension() async throws {
        let session = session
        await session.enterForeground()
        await reach { (try? self.files.snapshot()) == Data("snapshot".utf8) }
        wall.answer { $0.pushFiles = PushFiles(snapshot: Data("newer".utf8), places: Data()) }
        wall.show(Sample.list([Sample.row("a")]))
        await reach { (try? self.files.snapshot()) == Data("newer".utf8) }
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

    @Test func whatTheExtensionShowsDuringTheExchangeIsTakenOverToo() async throws {
        try files.write(snapshot: Data("one".utf8))
        let once = Once()
        wall.answer {
            $0.whileTakingIn = { [files] in
                once.run { try? files.write(snapshot: Data("two".utf8)) }
            }
        }
        try await SnapshotExchange(files: files).run(with: wall)
        #expect(wall.calls == ["takeIn one", "pushFiles", "takeIn two", "pushFiles"])
        #expect(try files.snapshot() == Data("snapshot".utf8))
    }

    @Test func aDamagedSnapshotIsReplaced() async throws {
        try files.write(snapshot: Data("damaged".utf8))
        wall.answer { $0.takingIn = .Invalid(field: "snapshot", why: "not a snapshot") }
        try await SnapshotExchange(files: files).run(with: wall)
        #expect(try files.snapshot() == Data("snapshot".utf8))
    }

    @Test func aLockedStoreLeavesTheSnapshotAsItIs() async throws {
        try files.write(snapshot: Data("left".utf8))
        wall.answer { $0.reading = .Locked }
        await #expect(throws: CampanileError.Locked) { try await SnapshotExchange(files: files).run(with: wall) }
        #expect(try files.snapshot() == Data("left".utf8))
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

private final class Once: Sendable {
    private let isDone = Mutex(false)

    func run(_ work: () -> Void) {
        let isFirst = isDone.withLock { isDone in
            defer { isDone = true }
            return !isDone
        }
        if isFirst { work() }
    }
}
