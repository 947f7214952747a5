//! What the terminal phone is asked to do.

use std::{path::PathBuf, time::Duration};

use clap::Parser;

use super::Counts;

/// A resident's phone whose shell is a terminal.
///
/// Registers for comuni, catches up, listens to the town's stream, and prints what the core says. Its store is
/// encrypted and survives a kill. Exit: 0 as asked, 1 failed, 3 when `--timeout-s` was over first.
#[derive(Debug, Clone, Parser)]
#[command(name = "campanile-phone", version)]
pub struct Options {
    /// Address of the push server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// ISTAT code of a place's comune; may be given several times.
    #[arg(long, default_value = "036023")]
    pub comune: Vec<String>,
    /// Folder of the store and its key.
    #[arg(long)]
    pub data: PathBuf,
    /// Id of a live town of this build; the demo town if not given.
    #[arg(long)]
    pub town: Option<String>,
    /// Language of the words, as a BCP 47 tag.
    #[arg(long, default_value = "it")]
    pub language: String,
    /// Print one JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// End once the list holds this many rows.
    #[arg(long, value_name = "N")]
    pub until_alerts: Option<usize>,
    /// End once this many notifications were shown in this run.
    #[arg(long, value_name = "N")]
    pub until_notifications: Option<usize>,
    /// End after this many seconds at the latest, with exit 3 if something is still waited for.
    #[arg(long, value_name = "S")]
    pub timeout_s: Option<u64>,
    /// Print the core's log lines on standard error.
    #[arg(long)]
    pub verbose: bool,
}

impl Options {
    /// Whether everything that was waited for has come; never when nothing is.
    pub fn is_enough(&self, counts: &Counts) -> bool {
        let reached = |wanted: Option<usize>, found| wanted.is_none_or(|wanted| found >= wanted);
        let waits = self.until_alerts.is_some() || self.until_notifications.is_some();
        waits
            && reached(self.until_alerts, counts.rows)
            && reached(self.until_notifications, counts.notifications)
    }

    /// Ends when the time is over; never if no time is given.
    pub(super) async fn timeout(&self) {
        match self.timeout_s {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> Options {
        Options::parse_from(["campanile-phone", "--data", "x"].iter().chain(arguments))
    }

    #[test]
    fn a_phone_that_waits_for_nothing_never_has_enough() {
        let counts = Counts { rows: 9, notifications: 9 };
        assert!(!options(&[]).is_enough(&counts));
        assert!(options(&["--until-alerts", "9"]).is_enough(&counts));
        assert!(!options(&["--until-alerts", "9", "--until-notifications", "10"]).is_enough(&counts));
    }
}
