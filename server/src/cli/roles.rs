//! Running a role of the binary: settings, logs, signals.

use std::{
    error::Error,
    future::Future,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use campanile_core::{
    notice,
    platform::{Clock as _, SystemClock},
};
use campanile_sign::keyfile;
use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::{
    draft,
    feeds::{self, FeedsRole},
    push::{self, PushRole},
    settings::{Settings, SettingsError},
};

pub(super) type Failure = Box<dyn Error>;

/// Logs carry no personal data; how much is said is set by `RUST_LOG`.
pub(super) fn log_to_standard_error(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(tracing_subscriber::fmt::layer().json().with_writer(io::stderr)).init();
    } else {
        registry.with(tracing_subscriber::fmt::layer().with_writer(io::stderr)).init();
    }
}

/// Runs a role to its end on a runtime of its own.
pub(super) fn run(role: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(role)
}

/// A token that SIGTERM and SIGINT cancel.
fn closing() -> Result<CancellationToken, Failure> {
    let token = CancellationToken::new();
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let cancelled = token.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("closing");
        cancelled.cancel();
    });
    Ok(token)
}

fn missing(section: &str) -> SettingsError {
    SettingsError::setting(section, "is missing: this role needs it; see docs/operations.md")
}

pub(super) async fn push(config: &Path) -> Result<(), Failure> {
    let settings = Settings::load(config)?;
    let town = settings.town()?;
    let own = settings.push.ok_or_else(|| missing("push"))?;
    let listener = TcpListener::bind(own.listen)
        .await
        .map_err(|error| SettingsError::setting("push.listen", format!("{}: {error}", own.listen)))?;
    let role = PushRole {
        town,
        security_contact: own.security_contact,
        stream: settings.stream,
        fcm: settings.fcm,
        clock: Arc::new(SystemClock),
    };
    let running = push::start(role, &own.data, listener, closing()?).await?;
    // For who started it with port 0, as tests do.
    say(&format!("listening on {}", running.address));
    Ok(running.ended().await?)
}

pub(super) async fn feeds(config: &Path) -> Result<(), Failure> {
    let settings = Settings::load(config)?;
    let town = settings.town()?;
    let own = settings.feeds.ok_or_else(|| missing("feeds"))?;
    let read = |setting: &str, path: &Path| {
        std::fs::read(path)
            .map_err(|error| SettingsError::setting(setting, format!("{}: {error}", path.display())))
    };
    let text = |setting: &str, path: &Path| {
        String::from_utf8(read(setting, path)?)
            .map_err(|_bytes| SettingsError::setting(setting, format!("{} is no text", path.display())))
    };
    let passphrase = zeroize::Zeroizing::new(text("feeds.passphrase", &own.passphrase)?);
    let first_line = passphrase.lines().next().unwrap_or_default();
    let key = keyfile::open(&text("feeds.key", &own.key)?, first_line)
        .map_err(|error| SettingsError::setting("feeds.key", error.to_string()))?;
    if settings.push.is_some() {
        tracing::warn!("push and feeds are set up on the same machine: who takes it can also sign bulletins");
    }
    let listener = TcpListener::bind(own.listen)
        .await
        .map_err(|error| SettingsError::setting("feeds.listen", format!("{}: {error}", own.listen)))?;
    let role = FeedsRole {
        anchor: town.anchor,
        key,
        trust_list: read("feeds.trust_list", &own.trust_list)?.into(),
        push_server: own.push_server,
        source: Some(own.source),
        head_every: Duration::from_secs(own.head_every_minutes * 60),
        clock: Arc::new(SystemClock),
    };
    let running = feeds::start(role, &own.data, listener, closing()?).await?;
    say(&format!("listening on {}", running.address));
    running.ended().await;
    Ok(())
}

/// Writes the draft of an alert and says what had to be given up to make it fit.
pub(super) fn draft(alert: &Path, refers_to: &[PathBuf], out: &Path) -> Result<(), Failure> {
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let read = |path: &Path| std::fs::read(path).map_err(|error| named(path, &error));
    let json = read(alert)?;
    let refers_to = refers_to.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut unique = [0; 2];
    SystemRandom::new().fill(&mut unique).map_err(|_unspecified| "this machine gives no randomness")?;
    let fitted =
        draft::draft(&json, &refers_to, SystemClock.now(), unique).map_err(|error| named(alert, &error))?;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(out);
    let mut file = made.map_err(|error| named(out, &error))?;
    file.write_all(&notice::encode(&fitted.notice))?;
    file.sync_all()?;
    for step in &fitted.steps {
        say(&format!("given up to make it fit: {step:?}"));
    }
    say(&format!("{}: {} bytes once signed", fitted.notice.id, fitted.size_bytes));
    Ok(())
}

#[cfg(feature = "demo")]
pub(super) async fn demo(options: crate::demo::DemoOptions) -> Result<(), Failure> {
    Ok(crate::demo::run(options, closing()?, say).await?)
}

/// The answer that a person or a test waits for. One who has stopped reading (`| head`) needs no more of it.
pub(super) fn say(line: &str) {
    let _reader_gone = writeln!(std::io::stdout(), "{line}");
}
