/// Where the app gets its wall from.
public protocol Walls: Sendable {
    /// The wall, opened on first use. Throws `CampanileError`; a later call tries again.
    func wall() async throws -> any Wall
}

/// One wall per process: the first caller opens it, callers at the same time wait for it.
public actor OneWall: Walls {
    private let open: @Sendable () async throws -> any Wall
    private var opening: Task<any Wall, any Error>?

    public init(open: @escaping @Sendable () async throws -> any Wall) {
        self.open = open
    }

    public func wall() async throws -> any Wall {
        if let opening { return try await opening.value }
        let first = Task { [open] in try await open() }
        opening = first
        do {
            return try await first.value
        } catch {
            opening = nil
            throw error
        }
    }
}
