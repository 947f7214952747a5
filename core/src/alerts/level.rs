//! The four colours of the Italian allerta, and "unknown", which is never green.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The level of an allerta for a zone, a place or an alert.
///
/// `Unknown` is a level of its own: not published yet, an unknown text, an unknown zone. It is never shown as
/// green (safety rule 1), so the type has no order; compare known levels with [`Level::rank`].
/// Source: DPC "ordinaria/moderata/elevata criticità" = gialla/arancione/rossa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No allerta announced.
    Verde,
    /// Ordinary criticality.
    Gialla,
    /// Moderate criticality.
    Arancione,
    /// High criticality.
    Rossa,
    /// Not known; never green.
    Unknown,
}

impl Level {
    /// The Italian word in lower case, as in the `inspect` output: `verde`, …, `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verde => "verde",
            Self::Gialla => "gialla",
            Self::Arancione => "arancione",
            Self::Rossa => "rossa",
            Self::Unknown => "unknown",
        }
    }

    /// 0 to 3 for verde to rossa; none when unknown.
    pub fn rank(self) -> Option<u8> {
        match self {
            Self::Verde => Some(0),
            Self::Gialla => Some(1),
            Self::Arancione => Some(2),
            Self::Rossa => Some(3),
            Self::Unknown => None,
        }
    }

    /// The highest coloured level of `levels`; unknown when nothing is coloured and one is unknown or none is given.
    pub fn highest(levels: impl IntoIterator<Item = Self>) -> Self {
        let mut best = None;
        let mut unknown = false;
        for level in levels {
            match level.rank() {
                Some(rank) if best.is_none_or(|(top, _)| rank > top) => best = Some((rank, level)),
                Some(_) => {}
                None => unknown = true,
            }
        }
        match best {
            Some((rank, level)) if rank > 0 || !unknown => level,
            _ => Self::Unknown,
        }
    }

    /// Whether the level is gialla, arancione or rossa.
    pub fn is_coloured(self) -> bool {
        self.rank().is_some_and(|rank| rank > 0)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The three risks of the national bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Rivers out of their banks.
    Idraulico,
    /// Thunderstorms.
    Temporali,
    /// Landslides and small streams.
    Idrogeologico,
}

impl Risk {
    /// All three, in the order of the bulletin's fields.
    pub const ALL: [Self; 3] = [Self::Idraulico, Self::Temporali, Self::Idrogeologico];

    /// The Italian word in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idraulico => "idraulico",
            Self::Temporali => "temporali",
            Self::Idrogeologico => "idrogeologico",
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safety_rule_1_unknown_is_never_green() {
        assert_eq!(Level::highest([Level::Verde, Level::Unknown]), Level::Unknown);
        assert_eq!(Level::highest([]), Level::Unknown);
        assert_eq!(Level::highest([Level::Unknown, Level::Gialla]), Level::Gialla);
        assert_eq!(Level::highest([Level::Verde, Level::Verde]), Level::Verde);
        assert_eq!(Level::highest([Level::Gialla, Level::Rossa, Level::Arancione]), Level::Rossa);
    }
}
