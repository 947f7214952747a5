import CampanileApple
import CampanileKit
import UserNotifications

/// The system's notifications.
struct SystemNotifications: NotificationPosting {
    struct NotPermitted: Error {}

    func post(_ notification: PushNotification) async throws {
        let center = UNUserNotificationCenter.current()
        switch await center.notificationSettings().authorizationStatus {
        case .authorized, .provisional, .ephemeral: break
        default: throw NotPermitted()  // denied, or not asked yet: the system would take it and show nothing
        }
        let content = UNMutableNotificationContent()
        notification.write(to: content)
        try await center.add(UNNotificationRequest(identifier: notification.tag, content: content, trigger: nil))
    }

    func remove(tags: [String]) async {
        await UNUserNotificationCenter.current().removeDelivered(tags: tags)
    }
}
