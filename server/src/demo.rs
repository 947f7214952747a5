//! The demonstration: push and feeds in one process, with throw-away keys, on this machine.
//!
//! It replays the bulletin of 16 May 2023 as if it were of today and says so loudly.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use campanile_core::{
    assets, calendar,
    notice::{BulletinDayRows, BulletinEdition, Environment},
    platform::{Clock, SystemClock},
};
use campanile_sign::keyfile;
use chrono::{DateTime, Days, Utc};
use tokio::{net::TcpListener, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    channels::stream::StreamSettings,
    feeds::{self, Edition, FeedsRole},
    push::{self, PushRole},
};

/// How long the bulletin waits for a first phone on the stream.
const WAIT_FOR_A_PHONE: Duration = Duration::from_mins(1);

/// Between the first phone and the bulletin, so that others started with it are there too.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(2);

/// Opens the officers' keys, which are worth nothing.
const PASSPHRASE: &str = "dimostrazione";

/// What the demonstration is started with.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Where to keep the data; none for a folder that is gone afterwards.
    pub data: Option<PathBuf>,
    /// Port of the push role; the desk of the feeds role takes the next one.
    pub port: u16,
    /// How many phones to wait for before the bulletin is sent.
    pub phones: usize,
    /// Also relay the newest official bulletin, asked for over the network.
    pub official: bool,
}

/// Why the demonstration ended.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The build has no demo town.
    #[error("this build has no demo town")]
    NoTown,
    /// The port is taken, or the folder cannot be made.
    #[error("failed to start the demonstration: {0}")]
    Io(#[from] std::io::Error),
    /// The push role.
    #[error(transparent)]
    Push(#[from] push::PushError),
    /// The feeds role.
    #[error(transparent)]
    Feeds(#[from] feeds::FeedsError),
    /// The town's own trust list was refused.
    #[error("the trust list of the demonstration was refused: {0}")]
    Trust(String),
    /// The officers' keys cannot be written.
    #[error("the officers' keys of the demonstration cannot be written: {0}")]
    Keys(String),
    /// An address cannot be written.
    #[error("failed to write the server's address: {0}")]
    Address(#[from] url::ParseError),
}

/// The bulletin of 16 May 2023 with its days moved to today and tomorrow.
pub fn redated_bulletin(now: DateTime<Utc>) -> Edition {
    let today = calendar::local_date(now);
    let source = assets::demo::bulletin();
    let days = source.days.iter().zip(0..);
    Edition {
        id: format!("demo-{}", calendar::local_time(now).format("%Y%m%d-%H%M%S")),
        edition: BulletinEdition::First,
        published: now,
        days: days
            .map(|(day, offset)| BulletinDayRows { day: today + Days::new(offset), rows: day.rows.clone() })
            .collect(),
        source_sha256: None,
    }
}

/// Writes key files of the demo town's officers as `campanile-sign keygen` would, `ufficiale-1.key` and so on.
/// Their passphrase is `dimostrazione`; they are worth nothing.
pub fn write_officer_keys(folder: &Path) -> Result<(), DemoError> {
    std::fs::create_dir_all(folder)?;
    for (key, number) in assets::demo::officer_keys().iter().zip(1..) {
        let sealed = keyfile::seal(key, PASSPHRASE).map_err(|error| DemoError::Keys(error.to_string()))?;
        std::fs::write(folder.join(format!("ufficiale-{number}.key")), sealed)?;
    }
    Ok(())
}

/// Runs until `closing` is cancelled. `say` prints a line for the person who started it.
pub async fn run(
    options: DemoOptions,
    closing: CancellationToken,
    say: impl Fn(&str) + Send,
) -> Result<(), DemoError> {
    let town = assets::towns().iter().find(|town| town.anchor.environment == Environment::Demo);
    let mut town = town.cloned().ok_or(DemoError::NoTown)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (data, temporary) = match options.data {
        Some(data) => (data, false),
        None => (std::env::temp_dir().join(format!("campanile-demo-{}", std::process::id())), true),
    };
    let trust_list = bytes::Bytes::from(assets::demo::trust_list(clock.now()));

    let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
    let address = listener.local_addr()?;
    town.server = url::Url::parse(&format!("http://{address}/"))?;
    let role = PushRole {
        town: town.clone(),
        security_contact: None,
        stream: StreamSettings::default(),
        fcm: None,
        clock: Arc::clone(&clock),
    };
    let push = push::start(role, &data.join("push"), listener, closing.clone()).await?;
    push.app
        .board
        .accept_trust_list(trust_list.clone())
        .await
        .map_err(|error| DemoError::Trust(error.detail))?;

    let desk = match options.port.checked_add(1).filter(|port| *port > 1) {
        Some(port) => TcpListener::bind(("127.0.0.1", port)).await?,
        None => TcpListener::bind(("127.0.0.1", 0)).await?,
    };
    let role = FeedsRole {
        anchor: town.anchor.clone(),
        key: assets::demo::feed_key(),
        trust_list,
        push_server: town.server.clone(),
        source: None,
        head_every: Duration::from_hours(1),
        clock: Arc::clone(&clock),
    };
    let mut feeds = feeds::start(role, &data.join("feeds"), desk, closing.clone()).await?;

    say("DEMONSTRATION with throw-away keys. Nothing that you will see is happening.");
    say(&format!("Public page:  http://{address}/allerte"));
    say(&format!("Metrics:      http://{address}/metrics"));
    say(&format!("Officers' desk of the feeds role: http://{}/v1/items", feeds.address));
    say("Two officers send an alert: scripts/demo-officers.sh, in another terminal");
    say(&format!("A phone in Modena:  campanile-phone --comune 036023 --server http://{address}"));
    say(&format!("A phone in Torino:  campanile-phone --comune 001272 --server http://{address}"));
    say("The bulletin of 16 May 2023, with today's date, is sent when a phone is on the stream.");

    let waited = tokio::time::timeout(WAIT_FOR_A_PHONE, async {
        while push.app.stream.readers() < options.phones {
            sleep(Duration::from_millis(100)).await;
        }
        sleep(WAIT_FOR_OTHERS).await;
    });
    tokio::select! {
        () = closing.cancelled() => {}
        _either = waited => {
            feeds.feed.relay(&redated_bulletin(clock.now())).await?;
            say("SENT: the bulletin of 16 May 2023 as if it were today's. It is NOT today's bulletin.");
            // After it, so that nothing official comes first and is taken for the demonstration.
            if options.official {
                feeds.watch(&feeds::SourceSettings::official(), closing.clone())?;
                say("Now also relaying the newest official bulletin, if the network allows it.");
            }
        }
    }
    closing.cancelled().await;
    feeds.ended().await;
    push.ended().await?;
    if temporary {
        // It lies in the system's temporary folder: leaving it there harms nobody.
        let _kept = std::fs::remove_dir_all(&data);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_bulletin_is_dated_today_and_still_red_for_modena() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let edition = redated_bulletin(now);
        assert_eq!(edition.days[0].day, calendar::local_date(now));
        assert_eq!(edition.days[1].day, calendar::local_date(now) + Days::new(1));
        let zones = assets::zones_of("036023".parse().unwrap(), edition.days[0].day);
        let rows = edition.days[0].rows.iter().filter(|row| zones.contains(&row.zone));
        assert_eq!(
            rows.map(campanile_core::notice::ZoneRow::highest).max_by_key(|level| level.rank()),
            Some(campanile_core::alerts::Level::Rossa)
        );
    }
}
