//! Days and times as the bulletin writes them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use crate::{area::folded, cap::time::in_rome};

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// The first date like "1 aprile 2026" in a text.
pub(super) fn date_in(text: &str) -> Option<NaiveDate> {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(3).find_map(|words| {
        let [day, month, year] = words else { return None };
        let month = MONTHS.iter().position(|name| name == month)?;
        let day = day.trim_end_matches(['o', 'º']).parse().ok()?;
        let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()? + 1, day)
    })
}

/// When an edition was published, from the index's `name`: "Bollettino del 02 aprile 2026, aggiornamento delle ore 00:16".
pub(super) fn published_in_text(name: &str) -> Option<DateTime<FixedOffset>> {
    let date = date_in(name)?;
    let folded = folded(name);
    let (_, after) = folded.rsplit_once("ore ")?;
    let (hour, rest) = after.trim_start().split_once([':', '.', ',', 'h'])?;
    let minute: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let time = NaiveTime::from_hms_opt(hour.trim().parse().ok()?, minute.parse().ok()?, 0)?;
    Some(in_rome(date.and_time(time)))
}

/// When an edition was published, from a file name that holds `YYYYMMDD_HHMM`. Europe/Rome.
pub fn published_in_name(file_name: &str) -> Option<DateTime<FixedOffset>> {
    stamp_in(file_name).map(in_rome)
}

/// The civil time of the first `YYYYMMDD_HHMM` in a file name.
fn stamp_in(file_name: &str) -> Option<NaiveDateTime> {
    let bytes = file_name.as_bytes();
    bytes.windows(13).enumerate().find_map(|(at, window)| {
        let digit_before = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        let digit_after = bytes.get(at + 13).is_some_and(u8::is_ascii_digit);
        if digit_before || digit_after {
            return None;
        }
        NaiveDateTime::parse_from_str(
            std::str::from_utf8(window).ok().filter(|w| is_stamp(w))?,
            "%Y%m%d_%H%M",
        )
        .ok()
    })
}

fn is_stamp(text: &str) -> bool {
    text.len() == 13
        && text.bytes().enumerate().all(|(i, b)| if i == 8 { b == b'_' } else { b.is_ascii_digit() })
}

/// The newest edition among names of index files, `YYYYMMDD_HHMM.json`; other names are passed over.
///
/// Names may come in any order and from several pages of a listing. `None` if no name is of an index.
pub fn newest_edition<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .filter_map(|name| {
            let stamp = name.strip_suffix(".json").filter(|stamp| is_stamp(stamp))?;
            Some((NaiveDateTime::parse_from_str(stamp, "%Y%m%d_%H%M").ok()?, name))
        })
        .max()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn time(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[rstest]
    #[case("Bollettino del 30 marzo 2020, aggiornamento delle ore 19:33", "2020-03-30T19:33:00+02:00")]
    #[case("Bollettino del 18 settembre 2024 ore 03:13", "2024-09-18T03:13:00+02:00")]
    #[case("Bollettino del 14 maggio 2025, errata corrige delle ore 20:00", "2025-05-14T20:00:00+02:00")]
    #[case("Bollettino del 1° gennaio 2026 ore 15.02", "2026-01-01T15:02:00+01:00")]
    fn the_time_of_publication_is_read_from_the_name(#[case] name: &str, #[case] published: &str) {
        assert_eq!(published_in_text(name), Some(time(published)));
    }

    #[rstest]
    #[case("ruhetag_20260730_1511.zip", Some("2026-07-30T15:11:00+02:00"))]
    #[case("Cap_20260118_1515_signature-removed.xml", Some("2026-01-18T15:15:00+01:00"))]
    #[case("20261399_1511.json", None)]
    #[case("120260730_1511.json", None)]
    #[case("bollettino.json", None)]
    fn the_stamp_is_read_from_the_file_name(#[case] name: &str, #[case] published: Option<&str>) {
        assert_eq!(published_in_name(name), published.map(time));
    }

    #[test]
    fn the_newest_edition_is_found_among_other_names_in_any_order() {
        let names = [
            "20260402_0016.json",
            "20260401_1520.json",
            "20260403_9999.json",
            "style.json",
            "20260402_0016_today.json",
        ];
        assert_eq!(newest_edition(names), Some("20260402_0016.json"));
        assert_eq!(newest_edition(["README.md"]), None);
    }
}
