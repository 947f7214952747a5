//! `assets/comuni`: names, provinces, population, mergers.

use super::{AssetError, table};
use crate::area::{Comune, Comuni, IstatCode, Province};

pub(super) fn read() -> Result<Comuni, AssetError> {
    let all = table(
        "assets/comuni/comuni.csv",
        include_str!("../../../assets/comuni/comuni.csv"),
        &["code", "name", "other_name", "province", "population"],
        |row| {
            Ok(Comune {
                code: row.value(0)?,
                name: row.value(1)?,
                other_name: row.optional(2)?,
                province: row.value(3)?,
                population: row.optional(4)?,
            })
        },
    )?;
    let provinces = table(
        "assets/comuni/provinces.csv",
        include_str!("../../../assets/comuni/provinces.csv"),
        &["sigla", "name", "region"],
        |row| Ok(Province { sigla: row.value(0)?, name: row.value(1)?, region: row.value(2)? }),
    )?;
    Ok(Comuni::new(all, provinces, superseded()?.into_iter().collect()))
}

/// Codes of comuni merged since, each with the code that stands for it now.
pub(super) fn superseded() -> Result<Vec<(IstatCode, IstatCode)>, AssetError> {
    table(
        "assets/comuni/superseded.csv",
        include_str!("../../../assets/comuni/superseded.csv"),
        &["code", "now"],
        |row| Ok((row.value(0)?, row.value(1)?)),
    )
}
