import Dispatch

/// Runs the reads of the store on a thread that may block, so that they hold up neither the main thread nor the few
/// threads that all tasks share.
final class DiskExecutor: SerialExecutor {
    static let shared = DiskExecutor()

    private let queue = DispatchQueue(label: "campanile.disk", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
