//! Reading requests, with errors that say what is wrong in them.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

use crate::error::AppError;

/// A whole body within the route's limit.
pub(super) struct Whole(pub(super) Bytes);

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let read = Bytes::from_request(request, state).await;
        read.map(Self).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => AppError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "the body is longer than this address takes",
            ),
            _ => AppError::invalid("invalid_body", "the body broke off"),
        })
    }
}

/// The value of a JSON body.
pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, AppError> {
    serde_json::from_slice(body).map_err(|error| {
        // serde's sentence may repeat a value; the place and kind are enough.
        let kind = match error.classify() {
            serde_json::error::Category::Data => "does not have the documented form",
            _ => "is not JSON",
        };
        let (line, column) = (error.line(), error.column());
        AppError::invalid("invalid_body", format!("the body {kind}, at line {line}, column {column}"))
    })
}

/// The bytes of a signed item; another content type is refused.
pub(super) fn cose(headers: &HeaderMap, body: Bytes) -> Result<Bytes, AppError> {
    let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/cose") {
        return Ok(body);
    }
    Err(AppError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "invalid_content_type",
        "a signed item is sent as application/cose",
    ))
}

/// Whether the asker has the version that `etag` names.
pub(super) fn has_newest(headers: &HeaderMap, etag: &str) -> bool {
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*")
}
