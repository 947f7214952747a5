//! The desk: where officers hand in what they signed, so that the head names it without asking the push server.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Serialize;

use super::Feed;
use crate::{error::AppError, metrics};

pub(super) fn router(feed: Arc<Feed>) -> Router {
    Router::new()
        .route("/v1/items", post(item))
        .route("/v1/trust", post(trust_list))
        .route("/v1/revocations", post(revocation))
        .route("/healthz", get(healthz))
        .route("/metrics", get(async || metrics::render()))
        .layer(DefaultBodyLimit::max(70 * 1024))
        .with_state(feed)
}

#[derive(Serialize)]
struct Taken {
    is_new: bool,
}

/// Judged like any item; handed over to the push server by this machine as well, which changes nothing there
/// if the officer did so already.
async fn item(State(feed): State<Arc<Feed>>, body: Bytes) -> Result<(StatusCode, Json<Taken>), AppError> {
    let stored = feed.board.accept_item(body).await?;
    let status = if stored.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Taken { is_new: stored.is_new })))
}

async fn trust_list(State(feed): State<Arc<Feed>>, body: Bytes) -> Result<StatusCode, AppError> {
    feed.board.accept_trust_list(body).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revocation(State(feed): State<Arc<Feed>>, body: Bytes) -> Result<StatusCode, AppError> {
    feed.board.accept_revocation(body).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn healthz(State(feed): State<Arc<Feed>>) -> Result<&'static str, AppError> {
    feed.storage.check().await?;
    Ok("ok\n")
}
