//! Domain vectors: an input, and what the core must answer.
//!
//! Read [`run`] first. Each area is a module with one function from the input to the whole answer; only the keys that
//! a vector expects are compared, so an area may answer more. `null` and a missing key are the same.

mod alert;
mod arrival;
mod expiry;
mod fine;
mod holiday;
mod identity;
mod input;
mod notification;
mod pagopa;
mod practice;
mod reminder;
mod renewal_window;
mod time;

use serde::Deserialize;
use serde_json::{Map, Value};

/// One vector of a file.
#[derive(Debug, Clone, Deserialize)]
pub struct Vector {
    /// Its name, unique in the file.
    pub id: String,
    /// The part of the domain.
    pub area: String,
    /// What is given.
    pub input: Map<String, Value>,
    /// What must be answered, key by key.
    pub expect: Map<String, Value>,
}

#[derive(Deserialize)]
struct VectorFile {
    vectors: Vec<Vector>,
}

/// How a vector went.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// All expected keys are as expected.
    Passed,
    /// Some key is not.
    Failed {
        /// The expected keys that differ, as JSON.
        expected: String,
        /// The same keys of the answer, or why there is none.
        got: String,
    },
    /// Not run.
    Skipped {
        /// Why.
        why: &'static str,
    },
}

/// Why an area gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The input cannot be read, or the core refuses it: the vector fails with this reason.
    Refused(String),
    /// The part is not built.
    NotBuilt(&'static str),
}

pub(crate) type Answer = Result<Map<String, Value>, NoAnswer>;

/// Free words for the reader of a vector.
const NOT_COMPARED: [&str; 1] = ["note"];

/// Reads a file of vectors; the error says what is wrong and where.
pub fn read(text: &str) -> Result<Vec<Vector>, String> {
    serde_json::from_str::<VectorFile>(text).map(|file| file.vectors).map_err(|error| error.to_string())
}

/// Runs one vector on the core.
pub fn run(vector: &Vector) -> Verdict {
    let answer = match vector.area.as_str() {
        "alert" => arrival::answer(&vector.input).unwrap_or_else(|| alert::answer(&vector.input)),
        "expiry" => expiry::answer(&vector.input),
        "fine" => fine::answer(&vector.input),
        "holiday" => holiday::answer(&vector.input),
        "identity" => identity::answer(&vector.input),
        "notification" => notification::answer(&vector.input),
        "pagopa" => pagopa::answer(&vector.input),
        "practice" => practice::answer(&vector.input),
        "reminder" => reminder::answer(&vector.input),
        "renewal_window" => renewal_window::answer(&vector.input),
        "time" => time::answer(&vector.input),
        _ => Err(NoAnswer::NotBuilt("no such area yet")),
    };
    match answer {
        Ok(answer) => compare(&vector.expect, &answer),
        Err(NoAnswer::Refused(why)) => {
            Verdict::Failed { expected: Value::Object(vector.expect.clone()).to_string(), got: why }
        }
        Err(NoAnswer::NotBuilt(why)) => Verdict::Skipped { why },
    }
}

fn compare(expect: &Map<String, Value>, answer: &Map<String, Value>) -> Verdict {
    let (mut expected, mut got) = (Map::new(), Map::new());
    for (key, value) in expect.iter().filter(|(key, _)| !NOT_COMPARED.contains(&key.as_str())) {
        let answered = answer.get(key).unwrap_or(&Value::Null);
        if answered != value {
            expected.insert(key.clone(), value.clone());
            got.insert(key.clone(), answered.clone());
        }
    }
    if expected.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Failed { expected: Value::Object(expected).to_string(), got: Value::Object(got).to_string() }
    }
}

#[cfg(test)]
mod tests;
