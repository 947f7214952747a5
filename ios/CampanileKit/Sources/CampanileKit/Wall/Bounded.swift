import Synchronization

/// Waits for `call`, but no longer than `limit`, and no longer than the waiting task lives.
///
/// Swift's cancellation does not reach a call that runs in the core. When the limit passes or the task is cancelled,
/// `stop` is called; a call that has not ended `grace` later is left to itself, since an extension or a background task
/// has to answer the system in time whatever happens.
/// Throws what `call` throws, `Expired` when the limit passed, `CancellationError` when the task was cancelled.
func bounded<Answer: Sendable>(
    _ limit: Duration?,
    grace: Duration = .seconds(2),
    stop: @escaping @Sendable () -> Void,
    call: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    try Task.checkCancellation()
    let first = FirstAnswer<Answer>()

    let running = Task { first.give(await resultOf(call)) }
    let watch = limit.map { limit in
        Task {
            try await Task.sleep(for: limit)
            await giveUp(first, with: Expired(), after: grace, stop: stop)
        }
    }
    defer {
        watch?.cancel()
        running.cancel()
    }

    return try await withTaskCancellationHandler {
        try await first.wait()
    } onCancel: {
        Task { await giveUp(first, with: CancellationError(), after: grace, stop: stop) }
    }
}

/// The limit of a bounded call passed.
struct Expired: Error, Equatable {}

private func resultOf<Answer>(_ call: () async throws -> Answer) async -> Result<Answer, any Error> {
    do {
        return .success(try await call())
    } catch {
        return .failure(error)
    }
}

private func giveUp<Answer>(
    _ first: FirstAnswer<Answer>, with reason: any Error, after grace: Duration, stop: @Sendable () -> Void
) async {
    first.insteadOfAnAnswer(reason)
    stop()
    try? await Task.sleep(for: grace)
    first.give(.failure(reason))
}

/// The first answer given, for the one who waits.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private struct State {
        var answer: Result<Answer, any Error>?
        var waiting: CheckedContinuation<Answer, any Error>?
        var reason: (any Error)?
    }

    private let state = Mutex(State())

    /// From now on whatever the call answers counts as `reason`: it was told to stop.
    func insteadOfAnAnswer(_ reason: any Error) {
        state.withLock { state in
            if state.reason == nil { state.reason = reason }
        }
    }

    func give(_ answer: Result<Answer, any Error>) {
        let waiting = state.withLock { state -> (CheckedContinuation<Answer, any Error>, Result<Answer, any Error>)? in
            guard state.answer == nil else { return nil }
            let settled = state.reason.map { .failure($0) } ?? answer
            state.answer = settled
            defer { state.waiting = nil }
            return state.waiting.map { ($0, settled) }
        }
        if let (continuation, settled) = waiting { continuation.resume(with: settled) }
    }

    func wait() async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let settled = state.withLock { state in
                if state.answer == nil { state.waiting = continuation }
                return state.answer
            }
            if let settled { continuation.resume(with: settled) }
        }
    }
}
