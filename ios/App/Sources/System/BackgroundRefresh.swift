import BackgroundTasks
import CampanileKit
import Foundation

/// Asks iOS for a check in the background.
struct BackgroundRefresh: BackgroundRefreshing {
    static let identifier = "it.campanile.refresh"

    func request(notBefore earliest: Date) {
        let request = BGAppRefreshTaskRequest(identifier: Self.identifier)
        request.earliestBeginDate = earliest
        // It is refused where the person turned background refresh off: alerts still come by push.
        try? BGTaskScheduler.shared.submit(request)
    }
}
