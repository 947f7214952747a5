//! Area `identity`: the codice fiscale, and how sure a login is.

use campanile_core::documents::{AssuranceLevel, CodiceFiscale, Sex};
use chrono::NaiveDate;

use super::{
    Answer, NoAnswer,
    input::{Input, date, day, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    if let Some(acr) = text(input, "acr") {
        let need = match text(input, "need").unwrap_or("L2") {
            "L1" => AssuranceLevel::L1,
            "L2" => AssuranceLevel::L2,
            "L3" => AssuranceLevel::L3,
            other => return Err(NoAnswer::Refused(format!("need: '{other}' is no level"))),
        };
        return Ok(Input::from_iter([("accept".to_owned(), need.is_met_by(acr).into())]));
    }
    let given = text(input, "cf")
        .or(text(input, "fiscal_number"))
        .ok_or_else(|| NoAnswer::Refused("neither cf nor fiscal_number nor acr is given".to_owned()))?;
    let today = date(input, "on")?.or_else(|| NaiveDate::from_ymd_opt(2026, 11, 25)).unwrap_or_default();
    Ok(match given.parse::<CodiceFiscale>() {
        Ok(code) => Input::from_iter([
            ("valid".to_owned(), true.into()),
            ("cf".to_owned(), code.as_str().into()),
            ("birth".to_owned(), day(code.birth(today))),
            ("sex".to_owned(), if code.sex() == Sex::F { "F" } else { "M" }.into()),
            ("place".to_owned(), code.place().into()),
            ("place_name".to_owned(), code.birthplace(today).map(|place| place.name.as_str()).into()),
            ("omocodia".to_owned(), code.is_omocodia().into()),
            ("canonical".to_owned(), code.canonical().into()),
        ]),
        Err(_) => Input::from_iter([("valid".to_owned(), false.into())]),
    })
}
