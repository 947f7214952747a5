// Stand-in, declarations only: asking for a time in the background.
public import Foundation

open class BGTaskRequest: NSObject {
    public var earliestBeginDate: Date?
}

public final class BGAppRefreshTaskRequest: BGTaskRequest {
    public init(identifier: String) {}
}

public final class BGTaskScheduler: NSObject {
    public static var shared: BGTaskScheduler { fatalError("stand-in") }
    public func submit(_ taskRequest: BGTaskRequest) throws {}
}
