//! The API of the push role and the public page.
//!
//! Read [`App`] (what every handler has) and [`router`] first. The wire is described in docs/protocol.md,
//! the codes of errors in docs/errors.md.

mod body;
mod devices;
mod items;
mod measure;
mod page;
mod signed;
mod stream;
mod watch;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, StatusCode},
    middleware,
    routing::{get, post, put},
};
use campanile_core::{assets::Town, platform::Clock};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{
    alerts::Board,
    channels::{ChannelKind, stream::Stream},
    error::AppError,
    storage::Storage,
};

/// No answer but the stream takes longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// The longest body of most requests, bytes.
const MOST_BODY: usize = 70 * 1024;

/// The longest full CAP, bytes.
const MOST_CAP: usize = 4 * 1024 * 1024;

/// What every handler has.
pub struct App {
    /// The town that is served.
    pub town: Town,
    /// Where to report a weakness of the server, for `security.txt`.
    pub security_contact: Option<url::Url>,
    /// What the town says.
    pub board: Board,
    /// What is kept.
    pub storage: Arc<dyn Storage>,
    /// The live stream.
    pub stream: Arc<Stream>,
    /// The push services that this server can reach, and the stream.
    pub channels: Vec<ChannelKind>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Every route of the push role.
pub fn router(app: Arc<App>) -> Router {
    let answered = Router::new()
        .route("/v1/devices", post(devices::register))
        .route("/v1/devices/{id}", put(devices::change).delete(devices::forget))
        .route("/v1/alerts", get(items::list))
        .route("/v1/items", post(items::accept))
        .route("/v1/items/{id}/cap", get(items::cap))
        .route("/v1/items/{id}/cap", put(items::put_cap).layer(DefaultBodyLimit::max(MOST_CAP)))
        .route("/v1/trust", get(signed::trust_list).post(signed::accept_trust_list))
        .route("/v1/revocations", get(signed::revocations).post(signed::accept_revocation))
        .route("/v1/head", get(signed::head).post(signed::accept_head))
        .route("/healthz", get(watch::healthz))
        .route("/metrics", get(watch::metrics))
        .route("/.well-known/security.txt", get(watch::security_txt))
        .route("/allerte", get(page::allerte))
        .route("/allerte.css", get(page::style))
        .route("/allerte.svg", get(page::icon))
        .fallback(unknown_route)
        .method_not_allowed_fallback(unknown_method)
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN));
    let never_sniffed = SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    );
    Router::new()
        .route("/v1/stream", get(stream::stream))
        .merge(answered)
        .layer(middleware::from_fn(measure::measure))
        .layer(never_sniffed)
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

async fn unknown_route() -> AppError {
    AppError::not_found("unknown_route", "there is nothing at this address; see docs/protocol.md")
}

async fn unknown_method() -> AppError {
    AppError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "unknown_method",
        "this address does not take this method; see docs/protocol.md",
    )
}
