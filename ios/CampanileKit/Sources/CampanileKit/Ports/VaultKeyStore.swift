public import Foundation

/// The keys of the core, 32 random bytes each, kept in a vault.
///
/// A key is made only when the vault says that there is none. A locked vault is `Locked`, and a secret of another length
/// is `Failed`: neither is ever answered with a new key, which would orphan the store.
public final class VaultKeyStore: KeyStore {
    public static let databaseKeyName = "database-key"
    public static let placesKeyName = "places-key"
    static let keyBytes = 32

    private let vault: any SecretVault

    public init(vault: any SecretVault) {
        self.vault = vault
    }

    public func databaseKey() throws -> Data { try key(Self.databaseKeyName) }

    public func placesKey() throws -> Data { try key(Self.placesKeyName) }

    private func key(_ name: String) throws -> Data {
        switch vault.read(name) {
        case .found(let key): return try checked(key)
        case .locked: throw PlatformError.Locked
        case .failed: throw PlatformError.Failed
        case .missing: return try newKey(name)
        }
    }

    private func newKey(_ name: String) throws -> Data {
        // The system's generator is cryptographically secure on Apple platforms and on Linux.
        var generator = SystemRandomNumberGenerator()
        let key = Data((0..<Self.keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        switch vault.add(key, name: name) {
        case .added: return key
        case .locked: throw PlatformError.Locked
        case .failed: throw PlatformError.Failed
        case .existed:
            // Another process of ours made it meanwhile.
            guard case .found(let key) = vault.read(name) else { throw PlatformError.Failed }
            return try checked(key)
        }
    }

    private func checked(_ key: Data) throws -> Data {
        guard key.count == Self.keyBytes else { throw PlatformError.Failed }
        return key
    }
}
