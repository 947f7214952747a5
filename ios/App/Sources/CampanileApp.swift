import CampanileApple
import CampanileKit
import SwiftUI

@main
struct CampanileApp: App {
    @Environment(\.scenePhase) private var scenePhase
    @State private var parts = AppParts()

    var body: some Scene {
        WindowGroup {
            NavigationStack {
                AvvisiScreen()
            }
            .environment(parts.alerts)
        }
        .onChange(of: scenePhase, initial: true) { _, phase in
            Task {
                switch phase {
                case .active: await parts.session.enterForeground()
                case .background: await parts.session.enterBackground(now: Date())
                default: break
                }
            }
        }
        .backgroundTask(.appRefresh(BackgroundRefresh.identifier)) {
            _ = await parts.session.refreshInBackground(now: Date())
        }
    }
}
