/// What the screen of alerts shows.
public enum AlertListState: Equatable, Sendable {
    /// The store is being opened.
    case loading

    /// The list as the core holds it.
    case board(Board)

    /// The phone is locked, so the store cannot be read yet.
    case locked

    /// The store could not be opened; `code` is a stable name to report.
    case failed(code: String)

    public struct Board: Equatable, Sendable {
        public var list: AlertList
        /// What to do, by the id of its alert, for the alerts that concern the person.
        public var actions: [String: String]
        public var isRefreshing: Bool
        public var hasRefreshFailed: Bool

        public init(
            list: AlertList, actions: [String: String] = [:], isRefreshing: Bool = false, hasRefreshFailed: Bool = false
        ) {
            self.list = list
            self.actions = actions
            self.isRefreshing = isRefreshing
            self.hasRefreshFailed = hasRefreshFailed
        }
    }

    /// The state after the store could not be opened or read.
    init(after failure: CampanileError) {
        switch failure {
        case .Locked: self = .locked
        case .Internal(let code): self = .failed(code: code)
        case .Invalid(let field, _): self = .failed(code: "invalid_\(field)")
        case .StoreDamaged: self = .failed(code: "store_damaged")
        case .Closed: self = .failed(code: "closed")
        case .NotFound(let what): self = .failed(code: "not_found_\(what)")
        case .Offline: self = .failed(code: "offline")
        case .Server(let status, _): self = .failed(code: "server_\(status)")
        }
    }
}
