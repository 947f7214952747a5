/// Posts the notifications that the core still holds as not shown, and confirms each to the core.
///
/// What could not be posted stays with the core, over restarts, and is posted the next time.
public struct AlertPoster: Sendable {
    private let posting: any NotificationPosting

    public init(posting: any NotificationPosting) {
        self.posting = posting
    }

    /// Posts what waits, oldest first. `onScreen` are the tags whose rows a person sees: they count as shown even where
    /// the person did not permit notifications.
    public func post(_ wall: any Wall, onScreen: Set<String> = []) async throws {
        for notification in try await wall.alerts.unshown() {
            do {
                try await posting.post(notification)
            } catch {
                guard onScreen.contains(notification.tag) else { continue }
            }
            try await wall.alerts.markShown(notification.tag)
        }
    }
}
