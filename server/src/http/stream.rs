//! The live stream as server-sent events.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::Deserialize;

use super::App;
use crate::error::AppError;

#[derive(Deserialize)]
pub(super) struct Resume {
    after: Option<String>,
}

pub(super) async fn stream(
    State(app): State<Arc<App>>,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let newest = app.storage.last_sequence().await?;
    let last_event = headers.get("last-event-id").map(|value| value.to_str().unwrap_or("?"));
    // A reconnecting browser keeps its first address: what it last got is the newer word.
    let cursor = match last_event.filter(|id| !id.is_empty()).or(resume.after.as_deref()) {
        None => newest,
        Some(text) => text.parse::<u64>().map_err(|_not_a_number| {
            AppError::invalid("invalid_cursor", "Last-Event-ID and after are sequences of items")
        })?,
    };
    // A cursor ahead of this server belongs to a database that is gone; start over rather than stay silent.
    let cursor = if cursor > newest { 0 } else { cursor };
    let reader = app.stream.reader(cursor).ok_or_else(|| {
        AppError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "stream_full",
            "the stream has no free place; poll /v1/alerts and try again in a minute",
        )
    })?;
    let events = stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((event, reader))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(events)).into_response())
}
