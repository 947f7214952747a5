import CampanileFakes
import CampanileKit
import Foundation
import Testing

@Suite("Keys in the vault")
struct VaultKeyStoreTests {
    let vault = FakeVault()
    var keys: VaultKeyStore { VaultKeyStore(vault: vault) }

    @Test func aKeyIsMadeOnFirstUseAndStaysTheSame() throws {
        let first = try keys.databaseKey()
        #expect(first.count == 32)
        #expect(try keys.databaseKey() == first)
    }

    @Test func theTwoKeysDiffer() throws {
        #expect(try keys.databaseKey() != keys.placesKey())
    }

    @Test func aLockedVaultIsLockedAndNeverMakesANewKey() throws {
        let key = try keys.databaseKey()
        vault.be(.locked)
        #expect(throws: PlatformError.Locked) { try keys.databaseKey() }
        #expect(throws: PlatformError.Locked) { try keys.placesKey() }
        vault.be(.open)
        #expect(try keys.databaseKey() == key)
        #expect(vault.secrets.count == 1)
    }

    @Test func aFailingVaultMakesNoKey() {
        vault.be(.failing)
        #expect(throws: PlatformError.Failed) { try keys.databaseKey() }
        #expect(vault.secrets.isEmpty)
    }

    @Test func aSecretOfAnotherLengthIsKeptAndRefused() {
        vault.secrets = [VaultKeyStore.databaseKeyName: Data([1, 2, 3])]
        #expect(throws: PlatformError.Failed) { try keys.databaseKey() }
        #expect(vault.secrets == [VaultKeyStore.databaseKeyName: Data([1, 2, 3])])
    }

    @Test func ofTwoProcessesThatMakeAKeyAtOnceBothUseTheFirst() throws {
        let theirs = Data(repeating: 7, count: 32)
        vault.beforeAdding { $0[VaultKeyStore.databaseKeyName] = theirs }
        #expect(try keys.databaseKey() == theirs)
    }
}
