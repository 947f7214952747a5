//! Settings of Firebase Cloud Messaging.

use std::path::PathBuf;

use campanile_core::notice::Environment;
use serde::Deserialize;

use crate::settings::SettingsError;

/// The host that reaches real phones.
const REAL_HOST: &str = "fcm.googleapis.com";

/// `[fcm]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FcmSettings {
    /// File of the service account's key, JSON as the provider gives it.
    pub credentials: PathBuf,
    /// Host, with `:port` if it is not 443.
    #[serde(default = "real_host")]
    pub host: String,
    /// PEM file of certificates to trust instead of the public ones, for a provider of one's own.
    pub roots: Option<PathBuf>,
    /// HTTP/2 connections, 1 to 16; each carries many messages at once.
    #[serde(default = "connections")]
    pub connections: usize,
    /// Messages on their way at once, 1 to 10,000.
    #[serde(default = "most_in_flight")]
    pub most_in_flight: usize,
    /// Milliseconds before the first repetition, 10 to 60,000; doubles from there.
    #[serde(default = "first_retry_ms")]
    pub first_retry_ms: u64,
    /// Milliseconds within which the provider must answer, 100 to 120,000.
    #[serde(default = "answer_within_ms")]
    pub answer_within_ms: u64,
}

fn real_host() -> String {
    REAL_HOST.to_owned()
}

fn connections() -> usize {
    2
}

fn most_in_flight() -> usize {
    200
}

fn first_retry_ms() -> u64 {
    2_000
}

fn answer_within_ms() -> u64 {
    15_000
}

impl FcmSettings {
    /// Names the setting that is wrong. Real phones are reached from a live town only.
    pub(crate) fn check(&self, environment: Environment) -> Result<(), SettingsError> {
        let name = self.host.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
        let is_real = name == "googleapis.com" || name.ends_with(".googleapis.com");
        if is_real && environment != Environment::Live {
            return Err(SettingsError::setting(
                "fcm.host",
                format!("{} reaches real phones and is refused unless town.environment is live", self.host),
            ));
        }
        let within = |setting: &str, value: u64, low: u64, high: u64| {
            if (low..=high).contains(&value) {
                return Ok(());
            }
            Err(SettingsError::setting(setting, format!("{value} is not within {low} to {high}")))
        };
        within("fcm.connections", self.connections as u64, 1, 16)?;
        within("fcm.most_in_flight", self.most_in_flight as u64, 1, 10_000)?;
        within("fcm.first_retry_ms", self.first_retry_ms, 10, 60_000)?;
        within("fcm.answer_within_ms", self.answer_within_ms, 100, 120_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: &str) -> FcmSettings {
        FcmSettings {
            credentials: PathBuf::from("service-account.json"),
            host: host.to_owned(),
            roots: None,
            connections: 2,
            most_in_flight: 200,
            first_retry_ms: 2_000,
            answer_within_ms: 15_000,
        }
    }

    #[test]
    fn a_demonstration_cannot_reach_real_phones() {
        for host in [REAL_HOST, "FCM.googleapis.com.", "fcm.googleapis.com:443", "eu.fcm.googleapis.com"] {
            let refused = settings(host).check(Environment::Demo).unwrap_err().to_string();
            assert!(refused.starts_with("setting fcm.host: ") && refused.contains("live"), "{refused}");
            assert!(settings(host).check(Environment::Live).is_ok());
        }
        assert!(settings("localhost:9443").check(Environment::Demo).is_ok());
    }
}
