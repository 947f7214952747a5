package it.campanile.app.design

import it.campanile.app.R
import it.campanile.wall.Level
import it.campanile.wall.Status

/** The figure that stands for a level: colour is never the only sign. */
enum class Figure { CIRCLE_TICK, TRIANGLE, DIAMOND, OCTAGON, CIRCLE_QUESTION, SQUARE_EXERCISE }

/** How a level is drawn: its figure and the colour resources of fill, mark and outline. */
enum class LevelLook(val figure: Figure, val fill: Int, val ink: Int, val outline: Int) {
    VERDE(Figure.CIRCLE_TICK, R.color.verde, R.color.verde_ink, R.color.verde_outline),
    GIALLA(Figure.TRIANGLE, R.color.gialla, R.color.gialla_ink, R.color.gialla_outline),
    ARANCIONE(Figure.DIAMOND, R.color.arancione, R.color.arancione_ink, R.color.arancione_outline),
    ROSSA(Figure.OCTAGON, R.color.rossa, R.color.rossa_ink, R.color.rossa_outline),
    UNKNOWN(Figure.CIRCLE_QUESTION, R.color.unknown, R.color.unknown_ink, R.color.unknown_outline),

    /** What ran out by itself: grey, since running out is no all-clear. */
    PAST(Figure.CIRCLE_TICK, R.color.unknown, R.color.unknown_ink, R.color.unknown_outline),

    /** Exercises and tests never wear the colour of their level. */
    EXERCISE(Figure.SQUARE_EXERCISE, R.color.exercise, R.color.exercise_ink, R.color.exercise);

    companion object {
        /** The look of `level` in something of this `status`. */
        fun of(level: Level, status: Status): LevelLook = when (status) {
            Status.EXERCISE, Status.TEST -> EXERCISE
            Status.ACTUAL -> when (level) {
                Level.VERDE -> VERDE
                Level.GIALLA -> GIALLA
                Level.ARANCIONE -> ARANCIONE
                Level.ROSSA -> ROSSA
                Level.UNKNOWN -> UNKNOWN
            }
        }
    }
}
