import CampanileKit
import SwiftUI

/// The figure of a look: its field, its line, and the sign on it. Says nothing to VoiceOver; the words beside it do.
struct LevelFigure: View {
    let look: AlertLook

    @Environment(\.colorScheme) private var colorScheme
    @ScaledMetric private var side = 40.0

    init(_ look: AlertLook, side: Double = 40) {
        self.look = look
        _side = ScaledMetric(wrappedValue: side)
    }

    var body: some View {
        let colours = Palette(isDark: colorScheme == .dark).colours(of: look)
        ZStack {
            FigureShape(outline: look.figure.outline).fill(Color(colours.fill))
            if let line = colours.outline {
                FigureShape(outline: look.figure.outline).stroke(Color(line), lineWidth: side / 22)
            }
            SignShape(sign: look.figure.sign).stroke(
                Color(colours.ink), style: StrokeStyle(lineWidth: side / 10, lineCap: .round, lineJoin: .round))
        }
        .frame(width: side, height: side)
        .accessibilityHidden(true)
    }
}

private let field = 24.0

/// An outline of the kit, scaled from its field of 24 units.
private struct FigureShape: Shape {
    let outline: FigureOutline

    func path(in rect: CGRect) -> Path {
        let unit = min(rect.width, rect.height) / field
        var path = Path()
        switch outline {
        case .circle(let x, let y, let radius):
            path.addEllipse(
                in: CGRect(
                    x: (x - radius) * unit, y: (y - radius) * unit, width: 2 * radius * unit, height: 2 * radius * unit)
            )
        case .polygon(let points):
            path.addLines(points.map { CGPoint(x: $0.x * unit, y: $0.y * unit) })
            path.closeSubpath()
        case .roundedSquare(let inset, let radius):
            let side = (field - 2 * inset) * unit
            path.addRoundedRect(
                in: CGRect(x: inset * unit, y: inset * unit, width: side, height: side),
                cornerSize: CGSize(width: radius * unit, height: radius * unit))
        }
        return path
    }
}

/// A sign of the kit as strokes on the same field.
private struct SignShape: Shape {
    let sign: FigureSign

    func path(in rect: CGRect) -> Path {
        let unit = min(rect.width, rect.height) / field
        var path = Path()
        for stroke in sign.strokes {
            path.addLines(stroke.map { CGPoint(x: $0.x * unit, y: $0.y * unit) })
        }
        return path
    }
}

extension Color {
    init(_ rgb: Rgb) {
        let (red, green, blue) = rgb.channels
        self.init(.sRGB, red: red, green: green, blue: blue, opacity: 1)
    }
}
