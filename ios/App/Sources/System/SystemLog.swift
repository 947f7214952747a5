import CampanileKit
import os

/// The core's log lines in the system's log. The core writes no personal data, so they may be read there.
final class SystemLog: LogSink {
    private let logger = Logger(subsystem: "it.campanile", category: "core")

    func onLog(level: LogLevel, target: String, message: String) throws {
        switch level {
        case .error: logger.error("\(target, privacy: .public): \(message, privacy: .public)")
        case .warn: logger.warning("\(target, privacy: .public): \(message, privacy: .public)")
        case .info: logger.info("\(target, privacy: .public): \(message, privacy: .public)")
        case .debug: logger.debug("\(target, privacy: .public): \(message, privacy: .public)")
        }
    }
}
