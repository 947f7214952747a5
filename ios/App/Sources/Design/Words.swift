import CampanileApple
import CampanileKit
import SwiftUI

extension AlertListContent.Words {
    /// The words to show; nothing when there are none.
    var text: String? {
        switch self {
        case .none: nil
        case .core(let words): words
        case .chrome(let key): key.words
        case .chromeWith(let key, let value): String(format: key.words, value)
        }
    }
}

extension Text {
    init(_ key: Chrome) {
        self.init(verbatim: key.words)
    }
}
