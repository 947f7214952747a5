import CampanileKit
import SwiftUI

/// The card of one alert: figure and words of its level, its line, what to do, where and until when.
///
/// VoiceOver meets one element that says the whole card, beginning with the level (or with "exercise").
struct AlertCardView: View {
    let card: AlertCard

    var body: some View {
        HStack(alignment: .top, spacing: 12) {
            LevelFigure(card.look)
            VStack(alignment: .leading, spacing: 4) {
                Text(verbatim: card.title).font(.headline)
                if let action = card.action {
                    Text(verbatim: action)
                }
                if !card.whereUntil.isEmpty {
                    Text(verbatim: card.whereUntil).font(.footnote).foregroundStyle(.secondary)
                }
                Text(verbatim: card.source).font(.footnote).foregroundStyle(.secondary)
                ForEach(card.labels, id: \.self) { ChipView(words: $0) }
            }
        }
        .padding(.leading, card.look == .exercise ? 12 : 0)
        .background(alignment: .leading) {
            if card.look == .exercise { ExerciseStripes() }
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(verbatim: card.voiceOverLabel))
    }
}

/// The striped edge of what is not for real: told apart without colour, and in a picture of the screen as well.
private struct ExerciseStripes: View {
    @Environment(\.colorScheme) private var colorScheme

    var body: some View {
        let colours = Palette(isDark: colorScheme == .dark).colours(of: .exercise)
        Canvas { context, size in
            context.fill(Path(CGRect(origin: .zero, size: size)), with: .color(Color(colours.ink)))
            var stripes = Path()
            var top = -size.width
            while top < size.height {
                stripes.move(to: CGPoint(x: 0, y: top + size.width))
                stripes.addLine(to: CGPoint(x: size.width, y: top))
                top += size.width
            }
            context.stroke(stripes, with: .color(Color(colours.fill)), lineWidth: size.width / 3)
        }
        .frame(width: 8)
        .accessibilityHidden(true)
    }
}

/// A remark on a card.
struct ChipView: View {
    let words: String

    @Environment(\.colorScheme) private var colorScheme

    var body: some View {
        let palette = Palette(isDark: colorScheme == .dark)
        Text(verbatim: words)
            .font(.footnote)
            .padding(.horizontal, 8)
            .padding(.vertical, 4)
            .foregroundStyle(Color(palette.cautionInk))
            .background(Color(palette.cautionSurface), in: RoundedRectangle(cornerRadius: 8))
    }
}
