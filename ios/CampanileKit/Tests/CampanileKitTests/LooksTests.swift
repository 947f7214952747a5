import CampanileFakes
import CampanileKit
import Foundation
import Testing

@Suite("Looks and what VoiceOver says")
struct LooksTests {
    @Test func eachLevelHasAFigureOfItsOwn() {
        let levels: [Level] = [.verde, .gialla, .arancione, .rossa, .unknown]
        let figures = levels.map { AlertLook(level: $0, status: .actual).figure }
        #expect(figures == [.circleTick, .triangle, .diamond, .octagon, .circleQuestion])
    }

    @Test(arguments: [AlertStatus.exercise, .test])
    func safety_rule_5_exercisesAndTestsDifferFromEveryLevelInFigureAndColour(_ status: AlertStatus) {
        for level in [Level.verde, .gialla, .arancione, .rossa, .unknown] {
            let card = AlertCard(Sample.row("a", level: level, status: status), action: nil)
            #expect(card.look == .exercise)
            #expect(card.voiceOverLabel.hasPrefix("ESERCITAZIONE"))
            for isDark in [false, true] {
                let palette = Palette(isDark: isDark)
                let actual = AlertLook(level: level, status: .actual)
                #expect(palette.colours(of: card.look).fill != palette.colours(of: actual).fill)
                #expect(card.look.figure != actual.figure)
            }
        }
    }

    @Test func safety_rule_1_anUnknownLevelIsNeverDrawnGreen() {
        let look = AlertLook(Sample.row("a", level: .unknown))
        #expect(look == .unknown)
        for isDark in [false, true] {
            let palette = Palette(isDark: isDark)
            #expect(palette.colours(of: look).fill != palette.colours(of: .verde).fill)
        }
    }

    @Test func whatRanOutIsGreyAndWhatWasEndedWearsATick() {
        #expect(AlertLook(Sample.row("a", phase: .expired)) == .past)
        #expect(AlertLook(Sample.row("a", phase: .ended)) == .verde)
        #expect(AlertLook(Sample.row("a", phase: .falseAlarm)) == .verde)
    }

    @Test func theSignStandsOutFromItsField() {
        for isDark in [false, true] {
            let palette = Palette(isDark: isDark)
            for look in AlertLook.allCases {
                let colours = palette.colours(of: look)
                #expect(contrast(colours.fill, colours.ink) >= 4.5, "\(look), dark \(isDark)")
            }
        }
    }

    @Test func theFigureStandsOutFromTheGround() {
        for isDark in [false, true] {
            let palette = Palette(isDark: isDark)
            for look in AlertLook.allCases {
                let colours = palette.colours(of: look)
                for ground in [palette.ground, palette.surface] {
                    let edge = max(contrast(colours.fill, ground), colours.outline.map { contrast($0, ground) } ?? 0)
                    #expect(edge >= 3, "\(look), dark \(isDark)")
                }
            }
            #expect(contrast(palette.ink, palette.ground) >= 7)
            #expect(contrast(palette.inkSoft, palette.surface) >= 4.5)
            #expect(contrast(palette.cautionInk, palette.cautionSurface) >= 4.5)
        }
    }

    @Test func outlinesStayOnTheirField() {
        for figure in Figure.allCases {
            guard case .polygon(let points) = figure.outline else { continue }
            #expect(points.allSatisfy { (0...24).contains($0.x) && (0...24).contains($0.y) })
        }
        #expect(polygonCorners(.triangle) == 3)
        #expect(polygonCorners(.diamond) == 4)
        #expect(polygonCorners(.octagon) == 8)
    }

    @Test(arguments: [Level.verde, .gialla, .arancione, .rossa, .unknown])
    func voiceOverBeginsWithTheLevelAndEndsWithWhatToDo(_ level: Level) {
        let card = AlertCard(Sample.row("a", level: level), action: "Sali ai piani alti.")
        #expect(card.voiceOverLabel.hasPrefix(Sample.levelWords(level)))
        #expect(card.voiceOverLabel.hasSuffix("Sali ai piani alti."))
    }

    @Test func aCardLeavesOutWhatIsNotKnown() {
        let card = AlertCard(Sample.row("a", concernsMe: false), action: nil)
        #expect(card.whereUntil == "fino alle 24:00")
        #expect(card.action == nil)
    }

    private func polygonCorners(_ figure: Figure) -> Int? {
        guard case .polygon(let points) = figure.outline else { return nil }
        return points.count
    }

    /// WCAG 2.2 contrast ratio.
    private func contrast(_ one: Rgb, _ other: Rgb) -> Double {
        let (low, high) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)
    }

    private func luminance(_ colour: Rgb) -> Double {
        func linear(_ channel: Double) -> Double {
            channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        let (red, green, blue) = colour.channels
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
