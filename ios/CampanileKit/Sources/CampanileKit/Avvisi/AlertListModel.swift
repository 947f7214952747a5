public import Observation

/// Keeps the state of the screen of alerts from the wall's list.
@MainActor
@Observable
public final class AlertListModel {
    public private(set) var state: AlertListState = .loading

    /// The state as the view draws it.
    public var content: AlertListContent { AlertListContent(state) }

    /// Grows when the list must be followed anew: the view follows it in a task of this identity.
    public private(set) var attempt = 0

    /// More cards than these do not fit a screen, and each costs a read of the store.
    private static let actionsAtMost = 10

    @ObservationIgnored private let walls: any Walls
    @ObservationIgnored private let poster: AlertPoster
    @ObservationIgnored private var isFollowing = false
    @ObservationIgnored private var isRefreshing = false
    @ObservationIgnored private var hasRefreshFailed = false

    public init(walls: any Walls, poster: AlertPoster) {
        self.walls = walls
        self.poster = poster
    }

    /// Follows the list until the task that waits is cancelled, and asks the network once.
    ///
    /// Ends early, with the state saying why, when the store cannot be opened or read.
    public func follow() async {
        isFollowing = true
        defer { isFollowing = false }
        do {
            let wall = try await walls.wall()
            let lists = try await wall.alerts.lists()
            async let refreshed: Void = refresh(wall)
            for await list in lists {
                try await show(list, wall)
            }
            await refreshed
        } catch let failure as CampanileError {
            state = AlertListState(after: failure)
        } catch {
            // The waiting task was cancelled: the screen is gone, and what it showed stays.
        }
    }

    /// Asks the network now, because the person wants it. After a failed opening, opens again.
    public func refresh() async {
        guard isFollowing else {
            attempt += 1
            return
        }
        guard let wall = try? await walls.wall() else { return }
        await refresh(wall)
    }

    private func show(_ list: AlertList, _ wall: any Wall) async throws {
        var actions: [String: String] = [:]
        for row in list.rows.filter({ $0.concernsMe && $0.phase == .inForce }).prefix(Self.actionsAtMost) {
            do {
                actions[row.id] = try await wall.alerts.detail(row.id).instruction.nonBlank
            } catch CampanileError.NotFound {
                continue  // it left the list meanwhile; the next list is on its way
            }
        }
        state = .board(
            AlertListState.Board(
                list: list, actions: actions, isRefreshing: isRefreshing, hasRefreshFailed: hasRefreshFailed))
        try await poster.post(wall, onScreen: Set(list.rows.map(\.id)))
    }

    private func refresh(_ wall: any Wall) async {
        guard !isRefreshing else { return }
        isRefreshing = true
        updateBoard()
        do {
            _ = try await wall.sync.refresh()
            hasRefreshFailed = false
        } catch is CancellationError {
            // Nobody waits for it any more; that is no failure.
        } catch {
            hasRefreshFailed = true
        }
        isRefreshing = false
        updateBoard()
    }

    private func updateBoard() {
        guard case .board(var board) = state else { return }
        board.isRefreshing = isRefreshing
        board.hasRefreshFailed = hasRefreshFailed
        state = .board(board)
    }
}

extension String {
    fileprivate var nonBlank: String? {
        contains { !$0.isWhitespace } ? self : nil
    }
}
