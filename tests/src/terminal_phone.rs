//! A resident's phone whose shell is a terminal, on the very edge that Kotlin and Swift use (package `campanile`).
//!
//! It decides nothing: it opens the core, saves the places it was given, listens, and prints what the core says.
//! Read [`run`] first. With `--json` each line is one event, see [`mod@print`]. Not here: any meaning of an alert.

mod options;
pub mod print;
mod shell;

use std::{process::ExitCode, sync::Arc, time::Duration};

use campanile::{
    AlertList, AlertsObserver, Campanile, CampanileConfig, CampanileError, CancelToken, Environment,
    PlaceDraft, Platform, PlatformError, PushEndpoint, Town, built_in_towns,
};
use chrono::{DateTime, Utc};
use clap::Parser as _;
use tokio::sync::watch;

use self::{
    options::Options,
    print::{Event, Printer},
    shell::{FileKeyStore, MachineClock, NoLocation, StderrLog},
};

/// How long to wait before the registration is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// Reads the arguments, runs the phone, and says how it ended: 0 as asked, 1 failed, 3 too late.
pub fn main() -> ExitCode {
    let options = Options::parse();
    let printer = Arc::new(Printer::new(options.json));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return printer.failed(&error),
    };
    match runtime.block_on(run(&options, &printer)) {
        Ok(End::AsAsked) => ExitCode::SUCCESS,
        Ok(End::TooLate) => ExitCode::from(3),
        Err(error) => printer.failed(&error),
    }
}

/// How a run ended without a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// What was waited for came, or the person stopped it.
    AsAsked,
    /// The time given with `--timeout-s` was over first.
    TooLate,
}

/// Runs the phone until it is stopped, or until what the options wait for has come.
pub async fn run(options: &Options, printer: &Arc<Printer>) -> Result<End, CampanileError> {
    let campanile = open(options)?;
    printer.print(&Event::Opened { opening: campanile.opening() });
    save_places(&campanile, &options.comune)?;

    let counts = watch::Sender::new(Counts::default());
    let mut counted = counts.subscribe();
    let screen = Screen { campanile: Arc::clone(&campanile), printer: Arc::clone(printer), counts };
    let subscription = campanile.alerts().subscribe_alerts(Arc::new(screen))?;
    let cancel = CancelToken::new();
    let mut listening =
        tokio::spawn(listen(Arc::clone(&campanile), Arc::clone(printer), Arc::clone(&cancel)));

    let enough = counted.wait_for(|counts| options.is_enough(counts));
    let mut ended_itself = None;
    let end = tokio::select! {
        _ = enough => End::AsAsked,
        () = stopped() => End::AsAsked,
        () = options.timeout() => End::TooLate,
        // Only what cannot be tried again ends the listening: then there is nothing to wait for.
        ended = &mut listening => {
            ended_itself = Some(ended);
            End::AsAsked
        }
    };
    cancel.cancel();
    subscription.cancel();
    let ended = match ended_itself {
        Some(ended) => ended,
        None => listening.await,
    };
    let result = ended.unwrap_or(Ok(()));
    campanile.close();
    if end == End::TooLate {
        printer.print(&Event::TooLate);
    }
    result.map(|()| end)
}

/// What was shown since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows in the list now.
    pub rows: usize,
    /// Notifications shown.
    pub notifications: usize,
}

/// The screen: prints each list once it changed, and each notification once.
struct Screen {
    campanile: Arc<Campanile>,
    printer: Arc<Printer>,
    counts: watch::Sender<Counts>,
}

impl AlertsObserver for Screen {
    fn on_alerts(&self, list: AlertList) -> Result<(), PlatformError> {
        let mut shown = 0;
        for notification in self.campanile.alerts().unshown().map_err(|_closed| PlatformError::Unavailable)? {
            self.printer.print(&Event::Notification { notification: &notification });
            let marked = self.campanile.alerts().mark_shown(notification.tag);
            marked.map_err(|_closed| PlatformError::Unavailable)?;
            shown += 1;
        }
        self.printer.print(&Event::List { list: &list });
        let rows = list.rows.len();
        self.counts.send_modify(|counts| {
            counts.rows = rows;
            counts.notifications += shown;
        });
        Ok(())
    }
}

async fn listen(
    campanile: Arc<Campanile>,
    printer: Arc<Printer>,
    cancel: Arc<CancelToken>,
) -> Result<(), CampanileError> {
    let sync = campanile.sync();
    let mut was_offline = false;
    while !cancel.is_cancelled() {
        match sync.register(PushEndpoint::Stream, Some(Arc::clone(&cancel))).await {
            Ok(_) => break,
            Err(error @ (CampanileError::Offline | CampanileError::Server { .. })) => {
                if !was_offline {
                    printer.print(&Event::Waiting { error: &error });
                }
                was_offline = true;
                tokio::select! {
                    () = tokio::time::sleep(AGAIN) => {}
                    () = until_cancelled(&cancel) => {}
                }
            }
            Err(other) => return Err(other),
        }
    }
    if cancel.is_cancelled() {
        return Ok(());
    }
    let status = sync.status()?;
    printer.print(&Event::Registered { is_registered: status.is_registered });
    sync.listen(cancel).await.map(|_receipt| ())
}

async fn until_cancelled(cancel: &CancelToken) {
    while !cancel.is_cancelled() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn open(options: &Options) -> Result<Arc<Campanile>, CampanileError> {
    let town = Town { server_url: options.server.clone(), ..town(options)? };
    let config = CampanileConfig {
        data_dir: options.data.display().to_string(),
        towns: vec![town],
        language: options.language.clone(),
        // A build carries no date of its own: nothing is claimed about the clock.
        built_at: DateTime::<Utc>::UNIX_EPOCH,
    };
    let platform = Platform {
        key_store: Arc::new(FileKeyStore::new(&options.data)),
        clock: Arc::new(MachineClock),
        location_source: Arc::new(NoLocation),
        log_sink: Arc::new(StderrLog { is_verbose: options.verbose }),
    };
    Campanile::open(config, platform)
}

/// The town of this build that is asked for: the demo town unless another is named.
fn town(options: &Options) -> Result<Town, CampanileError> {
    let is_wanted = |town: &Town| match &options.town {
        Some(id) => town.id == *id && town.environment == Environment::Live,
        None => town.environment == Environment::Demo,
    };
    built_in_towns().into_iter().find(is_wanted).ok_or_else(|| CampanileError::NotFound {
        what: options.town.clone().unwrap_or_else(|| "demo town".to_owned()),
    })
}

fn save_places(campanile: &Campanile, comuni: &[String]) -> Result<(), CampanileError> {
    let places = campanile.places();
    let held = places.list()?;
    for (index, comune) in comuni.iter().enumerate() {
        if held.iter().any(|row| row.comune == *comune) {
            continue;
        }
        let name =
            if index == 0 && held.is_empty() { "Casa".to_owned() } else { format!("Luogo {}", index + 1) };
        places.save(PlaceDraft {
            id: None,
            name,
            comune: comune.clone(),
            lon: None,
            lat: None,
            rings_from: None,
            quiet_from: None,
            quiet_to: None,
            drawn: None,
            quiet_kinds: Vec::new(),
        })?;
    }
    Ok(())
}

/// Ctrl-C, or the system's request to end.
async fn stopped() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_unsupported) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
