public import CampanileKit
public import UserNotifications

extension PushNotification {
    /// Writes this over `content`. The tag is the thread, so that one alert stays one entry of the list.
    public func write(to content: UNMutableNotificationContent) {
        content.title = title
        content.subtitle = labels.joined(separator: " · ")
        content.body = body
        content.threadIdentifier = tag
        switch loudness {
        case .none, .passive:
            content.sound = nil
            content.interruptionLevel = .passive
        case .quiet:
            content.sound = nil
            content.interruptionLevel = .active
        case .ring:
            content.sound = .default
            content.interruptionLevel = .timeSensitive
        case .fullScreen:
            // iOS has no full screen for apps; the loudest that Apple grants stands in for it.
            #if CAMPANILE_CRITICAL_ALERTS
                content.sound = .defaultCritical
                content.interruptionLevel = .critical
            #else
                content.sound = .default
                content.interruptionLevel = .timeSensitive
            #endif
        }
    }
}

extension UNUserNotificationCenter {
    /// Takes away what was delivered under these tags.
    public func removeDelivered(tags: [String]) async {
        guard !tags.isEmpty else { return }
        let posted = await deliveredNotifications().map(\.request)
        let ids = posted.filter { tags.contains($0.content.threadIdentifier) }.map(\.identifier)
        removeDeliveredNotifications(withIdentifiers: ids)
    }
}
