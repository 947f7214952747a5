import CampanileKit
import Foundation

/// Stands in where the entitlements name no group: nothing is shared, and the extension says that it cannot check.
struct NoSharedFiles: PushFileStore {
    func snapshot() throws -> Data? { nil }
    func sealedPlaces() throws -> Data? { nil }
    func write(snapshot: Data) throws {}
    func write(_ files: PushFiles) throws {}
    func alone<Answer>(_ work: () throws -> Answer) throws -> Answer { try work() }
}
