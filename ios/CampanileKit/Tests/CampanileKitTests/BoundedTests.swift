import CampanileFakes
import Foundation
import Synchronization
import Testing

@testable import CampanileKit

@Suite("Calls of the core that take long")
struct BoundedTests {
    @Test func anAnswerInTimeIsPassedOn() async throws {
        #expect(try await bounded(.seconds(60), stop: {}) { 7 } == 7)
    }

    @Test func aFailureInTimeIsPassedOn() async {
        await #expect(throws: CampanileError.Offline) {
            try await bounded(.seconds(60), stop: {}) { () throws -> Int in throw CampanileError.Offline }
        }
    }

    @Test func atItsLimitACallIsStopped() async {
        let token = Token()
        await #expect(throws: Expired()) {
            try await bounded(.milliseconds(20), stop: token.stop) { await token.waitUntilStopped() }
        }
        #expect(token.isStopped)
    }

    @Test func cancellingTheTaskStopsTheCall() async {
        let token = Token()
        let waiting = Task { try await bounded(nil, stop: token.stop) { await token.waitUntilStopped() } }
        try? await Task.sleep(for: .milliseconds(20))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(token.isStopped)
    }

    @Test func aCallThatNeverEndsIsLeftToItself() async {
        let token = Token()
        await #expect(throws: Expired()) {
            try await bounded(.milliseconds(10), grace: .milliseconds(10), stop: token.stop) {
                try await Task.sleep(for: .seconds(3600))
            }
        }
        #expect(token.isStopped)
    }

    @Test func aTaskCancelledBeforeDoesNotEvenBegin() async {
        let token = Token()
        let waiting = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await bounded(nil, stop: token.stop) { token.stop() }
        }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(!token.isStopped)
    }
}

/// Waits as a call of the core does: deaf to Swift's cancellation, ended by its token alone.
private final class Token: Sendable {
    private let stopped = Mutex(false)

    var isStopped: Bool { stopped.withLock { $0 } }

    @Sendable func stop() { stopped.withLock { $0 = true } }

    func waitUntilStopped() async {
        while !isStopped {
            await Task.detached { try? await Task.sleep(for: .milliseconds(2)) }.value
        }
    }
}
