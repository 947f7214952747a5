//! The one error that the API answers: a status, a stable code and a sentence.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use campanile_core::trust::Refusal;
use serde::Serialize;

use crate::storage::StorageError;

/// What went wrong with a request. Codes are listed in docs/errors.md.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code.
    pub code: &'static str,
    /// For a person who reads it: what is wrong, where, and what to do. Never personal data.
    pub detail: String,
}

#[derive(Serialize)]
struct ErrorList<'a> {
    errors: [ErrorRow<'a>; 1],
}

#[derive(Serialize)]
struct ErrorRow<'a> {
    code: &'a str,
    detail: &'a str,
}

impl AppError {
    /// An error of `status` with a stable code.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into() }
    }

    /// The request's fault, in one of its fields.
    pub fn invalid(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// What is asked for is not there.
    pub fn not_found(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, detail)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        metrics::counter!("campanile_errors_total", "code" => self.code).increment(1);
        let body = ErrorList { errors: [ErrorRow { code: self.code, detail: &self.detail }] };
        (self.status, Json(body)).into_response()
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, refusal.code(), refusal.to_string())
    }
}

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::IdTaken => Self::new(
                StatusCode::CONFLICT,
                "id_taken",
                "another item has this id and says something else; give the new item an id of its own",
            ),
            StorageError::Database(_) | StorageError::Closed => {
                tracing::error!(%error, "storage failed");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "storage",
                    "the server cannot read or write its data now; nothing was stored, try again",
                )
            }
        }
    }
}
