public import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The files that app and extension share, in a folder that both can reach.
public final class PushFolder: PushFileStore {
    static let snapshotName = "push-snapshot"
    static let placesName = "sealed-places"
    static let lockName = "push.lock"

    private let folder: URL
    // A file lock belongs to the process: the threads of one need a lock of their own.
    private static let thisProcess = Mutex(())

    /// `folder` must exist.
    public init(_ folder: URL) {
        self.folder = folder
    }

    public func snapshot() throws -> Data? { try read(Self.snapshotName) }

    public func sealedPlaces() throws -> Data? { try read(Self.placesName) }

    public func write(snapshot: Data) throws {
        // Readable before the first unlock: it holds what is public (trust, what was shown), and no place.
        try write(snapshot, Self.snapshotName, isSealed: false)
    }

    public func write(_ files: PushFiles) throws {
        try write(snapshot: files.snapshot)
        try write(files.places, Self.placesName, isSealed: true)
    }

    public func alone<Answer>(_ work: () throws -> Answer) throws -> Answer {
        try Self.thisProcess.withLock { _ in
            let lock = open(folder.appendingPathComponent(Self.lockName).path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard lock >= 0 else { throw PushFolderError.cannotLock }
            defer { close(lock) }
            guard flock(lock, LOCK_EX) == 0 else { throw PushFolderError.cannotLock }
            return try work()
        }
    }

    private func read(_ name: String) throws -> Data? {
        let file = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try Data(contentsOf: file)
    }

    private func write(_ bytes: Data, _ name: String, isSealed: Bool) throws {
        var options: Data.WritingOptions = [.atomic]
        #if canImport(Darwin)
            options.insert(isSealed ? .completeFileProtectionUntilFirstUserAuthentication : .noFileProtection)
        #endif
        try bytes.write(to: folder.appendingPathComponent(name), options: options)
    }
}

/// Why the shared folder could not be used.
public enum PushFolderError: Error, Equatable, Sendable {
    /// The lock file cannot be made or locked.
    case cannotLock
}
