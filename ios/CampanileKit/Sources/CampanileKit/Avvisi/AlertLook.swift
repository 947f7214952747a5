/// The figure that stands for a level: colour is never the only sign.
public enum Figure: String, CaseIterable, Sendable {
    case circleTick
    case triangle
    case diamond
    case octagon
    case circleQuestion
    case squareExercise

    /// Its outline on a field of 24 by 24 units, y downwards.
    public var outline: FigureOutline {
        switch self {
        case .circleTick, .circleQuestion: .circle(x: 12, y: 12, radius: 10.6)
        case .triangle: .polygon([.init(12, 2), .init(22.8, 21), .init(1.2, 21)])
        case .diamond: .polygon([.init(12, 1), .init(23, 12), .init(12, 23), .init(1, 12)])
        case .octagon:
            .polygon([
                .init(7.6, 1.2), .init(16.4, 1.2), .init(22.8, 7.6), .init(22.8, 16.4),
                .init(16.4, 22.8), .init(7.6, 22.8), .init(1.2, 16.4), .init(1.2, 7.6),
            ])
        case .squareExercise: .roundedSquare(inset: 1.6, radius: 4)
        }
    }

    /// The sign inside the outline.
    public var sign: FigureSign {
        switch self {
        case .circleTick: .tick
        case .triangle, .diamond, .octagon: .exclamation
        case .circleQuestion: .question
        case .squareExercise: .letterE
        }
    }
}

/// An outline on the field of 24 by 24 units.
public enum FigureOutline: Equatable, Sendable {
    case circle(x: Double, y: Double, radius: Double)
    case polygon([FigurePoint])
    case roundedSquare(inset: Double, radius: Double)
}

public struct FigurePoint: Equatable, Sendable {
    public let x: Double
    public let y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// What is drawn inside a figure. The letter E reads as "esercitazione" and "exercise" alike.
public enum FigureSign: String, Sendable {
    case tick, exclamation, question, letterE

    /// Its strokes on the same field. A very short one is a dot.
    public var strokes: [[FigurePoint]] {
        switch self {
        case .tick: [[.init(7, 12.4), .init(10.6, 16), .init(17.2, 8.6)]]
        case .exclamation: [[.init(12, 8), .init(12, 13)], [.init(12, 17.2), .init(12, 17.3)]]
        case .question:
            [
                [
                    .init(9, 9.2), .init(9.6, 7.2), .init(12, 6.3), .init(14.4, 7.2),
                    .init(15, 9.2), .init(14, 11.2), .init(12, 12.4), .init(12, 14),
                ],
                [.init(12, 17.4), .init(12, 17.5)],
            ]
        case .letterE:
            [
                [.init(15.4, 7), .init(9.2, 7), .init(9.2, 17), .init(15.4, 17)],
                [.init(9.2, 12), .init(14.2, 12)],
            ]
        }
    }
}

/// How an alert is drawn.
public enum AlertLook: String, CaseIterable, Sendable {
    case verde, gialla, arancione, rossa, unknown
    /// What ran out by itself: grey, since running out is no all-clear.
    case past
    /// Exercises and tests never wear the colour of their level.
    case exercise

    public var figure: Figure {
        switch self {
        case .verde, .past: .circleTick
        case .gialla: .triangle
        case .arancione: .diamond
        case .rossa: .octagon
        case .unknown: .circleQuestion
        case .exercise: .squareExercise
        }
    }

    /// The look of `level` in something of this `status`.
    public init(level: Level, status: AlertStatus) {
        switch status {
        case .exercise, .test: self = .exercise
        case .actual:
            switch level {
            case .verde: self = .verde
            case .gialla: self = .gialla
            case .arancione: self = .arancione
            case .rossa: self = .rossa
            case .unknown: self = .unknown
            }
        }
    }

    /// The look of `row`: what was ended wears a tick, what ran out is grey.
    public init(_ row: AlertRow) {
        guard row.status == .actual else {
            self = .exercise
            return
        }
        switch row.phase {
        case .ended, .falseAlarm: self = .verde
        case .expired: self = .past
        case .inForce: self.init(level: row.level, status: row.status)
        }
    }
}
