//! From a stored item to every phone of a push service that it concerns.
//!
//! A job walks the devices by number in batches and writes down what came of each batch in one transaction:
//! memory stays flat, a restart goes on at the cursor. A batch that was sent and not written down is sent again;
//! the phones know an item by its id. Not here: the live stream, whose readers pull ([`crate::channels::stream`]).

use std::{sync::Arc, time::Duration};

use campanile_core::platform::Clock;
use chrono::TimeDelta;
use futures_util::{StreamExt as _, stream};
use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::{sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    channels::{Failure, Parcel, PushChannel},
    storage::{Job, Progress, Retry, Storage, StorageError, Target},
};

/// Devices per batch, hence per transaction.
const BATCH: u32 = 500;

/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// How long to rest when there is nothing to do and nobody calls, or when storage failed.
const REST: Duration = Duration::from_secs(30);
const REST_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The worker of one push service.
pub struct Fanout {
    channel: Arc<dyn PushChannel>,
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    new_jobs: Arc<Notify>,
    random: SystemRandom,
}

impl Fanout {
    /// A worker that does the jobs of `channel`, woken by `new_jobs`.
    pub fn new(
        channel: Arc<dyn PushChannel>,
        storage: Arc<dyn Storage>,
        clock: Arc<dyn Clock>,
        new_jobs: Arc<Notify>,
    ) -> Self {
        Self { channel, storage, clock, new_jobs, random: SystemRandom::new() }
    }

    /// Works until `closing` is cancelled; the batch in hand is finished and written down.
    pub async fn run(self, closing: CancellationToken) {
        while !closing.is_cancelled() {
            let rest = match self.step().await {
                Ok(true) => continue,
                Ok(false) => self.until_next_retry().await,
                Err(error) => {
                    tracing::error!(%error, channel = self.channel.kind().as_str(), "fan-out could not use storage");
                    REST_AFTER_FAILURE
                }
            };
            tokio::select! {
                () = closing.cancelled() => {}
                () = self.new_jobs.notified() => {}
                () = sleep(rest) => {}
            }
        }
    }

    /// One batch of the most urgent job and one of what is to be tried again; false if there was neither.
    async fn step(&self) -> Result<bool, StorageError> {
        let kind = self.channel.kind();
        let job = self.storage.next_job(kind).await?;
        if let Some(job) = &job {
            self.advance(job).await?;
        }
        let due = self.storage.due_retries(kind, self.clock.now(), BATCH).await?;
        let is_idle = job.is_none() && due.is_none();
        if let Some((job, targets)) = due {
            let progress = self.send(&job, targets).await?;
            self.storage.record(job.item, kind, progress).await?;
        }
        Ok(!is_idle)
    }

    async fn until_next_retry(&self) -> Duration {
        let next = self.storage.next_retry_at(self.channel.kind()).await.ok().flatten();
        let until = next.map(|due| (due - self.clock.now()).to_std().unwrap_or_default());
        until.map_or(REST, |until| until.min(REST))
    }

    async fn advance(&self, job: &Job) -> Result<(), StorageError> {
        if self.clock.now() >= job.expires {
            let given_up = Progress { planned: true, ..Progress::default() };
            return self.storage.record(job.item, job.channel, given_up).await;
        }
        let targets = self.storage.job_targets(job.clone(), BATCH).await?;
        let cursor = targets.last().map(|target| target.device);
        let planned = targets.len() < BATCH as usize;
        let progress = Progress { cursor, planned, ..self.send(job, targets).await? };
        self.storage.record(job.item, job.channel, progress).await
    }

    async fn send(&self, job: &Job, targets: Vec<Target>) -> Result<Progress, StorageError> {
        let Some(item) = self.storage.item(job.item).await? else { return Ok(Progress::default()) };
        let parcel = Parcel { item, collapse_key: job.collapse_key.clone(), expires: job.expires };
        let parcel = &parcel;
        let outcomes = stream::iter(targets)
            .map(|target| async move {
                let now = self.clock.now();
                if now >= parcel.expires {
                    return (target, None);
                }
                let outcome = self.channel.send(&target.endpoint, parcel, now).await;
                (target, Some(outcome))
            })
            .buffer_unordered(self.channel.most_in_flight());
        let progress = outcomes.fold(Progress::default(), async |mut progress, (target, outcome)| {
            self.note(job, &target, outcome, &mut progress);
            progress
        });
        Ok(progress.await)
    }

    /// `outcome` is none when the item's time ran out before it was sent.
    fn note(
        &self,
        job: &Job,
        target: &Target,
        outcome: Option<Result<(), Failure>>,
        progress: &mut Progress,
    ) {
        let channel = self.channel.kind().as_str();
        let count = |outcome: &'static str, code: String| {
            metrics::counter!(
                "campanile_pushes_total", "channel" => channel, "outcome" => outcome, "code" => code
            )
            .increment(1);
        };
        match outcome {
            None => {
                count("expired", String::new());
                progress.expired.push(target.device);
            }
            Some(Ok(())) => {
                count("accepted", String::new());
                progress.accepted.push(target.device);
            }
            Some(Err(Failure::DeadEndpoint)) => {
                count("dead", String::new());
                progress.rejected.push(target.device);
                progress.dead.push((target.device, target.endpoint.clone()));
            }
            Some(Err(Failure::Refused { code })) => {
                count("rejected", code);
                progress.rejected.push(target.device);
            }
            Some(Err(Failure::Later { code, after })) => {
                count("later", code);
                let attempt = target.attempt.saturating_add(1);
                let due = self.clock.now() + self.pause(attempt, after);
                if due < job.expires {
                    progress.retries.push(Retry { device: target.device, attempt, due });
                } else {
                    count("expired", String::new());
                    progress.expired.push(target.device);
                }
            }
        }
    }

    /// Doubles with each attempt, spread by half to both sides so that phones do not come back all at once;
    /// never shorter than what the service asked for.
    fn pause(&self, attempt: u32, asked: Option<Duration>) -> TimeDelta {
        let doubled = self.channel.first_retry().saturating_mul(1 << attempt.saturating_sub(1).min(16));
        let mut byte = [0];
        // Without randomness the pauses are merely equal.
        let _no_randomness = self.random.fill(&mut byte);
        let spread = doubled.min(LONGEST_PAUSE).mul_f64(0.5 + f64::from(byte[0]) / 255.0);
        let asked = asked.map_or(Duration::ZERO, |asked| asked + spread.min(Duration::from_secs(10)));
        TimeDelta::from_std(spread.max(asked)).unwrap_or(TimeDelta::MAX)
    }
}
