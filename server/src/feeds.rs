//! The feeds role: a third machine that fetches official bulletins, signs them in fixed words, and signs the head.
//!
//! It takes no bytes from the push server: what it signs it fetched itself, and the head names what it signed
//! or what officers handed to its own desk. Read [`Feed`] first.
//! Not here: reading bulletins (`campanile_core::bollettino`), judging and keeping items ([`crate::alerts`]).

mod bulletin;
mod desk;
mod head;
mod lateness;
mod official;
mod record;
mod settings;
mod source;
mod submit;

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use campanile_core::{
    area::ZoneCode,
    notice::{self, BulletinNotice},
    platform::Clock,
    sqlite::SqliteError,
    trust::{HolderKind, ItemKind, Role, SigningKey, TrustAnchor, sign},
};
use tokio::{
    net::TcpListener,
    sync::Notify,
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;
use url::Url;

pub use bulletin::Edition;
pub use settings::{FeedsSettings, SourceSettings};

use crate::{
    alerts::Board,
    channels::stream::{Stream, StreamSettings},
    error::AppError,
    metrics,
    storage::{Storage, sqlite::SqliteStorage},
};
use record::Record;
use source::Source;
use submit::Submitter;

/// Databases in the data folder.
const ITEMS: &str = "feeds-items.db";
const RECORD: &str = "feeds-record.db";

/// Why the feeds role does not start, or what it does fails.
#[derive(Debug, thiserror::Error)]
pub enum FeedsError {
    /// The data folder or a database cannot be used.
    #[error("failed to use the data in {path}: {problem}")]
    Data {
        /// The folder.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// The trust list is refused, or does not name the feed's key.
    #[error("the trust list is not usable: {0}")]
    Trust(String),
    /// The port cannot be listened on.
    #[error("failed to serve: {0}")]
    Serve(#[from] std::io::Error),
    /// An own item was refused.
    #[error("the feed's own item was refused: {code}")]
    Refused {
        /// The code of the refusal.
        code: &'static str,
    },
    /// The HTTP client cannot be made.
    #[error("failed to set up the HTTP client: {0}")]
    Client(String),
}

impl From<AppError> for FeedsError {
    fn from(error: AppError) -> Self {
        Self::Refused { code: error.code }
    }
}

/// What the feeds role is started with.
pub struct FeedsRole {
    /// The town's id, environment and roots.
    pub anchor: TrustAnchor,
    /// The feed's key.
    pub key: SigningKey,
    /// The town's trust list, handed over by those who signed it.
    pub trust_list: Bytes,
    /// The push server.
    pub push_server: Url,
    /// Where bulletins come from; none if they are given by hand ([`Feed::relay`]).
    pub source: Option<SourceSettings>,
    /// Between two heads.
    pub head_every: Duration,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The feed of a town: signs, keeps, hands over.
pub struct Feed {
    key: SigningKey,
    board: Board,
    storage: Arc<dyn Storage>,
    record: Record,
    clock: Arc<dyn Clock>,
    /// Wakes who hands items over to the push server.
    new_items: Arc<Notify>,
    /// Asks for a head at once, because what is in force changed.
    head_wanted: Notify,
    /// Whether it fetches bulletins itself; one that is given them by hand is never late.
    has_source: bool,
}

impl Feed {
    async fn open(role: &FeedsRole, key: SigningKey, data: &Path) -> Result<Self, FeedsError> {
        let refused = |problem: String| FeedsError::Data { path: data.display().to_string(), problem };
        std::fs::create_dir_all(data).map_err(|error| refused(error.to_string()))?;
        let storage: Arc<dyn Storage> =
            Arc::new(SqliteStorage::open(&data.join(ITEMS)).map_err(|error| refused(error.to_string()))?);
        let record = Record::open(&data.join(RECORD)).map_err(|error| refused(error.to_string()))?;
        let new_items = Arc::new(Notify::new());
        // Nobody reads this stream: the board tells it, as it does on the push server.
        let stream =
            Stream::new(StreamSettings::default(), Arc::clone(&storage), 0, CancellationToken::new());
        let board = Board::open(
            role.anchor.clone(),
            Arc::clone(&storage),
            Arc::clone(&role.clock),
            Arc::new(stream),
            Vec::new(),
            Arc::clone(&new_items),
        )
        .await
        .map_err(|error| refused(error.to_string()))?;
        let held = board.trust().map(|trust| trust.list().version);
        match board.accept_trust_list(role.trust_list.clone()).await {
            Ok(_) => {}
            // A newer one came to the desk meanwhile.
            Err(error) if error.code == "old_trust_list" && held.is_some() => {}
            Err(error) => return Err(FeedsError::Trust(error.detail)),
        }
        let feed = Self {
            key,
            board,
            storage,
            record,
            clock: Arc::clone(&role.clock),
            new_items,
            head_wanted: Notify::new(),
            has_source: role.source.is_some(),
        };
        feed.zones()?;
        Ok(feed)
    }

    /// The zones that this feed may speak of, by the trust list.
    fn zones(&self) -> Result<Vec<ZoneCode>, FeedsError> {
        let id = self.key.id();
        let trust = self.board.trust().ok_or_else(|| FeedsError::Trust("there is none".to_owned()))?;
        let (holder, _) = trust
            .list()
            .holder_of(id)
            .ok_or_else(|| FeedsError::Trust(format!("it does not name the feed's key {id}")))?;
        if holder.kind != HolderKind::Feed || !holder.roles.contains(&Role::Bulletins) {
            return Err(FeedsError::Trust(format!("it does not let the key {id} sign bulletins")));
        }
        Ok(bulletin::zones_of_scope(&holder.scope))
    }

    /// Signs an edition of a bulletin and keeps it to hand over. The same edition again changes nothing.
    pub async fn relay(&self, edition: &Edition) -> Result<(), FeedsError> {
        let anchor = self.board.anchor();
        let now = self.clock.now();
        let notice = bulletin::notice(edition, anchor, &self.zones()?, now);
        if self.record.has_signed(&notice.id).map_err(|error| data_error(&error))? {
            return Ok(());
        }
        self.publish(&notice).await
    }

    async fn publish(&self, notice: &BulletinNotice) -> Result<(), FeedsError> {
        let cose = sign(ItemKind::Bulletin, notice::encode(notice), &[&self.key])
            .map_err(|refusal| FeedsError::Refused { code: refusal.code() })?;
        self.board.accept_item(cose.into()).await?;
        self.record.note_signed(&notice.id).map_err(|error| data_error(&error))?;
        tracing::info!(id = notice.id, "bulletin signed");
        self.head_wanted.notify_one();
        Ok(())
    }

    /// Signs a head of what is in force now. Its number is on disk before it is signed.
    pub async fn head(&self) -> Result<Bytes, FeedsError> {
        let now = self.clock.now();
        let number = self.record.next_head_number(now).map_err(|error| data_error(&error))?;
        let sequences = self.record.handed_over().map_err(|error| data_error(&error))?;
        let items = self
            .storage
            .items_after(0, u32::MAX, now - head::LOOKS_BACK)
            .await
            .map_err(|error| FeedsError::Data { path: ITEMS.to_owned(), problem: error.to_string() })?;
        if self.has_source {
            lateness::tell(&items, now);
        }
        let version = self.board.trust().map_or(0, |trust| trust.list().version);
        let head = head::head(self.board.anchor(), number, version, &items, &sequences, now);
        let cose = sign(ItemKind::Head, notice::encode(&head), &[&self.key])
            .map_err(|refusal| FeedsError::Refused { code: refusal.code() })?;
        Ok(cose.into())
    }
}

fn data_error(error: &SqliteError) -> FeedsError {
    FeedsError::Data { path: RECORD.to_owned(), problem: error.to_string() }
}

/// A running feeds role.
pub struct Running {
    /// The feed, to be given editions.
    pub feed: Arc<Feed>,
    /// Where its desk listens.
    pub address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Begins to fetch bulletins from a source, besides what the feed is given by hand.
    pub fn watch(&mut self, settings: &SourceSettings, closing: CancellationToken) -> Result<(), FeedsError> {
        let source = Source::new(settings)?;
        self.tasks.push(tokio::spawn(source::watch(Arc::clone(&self.feed), source, closing)));
        Ok(())
    }

    /// Waits until everything has ended after the token was cancelled.
    pub async fn ended(self) {
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the feeds role failed");
            }
        }
    }
}

/// Opens the data, listens for officers' items, and hands over items and heads until `closing` is cancelled.
pub async fn start(
    role: FeedsRole,
    data: &Path,
    listener: TcpListener,
    closing: CancellationToken,
) -> Result<Running, FeedsError> {
    metrics::install();
    let key = SigningKey::from_seed(role.key.seed()).map_err(|error| FeedsError::Trust(error.to_string()))?;
    let feed = Arc::new(Feed::open(&role, key, data).await?);
    let submitter = Arc::new(Submitter::new(&role.push_server)?);
    let source = role.source.as_ref().map(Source::new).transpose()?;
    let address = listener.local_addr()?;
    let desk = desk::router(Arc::clone(&feed));
    let stopped = closing.clone().cancelled_owned();
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, desk).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "the feeds desk failed");
        }
    });
    let handing_over = tokio::spawn(hand_over(Arc::clone(&feed), Arc::clone(&submitter), closing.clone()));
    let mut tasks = vec![serving, handing_over];
    if let Some(source) = source {
        tasks.push(tokio::spawn(source::watch(Arc::clone(&feed), source, closing.clone())));
    }
    tasks.push(tokio::spawn(heads(Arc::clone(&feed), submitter, role.head_every, closing)));
    tracing::info!(%address, "feeds role listens");
    Ok(Running { feed, address, tasks })
}

/// Hands over, in order, what the push server does not have yet.
async fn hand_over(feed: Arc<Feed>, submitter: Arc<Submitter>, closing: CancellationToken) {
    let mut attempt = 0;
    loop {
        let rest = match submitter.hand_over_next(&feed.storage, &feed.record).await {
            submit::Step::Done => {
                attempt = 0;
                feed.head_wanted.notify_one();
                continue;
            }
            submit::Step::Nothing => Duration::from_secs(30),
            submit::Step::Failed => {
                attempt += 1;
                submit::pause(attempt)
            }
        };
        tokio::select! {
            () = closing.cancelled() => return,
            () = feed.new_items.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

async fn heads(feed: Arc<Feed>, submitter: Arc<Submitter>, every: Duration, closing: CancellationToken) {
    let mut hour = interval(every);
    hour.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            _ = hour.tick() => {}
            () = feed.head_wanted.notified() => {}
        }
        let mut attempt = 0;
        loop {
            let sent = match feed.head().await {
                Ok(head) => submitter.send_head(head).await,
                Err(error) => {
                    tracing::error!(%error, "failed to sign a head");
                    false
                }
            };
            if sent {
                break;
            }
            attempt += 1;
            tokio::select! {
                () = closing.cancelled() => return,
                () = tokio::time::sleep(submit::pause(attempt)) => {}
            }
        }
    }
}
