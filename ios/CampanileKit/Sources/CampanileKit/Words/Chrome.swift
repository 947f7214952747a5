/// The words of the frame around what the core says, by their keys in `Localizable.xcstrings`.
///
/// Words about an alert itself come from the core. The keys are those of the Android app.
public enum Chrome: String, CaseIterable, Sendable {
    case avvisiTitle = "avvisi_title"
    case avvisiLoading = "avvisi_loading"
    case avvisiNotKnownHint = "avvisi_not_known_hint"
    case avvisiRefresh = "avvisi_refresh"
    case avvisiRefreshing = "avvisi_refreshing"
    case avvisiRefreshFailed = "avvisi_refresh_failed"
    case avvisiHere = "avvisi_here"
    case avvisiElsewhere = "avvisi_elsewhere"
    case emergencyCall = "emergency_call"
    case failedLocked = "failed_locked"
    /// Takes the code to report.
    case failedOpening = "failed_opening"
    case retry = "retry"

    case pushNotChecked = "push_not_checked"
    case pushRefusedTitle = "push_refused_title"
    case pushRefusedBody = "push_refused_body"
    case pushNothingNewTitle = "push_nothing_new_title"
    case pushNothingNewBody = "push_nothing_new_body"
}
