//! The events of the live stream. Source: WHATWG HTML, server-sent events.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;

/// Keeps an idle connection open.
pub(super) const KEEP_ALIVE: Bytes = Bytes::from_static(b": viva\n\n");

/// A signed item with its place in the town's order, by which a phone resumes.
pub fn item_event(sequence: u64, cose: &[u8]) -> Bytes {
    Bytes::from(format!("event: item\nid: {sequence}\ndata: {}\n\n", STANDARD.encode(cose)))
}

/// A new head. Has no id: it never moves the cursor.
pub fn head_event(cose: &[u8]) -> Bytes {
    Bytes::from(format!("event: head\ndata: {}\n\n", STANDARD.encode(cose)))
}

/// A new trust list or revocation: the phone asks for `/v1/trust` and `/v1/revocations`.
pub fn trust_event(version: u32) -> Bytes {
    Bytes::from(format!("event: trust\ndata: {version}\n\n"))
}
