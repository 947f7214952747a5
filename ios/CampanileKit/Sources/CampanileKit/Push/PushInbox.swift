/// Hands what the extension showed over to the store, so that the app does not ring for it again.
public struct PushInbox: Sendable {
    private let files: any PushFileStore

    public init(files: any PushFileStore) {
        self.files = files
    }

    /// Call it before anything else is read of a store that was just opened or resumed.
    public func handOver(to wall: any Wall) async {
        guard let items = try? files.inbox() else { return }
        for item in items {
            do {
                if case .accepted(_, let notification?, _) = try await wall.alerts.receive(item.bytes) {
                    try await wall.alerts.markShown(notification.tag)
                }
            } catch {
                return  // the store is closed or locked: the rest stays for the next time
            }
            try? files.discard(item)
        }
    }
}
