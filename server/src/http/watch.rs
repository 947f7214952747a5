//! What an operator watches, and whom a finder of a weakness may tell.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use serde::Serialize;

use super::App;
use crate::{error::AppError, metrics};

#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    town: String,
    trust_list: u32,
    last_sequence: u64,
    stream_readers: usize,
}

/// Answers 200 only when an alert could be stored now.
pub(super) async fn healthz(State(app): State<Arc<App>>) -> Result<Json<Health>, AppError> {
    app.storage.check().await?;
    let trust = app.board.trust();
    Ok(Json(Health {
        status: if trust.is_some() { "ok" } else { "no_trust_list" },
        town: app.town.anchor.town.clone(),
        trust_list: trust.map_or(0, |trust| trust.list().version),
        last_sequence: app.storage.last_sequence().await?,
        stream_readers: app.stream.readers(),
    }))
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floating point; counts stay far below 2^53")]
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Result<Response, AppError> {
    ::metrics::gauge!("campanile_stream_readers").set(app.stream.readers() as f64);
    for (channel, devices) in app.storage.count_devices().await? {
        ::metrics::gauge!("campanile_devices", "channel" => channel.as_str()).set(devices as f64);
    }
    let text = metrics::render();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// Source: RFC 9116.
pub(super) async fn security_txt(State(app): State<Arc<App>>) -> Result<Response, AppError> {
    let contact = app.security_contact.as_ref().ok_or_else(|| {
        AppError::not_found("no_security_contact", "set push.security_contact in the configuration")
    })?;
    let expires = (app.clock.now() + TimeDelta::days(180)).format("%Y-%m-%dT00:00:00Z");
    let text = format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: it, en\n");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
