//! `/allerte` and its style sheet and icon, from what is stored.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use campanile_core::{
    notice::{self, Head},
    trust::{SignedItem, sha256},
};
use serde::Deserialize;

use super::{App, body};
use crate::{
    allerte::{self, Posted},
    error::AppError,
};

/// A cache in front of the server may answer for so long: when it matters, everybody looks at once.
const PAGE_CACHED: &str = "public, max-age=20, must-revalidate";

/// The address changes with the content.
const ASSET_CACHED: &str = "public, max-age=31536000, immutable";

#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

pub(super) async fn allerte(
    State(app): State<Arc<App>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    // Nobody is refused the page for a strange address.
    let lang = asked.ok().and_then(|Query(asked)| asked.lang);
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = allerte::ask_for(lang.as_deref(), preferred);
    let alerts = app.board.alerts().await?;
    let bulletins = app.board.bulletins().await?;
    let head = app.storage.head().await?.and_then(|(_, cose)| read_head(&cose));
    let posted = Posted { town: &app.town, alerts: &alerts, bulletins: &bulletins, head: head.as_ref() };
    let html = allerte::page(posted, language, app.clock.now()).map_err(|error| {
        tracing::error!(%error, "failed to write the public page");
        AppError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "page",
            "the page cannot be made now; the alerts are at /v1/alerts",
        )
    })?;
    let etag = format!("\"{}\"", hex::encode(sha256(html.as_bytes())));
    let common = [
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, PAGE_CACHED),
        (header::VARY, "accept-language"),
        (header::CONTENT_LANGUAGE, language.tag()),
        (header::CONTENT_SECURITY_POLICY, allerte::CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    if body::has_newest(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    Ok((common, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// Judged when it came; one that cannot be read counts as missing, so the situation as not known.
fn read_head(cose: &Bytes) -> Option<Head> {
    notice::decode(&SignedItem::decode(cose).ok()?.payload).ok()
}

pub(super) async fn style() -> Response {
    asset("text/css; charset=utf-8", allerte::STYLE)
}

pub(super) async fn icon() -> Response {
    asset("image/svg+xml", allerte::ICON)
}

fn asset(content_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, ASSET_CACHED)], text).into_response()
}
