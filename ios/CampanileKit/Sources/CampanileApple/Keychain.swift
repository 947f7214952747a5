public import CampanileKit
public import Foundation
import Security

/// The Keychain of the app and its extension: readable after the first unlock, on this phone alone, in no backup.
public struct Keychain: SecretVault {
    private static let service = "it.campanile.keys"

    private let accessGroup: String

    /// `accessGroup` is the shared Keychain group of the entitlements, with the team's prefix.
    public init(accessGroup: String) {
        self.accessGroup = accessGroup
    }

    public func read(_ name: String) -> VaultReading {
        var query = item(name)
        query[kSecReturnData] = true
        query[kSecMatchLimit] = kSecMatchLimitOne
        var found: CFTypeRef?
        switch SecItemCopyMatching(query as CFDictionary, &found) {
        case errSecSuccess: return (found as? Data).map { .found($0) } ?? .failed
        case errSecItemNotFound: return .missing
        case errSecInteractionNotAllowed: return .locked
        default: return .failed
        }
    }

    public func add(_ secret: Data, name: String) -> VaultAdding {
        var attributes = item(name)
        attributes[kSecValueData] = secret
        attributes[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        switch SecItemAdd(attributes as CFDictionary, nil) {
        case errSecSuccess: return .added
        case errSecDuplicateItem: return .existed
        case errSecInteractionNotAllowed: return .locked
        default: return .failed
        }
    }

    private func item(_ name: String) -> [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: Self.service,
            kSecAttrAccount: name,
            kSecAttrAccessGroup: accessGroup,
            kSecAttrSynchronizable: false,
            // Without it macOS and some simulators use the file keychain, which knows no access groups.
            kSecUseDataProtectionKeychain: true,
        ]
    }
}
