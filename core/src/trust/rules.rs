//! How many persons an item needs.

use crate::notice::{AlertNotice, MsgType, Purpose, Severity, Status};

/// The longest that an alert may hold, days.
pub const MAX_ALERT_LIFETIME_DAYS: i64 = 7;

fn persons_for(severity: Severity) -> u8 {
    match severity {
        Severity::Minor | Severity::Moderate => 1,
        Severity::Severe | Severity::Extreme | Severity::Unknown => 2,
    }
}

/// How many persons must sign `notice`. Source: DESIGN, table "item | signed by".
///
/// `chain_highest` is the highest severity of the chain that it changes, as held by whoever asks;
/// when that chain is not known, two persons are needed, because it may have been the worst.
/// An exercise or test needs one, and can never touch an Actual chain ([`crate::alerts`]).
pub fn persons_needed(notice: &AlertNotice, chain_highest: Option<Severity>) -> u8 {
    if notice.status != Status::Actual || notice.purpose == Purpose::UnderReview {
        return 1;
    }
    match notice.msg_type {
        MsgType::Alert => persons_for(notice.severity),
        MsgType::Update | MsgType::Cancel => {
            persons_for(notice.severity).max(chain_highest.map_or(2, persons_for))
        }
    }
}
