import CampanileApple
import CampanileKit
import Foundation

/// What the app is made of, put together once per process.
@MainActor
struct AppParts {
    let alerts: AlertListModel
    let session: AppSession

    init() {
        let group = AppGroup()
        let files: any PushFileStore = group?.files ?? NoSharedFiles()
        let walls = OneWall {
            let wall = try await openTheCore(group)
            // Before anything is posted: what the extension showed must not ring again.
            try? await SnapshotExchange(files: files).run(with: wall)
            return wall
        }
        let poster = AlertPoster(posting: SystemNotifications())
        alerts = AlertListModel(walls: walls, poster: poster)
        session = AppSession(
            walls: walls, files: files, poster: poster, background: BackgroundRefresh())
    }
}

private func openTheCore(_ group: AppGroup?) async throws -> any Wall {
    // Without its group this build is signed wrongly: it could make a key that the extension never sees.
    guard let group else { throw CampanileError.Internal(code: "no_app_group") }
    let folder = try dataFolder()
    let config = CampanileConfig(
        dataDir: folder.path,
        towns: townsOfThisBuild(),
        language: Bundle.main.preferredLocalizations.first ?? "it",
        builtAt: builtAt()
    )
    let platform = Platform(
        keyStore: group.keys, clock: SystemClock(), locationSource: LastPosition(), logSink: SystemLog())
    return try await openWall(config, platform: platform)
}

/// The folder of the store: the app's own, not of the group (the system kills an app that is suspended with an
/// encrypted file of the group open), and in no backup. The system's default protects it until the first unlock.
private func dataFolder() throws -> URL {
    do {
        var folder = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
        ).appendingPathComponent("store", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try folder.setResourceValues(values)
        return folder
    } catch {
        throw CampanileError.Internal(code: "no_data_folder")
    }
}

/// When this release was built, from Info.plist; the epoch when it does not say, which then doubts no clock.
private func builtAt() -> Date {
    let written = Bundle.main.object(forInfoDictionaryKey: "CampanileBuiltAt") as? String
    return written.flatMap { ISO8601DateFormatter().date(from: $0) } ?? Date(timeIntervalSince1970: 0)
}
