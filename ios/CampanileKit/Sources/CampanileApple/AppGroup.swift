public import CampanileKit
public import Foundation

/// What the app and its extension share, by the names that `project.yml` writes into both Info.plist files.
public struct AppGroup: Sendable {
    public let files: any PushFileStore
    public let keys: VaultKeyStore

    /// Nothing when the group is missing from the entitlements.
    public init?(_ bundle: Bundle = .main, _ fileManager: FileManager = .default) {
        guard
            let group = bundle.object(forInfoDictionaryKey: "CampanileAppGroup") as? String,
            let accessGroup = bundle.object(forInfoDictionaryKey: "CampanileKeychainGroup") as? String,
            let folder = fileManager.containerURL(forSecurityApplicationGroupIdentifier: group)
        else { return nil }
        files = PushFolder(folder)
        keys = VaultKeyStore(vault: Keychain(accessGroup: accessGroup))
    }
}
