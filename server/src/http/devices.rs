//! Registration of phones, under random ids.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use campanile_core::{area::AreaKey, assets, calendar, trust::sha256};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use super::{
    App,
    body::{self, Whole},
};
use crate::{channels::ChannelKind, error::AppError, storage::Registration};

/// How many comuni a phone may register.
const MOST_AREA_KEYS: usize = 20;

/// How many languages a phone may register.
const MOST_LANGUAGES: usize = 8;

/// The longest token of a push service, bytes.
const MOST_ENDPOINT: usize = 2048;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceBody {
    channel: ChannelKind,
    #[serde(default)]
    endpoint: String,
    area_keys: Vec<String>,
    #[serde(default)]
    languages: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Registered {
    device: String,
    secret: String,
}

pub(super) async fn register(
    State(app): State<Arc<App>>,
    Whole(body): Whole,
) -> Result<(StatusCode, Json<Registered>), AppError> {
    let registration = registration(&app, &body)?;
    let (mut id, mut secret) = ([0; 16], [0; 32]);
    let random = SystemRandom::new();
    if random.fill(&mut id).and_then(|()| random.fill(&mut secret)).is_err() {
        tracing::error!("the machine gives no randomness");
        return Err(AppError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "no_randomness",
            "the server cannot make an id now; try again",
        ));
    }
    let registered = Registered { device: hex::encode(id), secret: URL_SAFE_NO_PAD.encode(secret) };
    app.storage
        .add_device(registered.device.clone(), sha256(registered.secret.as_bytes()), registration)
        .await?;
    Ok((StatusCode::CREATED, Json(registered)))
}

pub(super) async fn change(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<StatusCode, AppError> {
    authorize(&app, &id, &headers).await?;
    let registration = registration(&app, &body)?;
    if app.storage.change_device(id, registration).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unauthorized())
    }
}

pub(super) async fn forget(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, AppError> {
    authorize(&app, &id, &headers).await?;
    app.storage.remove_device(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same answer for an unknown device and a wrong secret: ids cannot be tried out.
fn unauthorized() -> AppError {
    AppError::new(
        StatusCode::UNAUTHORIZED,
        "unauthorized",
        "no device has this id and secret; register again",
    )
}

async fn authorize(app: &App, id: &str, headers: &HeaderMap) -> Result<(), AppError> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(unauthorized)?;
    let kept = app.storage.device_secret(id.to_owned()).await?.ok_or_else(unauthorized)?;
    // Both sides are hashes of a random secret: comparing them tells nothing by its timing.
    if sha256(secret.as_bytes()) == kept { Ok(()) } else { Err(unauthorized()) }
}

fn registration(app: &App, body: &[u8]) -> Result<Registration, AppError> {
    let DeviceBody { channel, endpoint, area_keys, languages } = body::json(body)?;
    if !app.channels.contains(&channel) {
        return Err(AppError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "channel_unavailable",
            format!("this server has no channel '{}'; register another one", channel.as_str()),
        ));
    }
    let well_formed = endpoint.len() <= MOST_ENDPOINT && endpoint.bytes().all(|b| b.is_ascii_graphic());
    if !well_formed || endpoint.is_empty() == channel.is_pushed() {
        return Err(AppError::invalid(
            "invalid_endpoint",
            "endpoint is the push service's token, and empty for the channel 'stream'",
        ));
    }
    if area_keys.is_empty() || area_keys.len() > MOST_AREA_KEYS {
        return Err(AppError::invalid(
            "invalid_area_keys",
            format!("area_keys has 1 to {MOST_AREA_KEYS} comuni, {} were given", area_keys.len()),
        ));
    }
    let mut comuni = Vec::with_capacity(area_keys.len());
    for (index, key) in area_keys.iter().enumerate() {
        let comune = match key.parse() {
            Ok(AreaKey::Comune(code)) => assets::comuni().get(code),
            Ok(AreaKey::Zona(_)) | Err(_) => None,
        };
        let Some(comune) = comune else {
            return Err(AppError::invalid(
                "invalid_area_keys",
                format!("area_keys[{index}] is not a comune of Italy, written as comune/036023"),
            ));
        };
        comuni.push(comune.code);
    }
    comuni.sort_unstable();
    comuni.dedup();
    let is_tag = |tag: &String| {
        (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if languages.len() > MOST_LANGUAGES || !languages.iter().all(is_tag) {
        return Err(AppError::invalid(
            "invalid_languages",
            format!("languages has at most {MOST_LANGUAGES} tags such as it or de-AT"),
        ));
    }
    Ok(Registration { channel, endpoint, comuni, languages, day: calendar::local_date(app.clock.now()) })
}
