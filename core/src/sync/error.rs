//! Why a synchronisation failed.

use crate::phone::PhoneError;

/// Why a synchronisation failed. Texts of the network never carry addresses or content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// No answer in time, or no network.
    #[error("no answer from the server")]
    Offline,
    /// The server answered with an error.
    #[error("the server answered {status} ({code})")]
    Server {
        /// HTTP status.
        status: u16,
        /// The first code of the answer; empty when it gave none.
        code: String,
    },
    /// The server's answer is not what the protocol describes.
    #[error("the server's answer cannot be read ({what})")]
    BadAnswer {
        /// Which answer.
        what: &'static str,
    },
    /// The address is neither https nor http on this machine.
    #[error("the address of town '{town}' is not https")]
    NotSecure {
        /// The town.
        town: String,
    },
    /// The HTTP client could not be made.
    #[error("no HTTP client")]
    NoClient,
    /// The phone or its store failed.
    #[error(transparent)]
    Phone(#[from] PhoneError),
}

impl From<reqwest::Error> for SyncError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_decode() { Self::BadAnswer { what: "body" } } else { Self::Offline }
    }
}
