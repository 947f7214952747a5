public import CampanileCore
public import Foundation

// The records of the edge under the wall's own names: they are plain values that a screen shows as they are, so a
// second set of structs would only be a second thing to keep right. What is alive (objects, observers, tokens) stays
// behind `Wall`. Names that Swift or SwiftUI take already are told apart here, once.

public typealias AlertRow = CampanileCore.AlertRow
public typealias AlertDetail = CampanileCore.AlertDetail
public typealias AlertList = CampanileCore.AlertList
public typealias AlertKind = CampanileCore.AlertKind
public typealias HeadState = CampanileCore.HeadState
public typealias Level = CampanileCore.Level
public typealias AlertStatus = CampanileCore.Status
public typealias AlertPhase = CampanileCore.Phase

public typealias ReceiveReceipt = CampanileCore.ReceiveReceipt
public typealias RefusedRow = CampanileCore.RefusedRow
public typealias PushNotification = CampanileCore.PushNotification
public typealias PushPresentation = CampanileCore.PushPresentation
public typealias PushOutcome = CampanileCore.PushOutcome
public typealias PushEndpoint = CampanileCore.PushEndpoint
public typealias SealedPlaces = CampanileCore.SealedPlaces
public typealias Loudness = CampanileCore.Loudness

public typealias PlaceRow = CampanileCore.PlaceRow
public typealias PlaceDraft = CampanileCore.PlaceDraft
public typealias ComuneRow = CampanileCore.ComuneRow
public typealias DayRow = CampanileCore.DayRow
public typealias Town = CampanileCore.Town
public typealias TownEnvironment = CampanileCore.Environment
public typealias Preferences = CampanileCore.Preferences
public typealias Opening = CampanileCore.Opening
public typealias Position = CampanileCore.Position

public typealias SyncReceipt = CampanileCore.SyncReceipt
public typealias SyncOutcome = CampanileCore.SyncOutcome
public typealias SyncStatus = CampanileCore.SyncStatus

public typealias KeyStore = CampanileCore.KeyStore
public typealias PhoneClock = CampanileCore.Clock
public typealias LocationSource = CampanileCore.LocationSource
public typealias LogSink = CampanileCore.LogSink
public typealias LogLevel = CampanileCore.LogLevel
public typealias Platform = CampanileCore.Platform
public typealias PlatformError = CampanileCore.PlatformError
public typealias CampanileConfig = CampanileCore.CampanileConfig
public typealias CampanileError = CampanileCore.CampanileError

extension AlertRow: Identifiable {}
extension PlaceRow: Identifiable {}

/// The towns that this build carries; a release build carries no demo town.
public func townsOfThisBuild() -> [Town] {
    CampanileCore.builtInTowns()
}

/// The version of the core, such as `0.1.0`.
public func versionOfTheCore() -> String {
    CampanileCore.coreVersion()
}

/// Decides what to show of pushed bytes. Pure: needs no store and no network. Throws `Invalid` for unreadable files.
public func presentPush(
    _ bytes: Data, snapshot: Data, places: SealedPlaces?, now: Date
) throws -> PushPresentation {
    try CampanileCore.presentPush(bytes: bytes, snapshot: snapshot, places: places, now: now)
}
