//! Weather warnings of MeteoAlarm, which are weather and never an official allerta.
//!
//! Read [`Warning`] first, then [`read`]. MeteoAlarm gives the CAP messages of the national weather services as JSON,
//! with the words of CAP, the level and the kind of weather as parameters, and areas by EMMA_ID.
//! Not here: the national bulletin ([`crate::bollettino`]), CAP as XML ([`crate::cap`]).
//!
//! Source: feeds.meteoalarm.org, api/v1/warnings (terms: attribution to MeteoAlarm and the service that issued it).

mod wire;

use serde::Serialize;

use crate::cap::{Alert, ResponseType};

/// Larger feeds are refused.
pub const MOST_BYTES: usize = 32 << 20;
/// Warnings of one feed.
const MOST_WARNINGS: usize = 5_000;

/// Why a feed cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Larger than any feed (safety rule 9).
    #[error("it has {found} {what}: at most {most} are read")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much.
        found: usize,
        /// How much is read.
        most: usize,
    },
    /// Not the JSON of MeteoAlarm.
    #[error("line {line}: {problem}")]
    Json {
        /// Line from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
}

/// A weather warning.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// MeteoAlarm's own name of this version of the warning.
    pub uuid: Option<String>,
    /// The message, one info block per language. An Update may refer to a message that was never seen.
    pub alert: Alert,
    /// How bad, in MeteoAlarm's colours.
    pub awareness_level: AwarenessLevel,
    /// What kind of weather.
    pub awareness_type: AwarenessType,
}

impl Warning {
    /// Whether it is only kept and never rings: green, or nothing but an all-clear.
    pub fn is_silent(&self) -> bool {
        let is_all_clear = |response: &[ResponseType]| response == [ResponseType::AllClear];
        self.awareness_level == AwarenessLevel::Green
            || (!self.alert.info.is_empty()
                && self.alert.info.iter().all(|info| is_all_clear(&info.response_type)))
    }

    /// EMMA_ID codes of its areas, such as IT012 for Lazio; each once, in the order of the feed.
    pub fn emma_ids(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        for id in self.alert.info.iter().flat_map(|info| &info.area).flat_map(|area| area.geocodes("EMMA_ID"))
        {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }
}

/// MeteoAlarm's four colours. They are of the weather service and not the levels of an allerta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AwarenessLevel {
    /// 1: no particular awareness.
    Green,
    /// 2: potentially dangerous.
    Yellow,
    /// 3: dangerous.
    Orange,
    /// 4: very dangerous.
    Red,
    /// The feed does not say, or says what is not known; not green.
    Unknown,
}

impl AwarenessLevel {
    /// Reads `3; orange; Severe`.
    fn read(text: &str) -> Self {
        match text.split(';').next().unwrap_or_default().trim() {
            "1" => Self::Green,
            "2" => Self::Yellow,
            "3" => Self::Orange,
            "4" => Self::Red,
            _ => Self::Unknown,
        }
    }
}

macro_rules! awareness_types {
    ($($(#[$doc:meta])* $name:ident = $number:literal),+ $(,)?) => {
        /// Kinds of weather by MeteoAlarm's numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AwarenessType {
            $($(#[$doc])* $name,)+
            /// The feed does not say, or says what is not known.
            Unknown,
        }

        impl AwarenessType {
            /// Reads `3; Thunderstorm`.
            fn read(text: &str) -> Self {
                match text.split(';').next().unwrap_or_default().trim() {
                    $($number => Self::$name,)+
                    _ => Self::Unknown,
                }
            }
        }
    };
}

awareness_types! {
    /// Wind.
    Wind = "1",
    /// Snow and ice.
    SnowIce = "2",
    /// Thunderstorms.
    Thunderstorm = "3",
    /// Fog.
    Fog = "4",
    /// Heat.
    HighTemperature = "5",
    /// Cold.
    LowTemperature = "6",
    /// Waves and coastal events.
    CoastalEvent = "7",
    /// Fire weather.
    ForestFire = "8",
    /// Avalanches.
    Avalanches = "9",
    /// Rain.
    Rain = "10",
    /// Floods.
    Flooding = "12",
    /// Rain and flood.
    RainFlood = "13",
}

/// Reads a feed (`warnings`), or one warning (`alert`).
///
/// # Errors
/// [`FeedError`]. What is missing in a warning is missing in its model; polygons that cannot be read are left out.
pub fn read(bytes: &[u8]) -> Result<Vec<Warning>, FeedError> {
    if bytes.len() > MOST_BYTES {
        return Err(FeedError::TooLarge { what: "bytes", found: bytes.len(), most: MOST_BYTES });
    }
    let feed: wire::Feed = serde_json::from_slice(bytes)
        .map_err(|error| FeedError::Json { line: error.line(), problem: error.to_string() })?;
    let warnings = feed.warnings();
    if warnings.len() > MOST_WARNINGS {
        return Err(FeedError::TooLarge { what: "warnings", found: warnings.len(), most: MOST_WARNINGS });
    }
    Ok(warnings.into_iter().map(warning).collect())
}

fn warning(entry: wire::Entry) -> Warning {
    let alert = entry.alert.into_alert();
    let parameter = |name: &str| {
        let mut parameters = alert.info.iter().flat_map(|info| &info.parameter);
        parameters
            .find(|parameter| parameter.value_name.eq_ignore_ascii_case(name))
            .map(|found| found.value.as_str())
    };
    let awareness_level = AwarenessLevel::read(parameter("awareness_level").unwrap_or_default());
    let awareness_type = AwarenessType::read(parameter("awareness_type").unwrap_or_default());
    Warning { uuid: entry.uuid, awareness_level, awareness_type, alert }
}

#[cfg(test)]
mod tests;
