import CampanileApple
import CampanileKit
import Synchronization
@preconcurrency import UserNotifications

/// Looks at each delivered push before the system shows it.
///
/// Opens no store, keeps nothing between two pushes, and answers each push exactly once. The system may call it for
/// several pushes at once, from threads of its own, and kills it for a slow start, so it starts with nothing.
final class NotificationService: UNNotificationServiceExtension {
    private let open = Mutex<[Delivery]>([])

    override func didReceive(
        _ request: UNNotificationRequest,
        withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void
    ) {
        guard let content = request.content.mutableCopy() as? UNMutableNotificationContent else {
            contentHandler(request.content)
            return
        }
        let delivery = Delivery(content, contentHandler)
        open.withLock { $0.append(delivery) }

        let item = request.content.userInfo[PushReader.itemField] as? String
        let decision = AppGroup().map { PushReader(files: $0.files, keys: $0.keys).decide(item, now: Date()) }
        delivery.end(decision ?? .notChecked)
        open.withLock { open in open.removeAll { $0 === delivery } }
    }

    override func serviceExtensionTimeWillExpire() {
        let late = open.withLock { open in
            defer { open = [] }
            return open
        }
        late.forEach { $0.end(.notChecked) }
    }
}
