// Stand-in, declarations only: posting notifications, and the extension that looks at each delivered push.
// The classes are not Sendable, which is stricter than Apple's SDK says of some of them.
@_exported public import Foundation

open class UNNotificationContent: NSObject {
    public var userInfo: [AnyHashable: Any] { fatalError("stand-in") }
    public var threadIdentifier: String { fatalError("stand-in") }
}

public final class UNMutableNotificationContent: UNNotificationContent {
    public var title: String = ""
    public var subtitle: String = ""
    public var body: String = ""
    public var sound: UNNotificationSound?
    public var interruptionLevel: UNNotificationInterruptionLevel = .active
    public override var threadIdentifier: String {
        get { fatalError("stand-in") }
        set {}
    }
    public override var userInfo: [AnyHashable: Any] {
        get { fatalError("stand-in") }
        set {}
    }
}

public enum UNNotificationInterruptionLevel: UInt, Sendable { case passive, active, timeSensitive, critical }

public final class UNNotificationSound: NSObject {
    public class var `default`: UNNotificationSound { fatalError("stand-in") }
    public class var defaultCritical: UNNotificationSound { fatalError("stand-in") }
}

open class UNNotificationTrigger: NSObject {}

public final class UNNotificationRequest: NSObject {
    public let identifier: String
    public let content: UNNotificationContent
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {
        self.identifier = identifier
        self.content = content
    }
}

public final class UNNotification: NSObject {
    public var request: UNNotificationRequest { fatalError("stand-in") }
}

public enum UNAuthorizationStatus: Int, Sendable { case notDetermined, denied, authorized, provisional, ephemeral }

public final class UNNotificationSettings: NSObject {
    public var authorizationStatus: UNAuthorizationStatus { fatalError("stand-in") }
}

public final class UNUserNotificationCenter: NSObject {
    public class func current() -> UNUserNotificationCenter { fatalError("stand-in") }
    public func notificationSettings() async -> UNNotificationSettings { fatalError("stand-in") }
    public func add(_ request: UNNotificationRequest) async throws {}
    public func deliveredNotifications() async -> [UNNotification] { [] }
    public func removeDeliveredNotifications(withIdentifiers identifiers: [String]) {}
}

open class UNNotificationServiceExtension: NSObject {
    public override init() {}
    open func didReceive(
        _ request: UNNotificationRequest, withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void
    ) {}
    open func serviceExtensionTimeWillExpire() {}
}
