import Foundation

/// Takes over what the notification extension showed, and leaves it the newest state.
public struct SnapshotExchange: Sendable {
    private let files: any PushFileStore

    public init(files: any PushFileStore) {
        self.files = files
    }

    /// Call it before anything is posted from a store that was just opened or resumed, and after each change of the list.
    ///
    /// The extension may show something while this runs; then it begins again, so that nothing shown is lost and nothing
    /// rings twice. Throws what the wall throws; an unreadable snapshot is replaced.
    public func run(with wall: any Wall) async throws {
        var taken: Data?
        while true {
            let left = try files.snapshot()
            if let left, left != taken {
                do {
                    try await wall.takeIn(snapshot: left)
                } catch CampanileError.Invalid {
                    // Damaged, or of a later release: it is replaced below.
                }
            }
            taken = left
            let newest = try await wall.pushFiles()
            let isWritten = try files.alone {
                guard try files.snapshot() == left else { return false }
                try files.write(newest)
                return true
            }
            if isWritten { return }
        }
    }
}
