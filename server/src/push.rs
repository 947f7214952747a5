//! The push role: one process that keeps, streams and pushes what is signed.

use std::{future::Future, net::SocketAddr, path::Path, sync::Arc};

use campanile_core::{assets::Town, platform::Clock};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    alerts::Board,
    channels::{
        ChannelKind,
        fcm::{FcmClient, FcmSettings},
        stream::{Stream, StreamSettings},
    },
    fanout::Fanout,
    http::{App, router},
    metrics,
    storage::{Storage, sqlite::SqliteStorage},
};

/// The name of the database in the data folder.
pub const DATABASE: &str = "push.db";

/// What the push role is started with.
pub struct PushRole {
    /// The town.
    pub town: Town,
    /// Where to report a weakness.
    pub security_contact: Option<url::Url>,
    /// The live stream.
    pub stream: StreamSettings,
    /// Firebase, if it is used.
    pub fcm: Option<FcmSettings>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Why the push role does not start or ended.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The data folder or database cannot be used.
    #[error("failed to open the data in {path}: {problem}")]
    Data {
        /// The folder.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// A push service's settings cannot be used.
    #[error("failed to set up the channel fcm: {0}")]
    Fcm(#[from] crate::channels::fcm::FcmError),
    /// The port cannot be listened on, or the listener failed.
    #[error("failed to serve: {0}")]
    Serve(#[from] std::io::Error),
}

/// A running push role.
pub struct Running {
    /// What its handlers have.
    pub app: Arc<App>,
    /// Where it listens.
    pub address: SocketAddr,
    server: JoinHandle<std::io::Result<()>>,
    fanout: Vec<JoinHandle<()>>,
}

impl Running {
    /// Waits until everything has ended after the token was cancelled.
    pub async fn ended(self) -> Result<(), PushError> {
        let served = self.server.await.map_err(std::io::Error::other)?;
        for worker in self.fanout {
            worker.await.map_err(std::io::Error::other)?;
        }
        Ok(served?)
    }
}

/// Opens the data, listens, and works until `closing` is cancelled; then requests in hand are finished.
pub async fn start(
    role: PushRole,
    data: &Path,
    listener: TcpListener,
    closing: CancellationToken,
) -> Result<Running, PushError> {
    metrics::install();
    let refused = |problem: String| PushError::Data { path: data.display().to_string(), problem };
    std::fs::create_dir_all(data).map_err(|error| refused(error.to_string()))?;
    let storage: Arc<dyn Storage> =
        Arc::new(SqliteStorage::open(&data.join(DATABASE)).map_err(|error| refused(error.to_string()))?);
    let newest = storage.last_sequence().await.map_err(|error| refused(error.to_string()))?;
    let stream = Arc::new(Stream::new(role.stream, Arc::clone(&storage), newest, closing.clone()));
    let fcm = match &role.fcm {
        Some(settings) => Some(Arc::new(FcmClient::new(settings, role.town.anchor.environment)?)),
        None => None,
    };
    let pushed: Vec<ChannelKind> = fcm.iter().map(|_| ChannelKind::Fcm).collect();
    let new_jobs = Arc::new(Notify::new());
    let board = Board::open(
        role.town.anchor.clone(),
        Arc::clone(&storage),
        Arc::clone(&role.clock),
        Arc::clone(&stream),
        pushed.clone(),
        Arc::clone(&new_jobs),
    )
    .await
    .map_err(|error| refused(error.to_string()))?;
    let fanout = fcm
        .map(|client| {
            let fanout = Fanout::new(client, Arc::clone(&storage), Arc::clone(&role.clock), new_jobs);
            tokio::spawn(fanout.run(closing.clone()))
        })
        .into_iter()
        .collect();
    let channels = std::iter::once(ChannelKind::Stream).chain(pushed).collect();
    let app = Arc::new(App {
        town: role.town,
        security_contact: role.security_contact,
        board,
        storage,
        stream,
        channels,
        clock: role.clock,
    });
    let address = listener.local_addr()?;
    let service = router(Arc::clone(&app));
    let stopped = closing.cancelled_owned();
    let server = tokio::spawn(serve(listener, service, stopped));
    tracing::info!(%address, "push role listens");
    Ok(Running { app, address, server, fanout })
}

async fn serve(
    listener: TcpListener,
    service: axum::Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, service).with_graceful_shutdown(stopped).await
}
