//! Whether the day's bulletin is late, said loudly: in the metrics and in the log.

use campanile_core::{
    calendar::{add_days, local_date, local_time},
    notice::{self, BulletinNotice},
    trust::{ItemKind, SignedItem},
};
use chrono::{DateTime, NaiveTime, Utc};

use crate::storage::SequencedItem;

/// The bulletin comes by 16:00, Europe/Rome; half an hour later it is late. Source: DPC, README of its open data.
const LATE_FROM: NaiveTime = NaiveTime::from_hms_opt(16, 30, 0).expect("a time of day");

/// Whether the newest edition, published at `newest`, is older than it may be at `now`.
fn is_late(newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    let today = local_date(now);
    let due = if local_time(now).time() >= LATE_FROM { today } else { add_days(today, -1) };
    newest.is_none_or(|published| local_date(published) < due)
}

/// Tells by `items` (what the feed signed lately) whether the bulletin is late.
pub(super) fn tell(items: &[SequencedItem], now: DateTime<Utc>) {
    let published = items.iter().filter_map(|item| {
        let signed =
            SignedItem::decode(&item.cose).ok().filter(|signed| signed.kind == ItemKind::Bulletin)?;
        notice::decode::<BulletinNotice>(&signed.payload).ok().map(|bulletin| bulletin.published)
    });
    let newest = published.max();
    let late = is_late(newest, now);
    metrics::gauge!("campanile_bulletin_late").set(f64::from(u8::from(late)));
    if let Some(newest) = newest {
        metrics::gauge!("campanile_bulletin_published_timestamp_seconds").set(newest.timestamp() as f64);
    }
    if late {
        tracing::warn!(newest = ?newest, "the day's bulletin is late: look at the source by hand");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_bulletin_is_late_from_half_past_four_on() {
        let today = Some(at("2023-05-16T13:22:00Z"));
        let yesterday = Some(at("2023-05-15T13:22:00Z"));
        assert!(!is_late(today, at("2023-05-16T20:00:00Z")));
        assert!(!is_late(yesterday, at("2023-05-16T14:29:00Z")));
        assert!(is_late(yesterday, at("2023-05-16T14:30:00Z")));
        assert!(!is_late(today, at("2023-05-17T08:00:00Z")));
        assert!(is_late(yesterday, at("2023-05-17T08:00:00Z")));
        assert!(is_late(None, at("2023-05-17T08:00:00Z")));
    }

    #[test]
    fn an_update_after_midnight_counts_for_the_day_on_which_it_came() {
        assert!(!is_late(Some(at("2026-04-01T22:16:00Z")), at("2026-04-02T20:00:00Z")));
    }
}
