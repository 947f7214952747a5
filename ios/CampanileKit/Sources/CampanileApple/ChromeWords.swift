public import CampanileKit
import Foundation

extension Chrome {
    /// Its words in the language of the app.
    public var words: String {
        NSLocalizedString(rawValue, comment: "")
    }
}
