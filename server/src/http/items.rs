//! Signed items in and out.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use campanile_core::trust::sha256;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    App,
    body::{self, Whole},
};
use crate::error::AppError;

const DEFAULT_LIMIT: u32 = 50;
const MOST_ITEMS: u32 = 200;

/// How long after its end an item is still given to phones that catch up: a new phone needs no history.
const GIVEN_AFTER_END: TimeDelta = TimeDelta::days(30);

#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    after: u64,
    limit: Option<u32>,
}

#[derive(Serialize)]
struct ItemRow {
    sequence: u64,
    item: String,
}

#[derive(Serialize)]
struct ItemPage {
    items: Vec<ItemRow>,
    cursor: u64,
    more: bool,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let Query(Page { after, limit }) = page.map_err(|_rejected| {
        AppError::invalid("invalid_query", "after is a sequence, limit a number of items; both are optional")
    })?;
    let limit = limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MOST_ITEMS);
    let newest = app.storage.last_sequence().await?;
    // Items are never changed: what follows a cursor depends on the newest sequence alone.
    let etag = format!("\"{after}.{limit}.{newest}\"");
    if body::has_newest(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    // A cursor ahead of everything stored belongs to a server that was lost: the phone starts over, as on the stream.
    let after = if after > newest { 0 } else { after };
    let held_at = app.clock.now() - GIVEN_AFTER_END;
    let mut found = app.storage.items_after(after, limit + 1, held_at).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last = found.last().map_or(after, |item| item.sequence);
    // What is not given any more is passed over for good.
    let cursor = if more { last } else { last.max(newest) };
    let items = found
        .into_iter()
        .map(|item| ItemRow { sequence: item.sequence, item: STANDARD.encode(&item.cose) })
        .collect();
    let headers = [(header::ETAG, etag.as_str()), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Json(ItemPage { items, cursor, more })).into_response())
}

#[derive(Serialize)]
struct Accepted {
    sequence: u64,
}

pub(super) async fn accept(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<Response, AppError> {
    let stored = app.board.accept_item(body::cose(&headers, body)?).await?;
    let status = if stored.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Accepted { sequence: stored.sequence })).into_response())
}

fn unknown_item() -> AppError {
    AppError::not_found("unknown_item", "no item has this id")
}

pub(super) async fn cap(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, AppError> {
    let slot = app.storage.cap(id).await?.ok_or_else(unknown_item)?;
    let cap = slot.cap.ok_or_else(|| AppError::not_found("no_cap", "the item has no full CAP here"))?;
    Ok(([(header::CONTENT_TYPE, "application/cap+xml")], cap).into_response())
}

pub(super) async fn put_cap(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Whole(body): Whole,
) -> Result<StatusCode, AppError> {
    let slot = app.storage.cap(id.clone()).await?.ok_or_else(unknown_item)?;
    if slot.sha256 != Some(sha256(&body)) {
        return Err(AppError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "wrong_cap",
            "the CAP is not the one whose SHA-256 was signed; send exactly those bytes",
        ));
    }
    if slot.cap.is_none() {
        app.storage.put_cap(id, body).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
