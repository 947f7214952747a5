public import Foundation

/// What the app does when it comes to the front, goes to the back, or is woken there.
@MainActor
public final class AppSession {
    /// How long a check in the background may take; the system allows about half a minute.
    public static let backgroundLimit = Duration.seconds(20)
    /// How long after a check the next is asked for.
    public static let backgroundInterval: TimeInterval = 30 * 60

    private let walls: any Walls
    private let exchange: SnapshotExchange
    private let poster: AlertPoster
    private let background: any BackgroundRefreshing
    private var listening: Task<Void, Never>?
    private var exchanging: Task<Void, Never>?
    private var isPaused = false

    public init(
        walls: any Walls, files: any PushFileStore, poster: AlertPoster, background: any BackgroundRefreshing
    ) {
        self.walls = walls
        exchange = SnapshotExchange(files: files)
        self.poster = poster
        self.background = background
    }

    /// Opens the store again if it was closed, registers the phone if that is still to be done, and listens; gives the
    /// extension the newest state after each change.
    public func enterForeground() async {
        guard listening == nil, let wall = await openWall() else { return }
        exchanging = Task { [exchange] in
            guard let lists = try? await wall.alerts.lists() else { return }
            for await _ in lists {
                // A failure leaves the files of the last time, with which the extension works on.
                try? await exchange.run(with: wall)
            }
        }
        listening = Task {
            do {
                if try await !wall.sync.status().isRegistered {
                    _ = try await wall.sync.register(.stream)
                }
                try await wall.sync.listen()
            } catch {
                // Without the stream the list is as old as its head says, and checking by hand is one tap away.
            }
        }
    }

    /// Stops listening, writes what the extension needs, asks for a check in the background, closes the store.
    public func enterBackground(now: Date) async {
        for task in [listening, exchanging] {
            task?.cancel()
            await task?.value
        }
        listening = nil
        exchanging = nil
        background.request(notBefore: now + Self.backgroundInterval)
        guard !isPaused, let wall = try? await walls.wall() else { return }
        try? await exchange.run(with: wall)
        await pause(wall)
    }

    /// The check in the background: asks for the next one first, since this one may be cut short.
    ///
    /// True when everything was fetched and whatever rings was posted.
    public func refreshInBackground(now: Date) async -> Bool {
        background.request(notBefore: now + Self.backgroundInterval)
        let wasPaused = isPaused
        guard let wall = await openWall() else { return false }
        var isDone = false
        do {
            isDone = try await wall.sync.refresh(limit: Self.backgroundLimit).outcome == .complete
        } catch {}
        do {
            try await poster.post(wall)
        } catch {
            isDone = false
        }
        try? await exchange.run(with: wall)
        if wasPaused && listening == nil { await pause(wall) }
        return isDone
    }

    private func openWall() async -> (any Wall)? {
        guard let wall = try? await walls.wall() else { return nil }
        guard isPaused else { return wall }
        do {
            try await wall.resume()
        } catch {
            return nil
        }
        isPaused = false
        try? await exchange.run(with: wall)
        return wall
    }

    private func pause(_ wall: any Wall) async {
        isPaused = true
        await wall.pause()
    }
}
