//! The towns that an app release is built for.

use crate::Environment;

/// A town: where its server is and which root keys its trust hangs on. Part of the app release.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Town {
    /// Its id, such as `modena`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The address of its push server, `https://…`; `http://` only to the machine itself.
    pub server_url: String,
    /// For real, or a demonstration.
    pub environment: Environment,
    /// Its root keys, 64 hexadecimal digits each.
    pub roots: Vec<String>,
    /// How many of them must sign a trust list; at least 2.
    pub root_threshold: u8,
    /// ISTAT codes of the comuni that it serves.
    pub comuni: Vec<String>,
}

/// The towns that this build carries. A release build carries no demo town.
#[uniffi::export]
pub fn built_in_towns() -> Vec<Town> {
    Vec::new()
}
