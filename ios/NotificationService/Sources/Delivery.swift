import CampanileApple
import CampanileKit
import Synchronization
@preconcurrency import UserNotifications

/// One push that waits for its answer, which is given once.
final class Delivery: Sendable {
    private struct Waiting: @unchecked Sendable {
        let content: UNMutableNotificationContent
        let answer: (UNNotificationContent) -> Void
    }

    private let waiting: Mutex<Waiting?>

    init(_ content: UNMutableNotificationContent, _ answer: @escaping (UNNotificationContent) -> Void) {
        waiting = Mutex(Waiting(content: content, answer: answer))
    }

    /// Answers the system; a second answer is none.
    func end(_ decision: PushDecision) {
        let taken = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        guard let taken else { return }
        write(decision, to: taken.content)
        guard let tags = decision.removes, !tags.isEmpty else {
            taken.answer(taken.content)
            return
        }
        Task {
            await UNUserNotificationCenter.current().removeDelivered(tags: tags)
            taken.answer(taken.content)
        }
    }

    private func write(_ decision: PushDecision, to content: UNMutableNotificationContent) {
        switch decision {
        case .show(let notification, _):
            notification.write(to: content)
        case .nothingNew:
            silence(content, title: .pushNothingNewTitle, body: .pushNothingNewBody)
        case .notVerified:
            silence(content, title: .pushRefusedTitle, body: .pushRefusedBody)
        case .notChecked:
            content.subtitle = Chrome.pushNotChecked.words
        }
    }

    /// The delivered words go: nobody signed them.
    private func silence(_ content: UNMutableNotificationContent, title: Chrome, body: Chrome) {
        content.title = title.words
        content.subtitle = ""
        content.body = body.words
        content.sound = nil
        content.interruptionLevel = .passive
        content.userInfo = [:]
    }
}

extension PushDecision {
    fileprivate var removes: [String]? {
        switch self {
        case .show(_, let removes), .nothingNew(let removes): removes
        case .notVerified, .notChecked: nil
        }
    }
}
