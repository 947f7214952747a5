public import Foundation

/// Where the system keeps secrets: the Keychain.
public protocol SecretVault: Sendable {
    /// The secret under `name`.
    func read(_ name: String) -> VaultReading

    /// Keeps a new secret under `name`; one that is there already is left as it is.
    func add(_ secret: Data, name: String) -> VaultAdding
}

public enum VaultReading: Equatable, Sendable {
    case found(Data)
    case missing
    /// It cannot be read before the first unlock after a restart.
    case locked
    case failed
}

public enum VaultAdding: Equatable, Sendable {
    case added
    case existed
    case locked
    case failed
}
