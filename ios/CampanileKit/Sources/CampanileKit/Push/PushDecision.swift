public import Foundation

/// What the notification extension shows in place of what the push service delivered.
///
/// iOS cannot drop a delivered push, so each answer says how it is to be changed.
public enum PushDecision: Equatable, Sendable {
    /// Verified: post this under its tag.
    case show(PushNotification, removes: [String])

    /// Verified, and nothing new: no sound, and none of the delivered words, which are not signed.
    case nothingNew(removes: [String])

    /// Not verified: no sound, and words that say so. The delivered words are not shown.
    case notVerified

    /// It could not be checked on this phone now: the delivered headline stays, with a remark that says so.
    case notChecked
}

/// Decides about delivered pushes from the files beside the store; never opens the store.
///
/// Works before the first unlock after a restart: the places cannot be read then, and an alert is verified and shown
/// without asking whether it concerns them.
public struct PushReader: Sendable {
    /// The field of the payload that carries the item, in base64.
    public static let itemField = "i"

    private let files: any PushFileStore
    private let keys: any KeyStore

    public init(files: any PushFileStore, keys: any KeyStore) {
        self.files = files
        self.keys = keys
    }

    /// Decides about `item`, the field `i` of the payload. May be called several times at once.
    public func decide(_ item: String?, now: Date) -> PushDecision {
        guard let item, let bytes = Data(base64Encoded: item), !bytes.isEmpty else { return .notVerified }
        do {
            return try files.alone { try decide(bytes, now) }
        } catch {
            return .notChecked
        }
    }

    private func decide(_ bytes: Data, _ now: Date) throws -> PushDecision {
        guard let snapshot = try files.snapshot() else { return .notChecked }
        let presentation = try present(bytes, snapshot, now)
        // Written before anything is shown: a second delivery of the same bytes must find them held.
        if let next = presentation.snapshot { try files.write(snapshot: next) }
        switch presentation.outcome {
        case .refused: return .notVerified
        case .shown, .kept, .duplicate:
            guard let notification = presentation.notification else {
                return .nothingNew(removes: presentation.removes)
            }
            return .show(notification, removes: presentation.removes)
        }
    }

    private func present(_ bytes: Data, _ snapshot: Data, _ now: Date) throws -> PushPresentation {
        guard let places = readPlaces() else {
            return try presentPush(bytes, snapshot: snapshot, places: nil, now: now)
        }
        do {
            return try presentPush(bytes, snapshot: snapshot, places: places, now: now)
        } catch CampanileError.Invalid {
            // Damaged places must not keep an alert back: it is shown as before the first unlock.
            return try presentPush(bytes, snapshot: snapshot, places: nil, now: now)
        }
    }

    private func readPlaces() -> SealedPlaces? {
        guard let sealed = try? files.sealedPlaces(), let key = try? keys.placesKey() else { return nil }
        return SealedPlaces(sealed: sealed, key: key)
    }
}
