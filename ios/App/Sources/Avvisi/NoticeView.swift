import CampanileKit
import SwiftUI

/// In place of the list, or above it: a figure, the core's words, what to do, and the button that tries again.
struct NoticeView: View {
    let notice: AlertListContent.Notice
    /// In place of the list.
    let isProminent: Bool
    let retry: @MainActor () -> Void

    var body: some View {
        VStack(alignment: isProminent ? .center : .leading, spacing: 12) {
            if let look = notice.look {
                LevelFigure(look, side: isProminent ? 96 : 40)
            } else {
                ProgressView()
            }
            if let words = notice.words.text {
                Text(verbatim: words).font(isProminent ? .title3 : .body)
            }
            if let hint = notice.hint.text {
                Text(verbatim: hint).foregroundStyle(.secondary)
            }
            if let words = notice.retry {
                Button(action: retry) { Text(words) }.buttonStyle(.borderedProminent)
            }
        }
        .multilineTextAlignment(isProminent ? .center : .leading)
        .frame(maxWidth: .infinity)
        .padding(.vertical, isProminent ? 40 : 8)
    }
}

/// A quiet line over the list, such as that the last check failed.
struct CautionView: View {
    let words: String

    @Environment(\.colorScheme) private var colorScheme

    var body: some View {
        let palette = Palette(isDark: colorScheme == .dark)
        Text(verbatim: words)
            .font(.footnote)
            .foregroundStyle(Color(palette.cautionInk))
            .listRowBackground(Color(palette.cautionSurface))
    }
}

/// The bar at the foot of the screen: one tap from the emergency number, whatever the screen shows.
struct EmergencyBar: View {
    @Environment(\.openURL) private var openURL

    var body: some View {
        Button {
            EmergencyCall(urls: OpenUrlPort(action: openURL)).call()
        } label: {
            Label {
                Text(Chrome.emergencyCall)
            } icon: {
                Image(systemName: "phone")
            }
            .frame(maxWidth: .infinity, minHeight: 44)
        }
        .buttonStyle(.bordered)
        .padding(.horizontal, 16)
        .padding(.vertical, 8)
        .background(.bar)
    }
}

private struct OpenUrlPort: UrlOpening {
    let action: OpenURLAction

    func open(_ url: URL) { action(url) }
}
