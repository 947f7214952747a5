//! Trust list, revocations and head: each authenticates itself.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use campanile_core::trust::sha256;
use serde::Serialize;

use super::{
    App,
    body::{self, Whole},
};
use crate::error::AppError;

fn cose_answer(headers: &HeaderMap, cose: Bytes) -> Response {
    let etag = format!("\"{}\"", hex::encode(sha256(&cose)));
    if body::has_newest(headers, &etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "application/cose"),
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, cose).into_response()
}

pub(super) async fn trust_list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let list = app.board.trust_list().await?;
    let list = list.ok_or_else(|| AppError::not_found("no_trust_list", "no trust list was posted yet"))?;
    Ok(cose_answer(&headers, list))
}

#[derive(Serialize)]
struct Version {
    version: u32,
}

pub(super) async fn accept_trust_list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<Response, AppError> {
    let (version, is_new) = app.board.accept_trust_list(body::cose(&headers, body)?).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Version { version })).into_response())
}

#[derive(Serialize)]
pub(super) struct Revocations {
    items: Vec<String>,
}

pub(super) async fn revocations(State(app): State<Arc<App>>) -> Result<Json<Revocations>, AppError> {
    let items = app.storage.revocations().await?;
    Ok(Json(Revocations { items: items.iter().map(|item| STANDARD.encode(item)).collect() }))
}

pub(super) async fn accept_revocation(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<StatusCode, AppError> {
    app.board.accept_revocation(body::cose(&headers, body)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn head(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, AppError> {
    let head = app.storage.head().await?;
    let (_, cose) = head.ok_or_else(|| {
        AppError::not_found("no_head", "no head was posted yet: what is in force is not known")
    })?;
    Ok(cose_answer(&headers, cose))
}

#[derive(Serialize)]
struct Number {
    number: u64,
}

pub(super) async fn accept_head(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<Response, AppError> {
    let number = app.board.accept_head(body::cose(&headers, body)?).await?;
    Ok((StatusCode::CREATED, Json(Number { number })).into_response())
}
