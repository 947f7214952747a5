//! The texts of levels and risks.

use crate::{
    alerts::{Level, Risk},
    area::folded,
};

/// The level of a text such as `MODERATA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA ARANCIONE`.
///
/// The word of criticality and the colour each suffice; if they contradict each other, or neither is known,
/// the level is unknown (safety rule 1).
pub fn level_of(text: &str) -> Level {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let mut found: Option<Level> = None;
    for (i, word) in words.iter().enumerate() {
        let said = match *word {
            "ordinaria" | "gialla" | "giallo" => Level::Gialla,
            "moderata" | "arancione" => Level::Arancione,
            "elevata" | "rossa" | "rosso" => Level::Rossa,
            "assenza" | "verde" => Level::Verde,
            "nessuna" if matches!(words.get(i + 1), Some(&("allerta" | "criticita"))) => Level::Verde,
            _ => continue,
        };
        match found {
            None => found = Some(said),
            Some(level) if level == said => {}
            Some(_) => return Level::Unknown,
        }
    }
    found.unwrap_or(Level::Unknown)
}

/// The risks a text names, in the order of the bulletin's fields; all three if it names none.
pub fn risks_of(text: &str) -> Vec<Risk> {
    let folded = folded(text);
    let names = |stem: &str| folded.split(|c: char| !c.is_alphabetic()).any(|word| word.starts_with(stem));
    let named: Vec<Risk> = [
        (Risk::Idraulico, names("idraulic")),
        (Risk::Temporali, names("temporal")),
        (Risk::Idrogeologico, names("idrogeo") || names("geologic")),
    ]
    .into_iter()
    .filter_map(|(risk, is_named)| is_named.then_some(risk))
    .collect();
    if named.is_empty() { Risk::ALL.to_vec() } else { named }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Assenza di fenomeni significativi prevedibili / NESSUNA ALLERTA", Level::Verde)]
    #[case("ASSENZA DI FENOMENI SIGNIFICATIVI PREVEDIBILI / NESSUNA ALLERTA", Level::Verde)]
    #[case("NESSUNA ALLERTA", Level::Verde)]
    #[case("Ordinaria / ALLERTA GIALLA", Level::Gialla)]
    #[case("Ordinaria per rischio temporali / ALLERTA GIALLA", Level::Gialla)]
    #[case("ORDINARIA CRITICITA' PER RISCHIO IDRAULICO / ALLERTA GIALLA:", Level::Gialla)]
    #[case("MODERATA CRITICITA'", Level::Arancione)]
    #[case("Moderata / ALLERTA ARANCIONE", Level::Arancione)]
    #[case("MODERATA CRITICIT? PER RISCHIO IDROGEOLOGICO / ALLERTA ARANCIONE", Level::Arancione)]
    #[case("Elevata per rischio idrogeologico / ALLERTA ROSSA", Level::Rossa)]
    #[case("Elevata / ALLERTA ROSSA", Level::Rossa)]
    fn every_level_text_of_the_bulletin_is_read(#[case] text: &str, #[case] level: Level) {
        assert_eq!(level_of(text), level);
    }

    #[rstest]
    #[case("")]
    #[case("-")]
    #[case("Straordinaria / ALLERTA VIOLA")]
    #[case("Ordinaria / ALLERTA ARANCIONE")]
    #[case("Ordinaria / NESSUNA ALLERTA")]
    #[case("nessuna informazione")]
    fn safety_rule_1_an_unknown_level_text_is_unknown(#[case] text: &str) {
        assert_eq!(level_of(text), Level::Unknown);
    }

    #[test]
    fn risks_are_read_from_the_text_and_a_text_without_risk_means_all() {
        assert_eq!(risks_of("ORDINARIA CRITICITA' PER RISCHIO TEMPORALI"), [Risk::Temporali]);
        assert_eq!(risks_of("per rischio idraulico e idrogeologico"), [Risk::Idraulico, Risk::Idrogeologico]);
        assert_eq!(risks_of("ALLERTA GIALLA"), Risk::ALL);
    }
}
