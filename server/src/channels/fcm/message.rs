//! The JSON of a message. Source: Firebase documentation, REST resource `projects.messages`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use campanile_core::trust::sha256;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::channels::Parcel;

/// The longest time to live that the service takes.
const LONGEST_TTL: TimeDelta = TimeDelta::days(28);

#[derive(Serialize)]
struct SendRequest<'a> {
    message: Message<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    token: &'a str,
    data: Data,
    android: Android,
}

/// No `notification`: the app verifies first and shows then.
#[derive(Serialize)]
struct Data {
    /// The signed item, base64.
    i: String,
}

#[derive(Serialize)]
struct Android {
    priority: &'static str,
    ttl: String,
    collapse_key: String,
}

/// The body of the request that sends `parcel` to the phone with `token`.
#[expect(clippy::missing_panics_doc, reason = "strings under fixed names are JSON")]
pub fn data_message(token: &str, parcel: &Parcel, now: DateTime<Utc>) -> Bytes {
    let ttl = (parcel.expires - now).clamp(TimeDelta::zero(), LONGEST_TTL);
    let request = SendRequest {
        message: Message {
            token,
            data: Data { i: STANDARD.encode(&parcel.item) },
            android: Android {
                priority: "HIGH",
                ttl: format!("{}s", ttl.num_seconds()),
                collapse_key: short(&parcel.collapse_key),
            },
        },
    };
    Bytes::from(serde_json::to_vec(&request).expect("strings under fixed names are JSON"))
}

/// The service may read it: a hash tells it which messages belong together, and no more.
fn short(collapse_key: &str) -> String {
    hex::encode(sha256(collapse_key.as_bytes()).get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parcel(expires: DateTime<Utc>) -> Parcel {
        Parcel { item: Bytes::from_static(b"item"), collapse_key: "piena-1".to_owned(), expires }
    }

    #[test]
    fn the_message_is_data_only_urgent_and_ends_with_the_item() {
        let now = DateTime::from_timestamp(1_684_243_800, 0).unwrap();
        let body = data_message("token-1", &parcel(now + TimeDelta::hours(6)), now);
        assert_eq!(
            std::str::from_utf8(&body).unwrap(),
            r#"{"message":{"token":"token-1","data":{"i":"aXRlbQ=="},"android":{"priority":"HIGH","ttl":"21600s","collapse_key":"9b93adcf6f09782f"}}}"#
        );
    }

    #[test]
    fn the_time_to_live_is_never_negative_nor_longer_than_the_service_takes() {
        let now = DateTime::from_timestamp(1_684_243_800, 0).unwrap();
        for (expires, ttl) in
            [(now - TimeDelta::hours(1), "\"0s\""), (now + TimeDelta::days(40), "\"2419200s\"")]
        {
            let body = data_message("t", &parcel(expires), now);
            assert!(std::str::from_utf8(&body).unwrap().contains(ttl), "{ttl}");
        }
    }

    #[test]
    fn the_longest_item_fits_into_what_the_service_takes() {
        let now = DateTime::from_timestamp(1_684_243_800, 0).unwrap();
        let mut longest = parcel(now);
        longest.item = Bytes::from(vec![0; 2_700]);
        let base64 = STANDARD.encode(&longest.item).len();
        assert!(base64 + "i".len() <= 4_096, "{base64}");
    }
}
