//! What Firebase answers when it does not take a message, and what can go wrong on the way.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;

use crate::channels::Failure;

/// Why a message was not taken, or why the client cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FcmError {
    /// The service account's file or the certificates cannot be used.
    #[error("{file}: {problem}")]
    Setup {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No access token was to be had.
    #[error("no access token was to be had")]
    Token,
    /// The service cannot be reached, broke off, or took too long.
    #[error("the service did not answer: {what}")]
    NoAnswer {
        /// Where it failed.
        what: &'static str,
    },
    /// It answered with an error.
    #[error("the service answered {status} {code}")]
    Answer {
        /// The HTTP status.
        status: u16,
        /// Its error code, or its status' name.
        code: String,
        /// `Retry-After`.
        retry_after: Option<Duration>,
    },
}

#[derive(Deserialize)]
struct ErrorBody {
    error: ErrorStatus,
}

#[derive(Deserialize)]
struct ErrorStatus {
    #[serde(default)]
    status: String,
    #[serde(default)]
    details: Vec<ErrorDetail>,
}

#[derive(Deserialize)]
struct ErrorDetail {
    #[serde(rename = "errorCode")]
    error_code: Option<String>,
}

impl FcmError {
    pub(super) fn answer(status: StatusCode, retry_after: Option<Duration>, body: &[u8]) -> Self {
        let code = serde_json::from_slice::<ErrorBody>(body).ok().map(|body| {
            let detail = body.error.details.into_iter().find_map(|detail| detail.error_code);
            detail.unwrap_or(body.error.status)
        });
        // Only names of the documented form: a body is never carried into logs.
        let is_name = |code: &String| {
            (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        };
        let code = code.filter(is_name).unwrap_or_else(|| "UNNAMED".to_owned());
        Self::Answer { status: status.as_u16(), code, retry_after }
    }

    /// Whether another access token may help.
    pub(super) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Answer { status: 401, .. })
    }
}

impl From<FcmError> for Failure {
    fn from(error: FcmError) -> Self {
        let later = |code: &str, after| Self::Later { code: code.to_owned(), after };
        match error {
            FcmError::Setup { .. } => later("SETUP", None),
            FcmError::Token => later("NO_TOKEN", None),
            FcmError::NoAnswer { .. } => later("NO_ANSWER", None),
            FcmError::Answer { status, code, retry_after } => match (status, code.as_str()) {
                // 404 of an unknown project names no device: tokens must survive a wrong setting.
                (404, "UNREGISTERED") => Self::DeadEndpoint,
                (400, "INVALID_ARGUMENT") | (403, "SENDER_ID_MISMATCH") => Self::Refused { code },
                _ => Self::Later { code, after: retry_after },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, body: &str) -> Failure {
        FcmError::answer(StatusCode::from_u16(status).unwrap(), None, body.as_bytes()).into()
    }

    fn body(code: &str) -> String {
        format!(
            r#"{{"error":{{"code":0,"message":"text","status":"STATUS","details":[{{"@type":"other"}},{{"errorCode":"{code}"}}]}}}}"#
        )
    }

    #[test]
    fn only_an_unregistered_token_is_dead() {
        assert_eq!(failure(404, &body("UNREGISTERED")), Failure::DeadEndpoint);
        let project = failure(404, r#"{"error":{"status":"NOT_FOUND"}}"#);
        assert_eq!(project, Failure::Later { code: "NOT_FOUND".to_owned(), after: None });
    }

    #[test]
    fn a_message_or_sender_that_is_wrong_for_this_token_is_not_tried_again() {
        for (status, code) in [(400, "INVALID_ARGUMENT"), (403, "SENDER_ID_MISMATCH")] {
            assert_eq!(failure(status, &body(code)), Failure::Refused { code: code.to_owned() });
        }
    }

    #[test]
    fn whatever_else_is_answered_is_tried_again_and_its_text_is_dropped() {
        for (status, text) in [(403, "PERMISSION_DENIED"), (429, "QUOTA_EXCEEDED"), (500, "INTERNAL")] {
            assert_eq!(failure(status, &body(text)), Failure::Later { code: text.to_owned(), after: None });
        }
        for odd in ["", "<html>Mario Rossi</html>", r#"{"error":{"status":"Mario Rossi"}}"#] {
            assert_eq!(failure(502, odd), Failure::Later { code: "UNNAMED".to_owned(), after: None });
        }
    }
}
