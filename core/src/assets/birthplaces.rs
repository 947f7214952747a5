//! Places of birth by the Belfiore code of the codice fiscale.

use std::{collections::HashMap, sync::OnceLock};

use chrono::NaiveDate;

use super::{AssetError, Row, table};

/// A comune or country under one of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthplace {
    /// Its name.
    pub name: String,
    /// Sigla of the province; none abroad.
    pub province: Option<String>,
    /// Last day of that name; none if it is the present one.
    pub until: Option<NaiveDate>,
}

type Places = HashMap<String, Vec<Birthplace>>;

/// The place of a Belfiore code under the name that it had on `day`; none for a code that nothing ever had.
///
/// A comune that was suppressed before `day` keeps its last name: people were born there.
#[expect(clippy::missing_panics_doc, reason = "a build whose files cannot be read fails its tests")]
pub fn birthplace(code: &str, day: NaiveDate) -> Option<&'static Birthplace> {
    static PLACES: OnceLock<Places> = OnceLock::new();
    let places = PLACES.get_or_init(|| read().expect("assets/birthplaces is read whole by a test"));
    let names = places.get(code)?;
    names.iter().find(|place| place.until.is_none_or(|until| day <= until)).or_else(|| names.last())
}

fn read() -> Result<Places, AssetError> {
    let mut places = Places::new();
    let text = include_str!("../../../assets/birthplaces/places.csv");
    let rows = table(
        "birthplaces/places.csv",
        text,
        &["code", "name", "province", "until"],
        |row: &Row| -> Result<(String, Birthplace), AssetError> {
            let code = row.text(0)?;
            if code.len() != 4 {
                return Err(row.problem(format!("'{code}' is no Belfiore code")));
            }
            let place =
                Birthplace { name: row.value(1)?, province: row.optional(2)?, until: row.optional(3)? };
            Ok((code.to_owned(), place))
        },
    )?;
    for (code, place) in rows {
        places.entry(code).or_default().push(place);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("F257", "1980-01-01", "Modena")]
    #[case("D548", "1992-02-29", "Ferrara")]
    #[case("A558", "1950-02-17", "Porretta Terme")]
    #[case("A558", "1930-02-17", "Bagni della Porretta")]
    #[case("A558", "2020-01-01", "Porretta Terme")] // suppressed
    #[case("Z330", "1995-09-08", "Marocco")]
    #[case("Z105", "1980-01-01", "Cecoslovacchia")]
    fn a_place_is_told_by_the_name_of_its_day(#[case] code: &str, #[case] born: &str, #[case] name: &str) {
        assert_eq!(birthplace(code, born.parse().unwrap()).unwrap().name, name);
    }

    #[test]
    fn a_code_that_nothing_ever_had_is_no_place() {
        assert_eq!(birthplace("D354", "1974-07-15".parse().unwrap()), None);
    }

    #[test]
    fn every_comune_of_today_is_a_place_of_birth_or_was_renamed_since() {
        let places = read().unwrap();
        let present: std::collections::HashSet<String> = places
            .values()
            .flatten()
            .filter(|place| place.until.is_none())
            .map(|place| crate::area::folded(&place.name))
            .collect();
        let comuni = super::super::comuni();
        let missing =
            comuni.iter().filter(|comune| !present.contains(&crate::area::folded(&comune.name))).count();
        assert!(missing < 80, "{missing} of {} comuni are not found by name", comuni.len());
    }
}
