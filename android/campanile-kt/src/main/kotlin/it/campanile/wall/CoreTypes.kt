package it.campanile.wall

// The records of the edge under the wall's own names: they are plain values that a screen shows as they are, so a second
// set of classes would only be a second thing to keep right. What is alive (objects, observers, tokens) stays behind Wall.

typealias AlertRow = it.campanile.core.AlertRow
typealias AlertDetail = it.campanile.core.AlertDetail
typealias AlertList = it.campanile.core.AlertList
typealias AlertKind = it.campanile.core.AlertKind
typealias HeadState = it.campanile.core.HeadState
typealias Level = it.campanile.core.Level
typealias Status = it.campanile.core.Status
typealias Phase = it.campanile.core.Phase

typealias ReceiveReceipt = it.campanile.core.ReceiveReceipt
typealias RefusedRow = it.campanile.core.RefusedRow
typealias PushPresentation = it.campanile.core.PushPresentation
typealias PushNotification = it.campanile.core.PushNotification
typealias PushOutcome = it.campanile.core.PushOutcome
typealias PushEndpoint = it.campanile.core.PushEndpoint
typealias SealedPlaces = it.campanile.core.SealedPlaces
typealias Loudness = it.campanile.core.Loudness

typealias PlaceRow = it.campanile.core.PlaceRow
typealias PlaceDraft = it.campanile.core.PlaceDraft
typealias ComuneRow = it.campanile.core.ComuneRow
typealias DayRow = it.campanile.core.DayRow
typealias Town = it.campanile.core.Town
typealias Environment = it.campanile.core.Environment
typealias Preferences = it.campanile.core.Preferences
typealias Opening = it.campanile.core.Opening
typealias Position = it.campanile.core.Position

typealias SyncReceipt = it.campanile.core.SyncReceipt
typealias SyncOutcome = it.campanile.core.SyncOutcome
typealias CancelToken = it.campanile.core.CancelToken
typealias SyncStatus = it.campanile.core.SyncStatus

typealias KeyStore = it.campanile.core.KeyStore
typealias Clock = it.campanile.core.Clock
typealias LocationSource = it.campanile.core.LocationSource
typealias LogSink = it.campanile.core.LogSink
typealias LogLevel = it.campanile.core.LogLevel
typealias Platform = it.campanile.core.Platform
typealias PlatformException = it.campanile.core.PlatformException
typealias CampanileConfig = it.campanile.core.CampanileConfig
typealias CampanileException = it.campanile.core.CampanileException

// Kotlin does not reach nested classes through an alias, so each variant has a name of its own.

typealias OfflineException = it.campanile.core.CampanileException.Offline
typealias ServerException = it.campanile.core.CampanileException.Server
typealias NotFoundException = it.campanile.core.CampanileException.NotFound
typealias InvalidException = it.campanile.core.CampanileException.Invalid
typealias LockedException = it.campanile.core.CampanileException.Locked
typealias ClosedException = it.campanile.core.CampanileException.Closed
typealias StoreDamagedException = it.campanile.core.CampanileException.StoreDamaged
typealias InternalException = it.campanile.core.CampanileException.Internal

typealias PlatformLocked = it.campanile.core.PlatformException.Locked
typealias PlatformUnavailable = it.campanile.core.PlatformException.Unavailable
typealias PlatformFailed = it.campanile.core.PlatformException.Failed

typealias ItemAccepted = it.campanile.core.ReceiveReceipt.Accepted
typealias ItemDuplicate = it.campanile.core.ReceiveReceipt.Duplicate
typealias ItemRefused = it.campanile.core.ReceiveReceipt.Refused

typealias PushShown = it.campanile.core.PushOutcome.Shown
typealias PushKept = it.campanile.core.PushOutcome.Kept
typealias PushDuplicate = it.campanile.core.PushOutcome.Duplicate
typealias PushRefused = it.campanile.core.PushOutcome.Refused

typealias StreamEndpoint = it.campanile.core.PushEndpoint.Stream
typealias FcmEndpoint = it.campanile.core.PushEndpoint.Fcm
