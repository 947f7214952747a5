//! Documents with CAP alerts in them: what is found, and what is refused.

use super::{
    Alert, Problem, Version,
    decode::decode,
    read::{Readings, read},
    tree::{Ns, Tree, walk},
    verdict::verdict,
};
use crate::area;

/// Why a document cannot be read. Names the place and holds none of the content but names of elements.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Larger than the [`Limits`] (safety rule 9).
    #[error("it has {found} {what}: at most {most} are read")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much was found before reading ended.
        found: usize,
        /// How much is read.
        most: usize,
    },
    /// Not XML, even leniently.
    #[error("line {line}: {problem}")]
    NotXml {
        /// Line from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// It declares entities or other markup of its own, which is never resolved (safety rule 9).
    #[error(
        "line {line}: a DOCTYPE with declarations, which are never resolved; send the document without it"
    )]
    Doctype {
        /// Line from 1.
        line: usize,
    },
    /// It ends too early, so that nothing in it can be trusted to be whole.
    #[error("line {line}: the document ends while {open} elements are open; it was cut short")]
    CutShort {
        /// Line from 1.
        line: usize,
        /// Elements that were not closed.
        open: usize,
    },
    /// XML, but nothing that carries alerts.
    #[error(
        "the root element <{root}> is neither a CAP alert nor an Atom, RSS or EDXL-DE document with alerts"
    )]
    NoAlert {
        /// Name of the root element, cut to 40 characters.
        root: String,
    },
}

/// How much of a document is read before it is refused (safety rule 9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document.
    pub bytes: usize,
    /// Elements of the document.
    pub elements: usize,
    /// Elements within elements.
    pub depth: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Alerts of a feed.
    pub alerts: usize,
    /// Points of one polygon.
    pub polygon_points: usize,
    /// Points of all polygons of an alert.
    pub alert_points: usize,
}

impl Default for Limits {
    /// Room for every file that is known: alerts of some megabytes, outlines of 40,000 points, feeds of a whole country.
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            elements: 250_000,
            depth: 64,
            attributes: 64,
            alerts: 2_000,
            polygon_points: area::MOST_POINTS,
            alert_points: 250_000,
        }
    }
}

/// In what the alerts came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// The document is the alert.
    None,
    /// An Atom feed or entry (RFC 4287).
    Atom,
    /// RSS, or RSS 1.0 in RDF.
    Rss,
    /// An EDXL-DE distribution.
    EdxlDe,
    /// Some other XML that holds alerts.
    Other,
}

impl Container {
    pub(super) fn of_root(name: &str) -> Self {
        match name {
            "alert" => Self::None,
            "feed" | "entry" => Self::Atom,
            "rss" | "RDF" => Self::Rss,
            "EDXLDistribution" => Self::EdxlDe,
            _ => Self::Other,
        }
    }
}

/// A document read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// In what the alerts came.
    pub container: Container,
    /// The alerts in the order of the document; may be empty for a feed.
    pub alerts: Vec<ParsedAlert>,
    /// What is wrong in the notation of the document itself, such as its encoding; each with its line where it has one.
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// Whether the document is well-formed and every alert in it obeys its XSD.
    pub fn is_valid(&self) -> bool {
        self.problems().next().is_none()
    }

    /// All problems: of the document, then of each alert.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.alerts.iter().flat_map(|alert| &alert.problems))
    }
}

/// An alert read, with the verdict on it.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedAlert {
    /// What could be read.
    pub alert: Alert,
    /// The version it says to be; `None` if its namespace is that of none, and then it was read as 1.2.
    pub version: Option<Version>,
    /// What the XSD of its version finds. Empty if it is valid.
    pub problems: Vec<Problem>,
    /// What the XSD allows and yet could not be read, or was guessed: a polygon of odd numbers, a time without offset.
    pub warnings: Vec<Problem>,
    /// Whether an XML signature is in it. It is not verified.
    pub has_signature: bool,
}

/// Reads the alerts of a document: CAP 1.0, 1.1 or 1.2 alone, or inside Atom, RSS, EDXL-DE or other XML.
///
/// Elements may stand in any order and required ones may be missing: the model has what there is,
/// the problems say what is wrong.
///
/// # Errors
/// [`ParseError`], if it is no XML, larger than `limits`, or nothing that carries alerts.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Parsed, ParseError> {
    parse_each(bytes, limits, |_, _| {})
}

/// As [`parse`]; shows each alert with the tree that it was read from.
pub(super) fn parse_each(
    bytes: &[u8],
    limits: &Limits,
    mut show: impl FnMut(&Tree, &ParsedAlert),
) -> Result<Parsed, ParseError> {
    if bytes.len() > limits.bytes {
        return Err(ParseError::TooLarge { what: "bytes", found: bytes.len(), most: limits.bytes });
    }
    let decoded = decode(bytes);
    let mut problems = decoded.problems;
    let mut alerts = Vec::new();
    let container = walk(&decoded.text, limits, &mut problems, |tree| {
        if alerts.len() >= limits.alerts {
            return Err(ParseError::TooLarge {
                what: "alerts",
                found: alerts.len() + 1,
                most: limits.alerts,
            });
        }
        let alert = judge(&tree, limits)?;
        show(&tree, &alert);
        alerts.push(alert);
        Ok(())
    })?;
    if alerts.len() > 1 {
        for (i, alert) in alerts.iter_mut().enumerate() {
            for problem in alert.problems.iter_mut().chain(&mut alert.warnings) {
                problem.path = problem.path.replacen("alert", &format!("alert[{}]", i + 1), 1);
            }
        }
    }
    let problems =
        problems.into_iter().map(|problem| Problem { path: "document".to_owned(), problem }).collect();
    Ok(Parsed { container, alerts, problems })
}

fn judge(tree: &Tree, limits: &Limits) -> Result<ParsedAlert, ParseError> {
    let version = match tree.root().ns {
        Ns::Cap(version) => Some(version),
        _ => None,
    };
    let problems = verdict(tree, version);
    let Readings { alert, warnings } = read(tree, limits)?;
    Ok(ParsedAlert { alert, version, problems, warnings, has_signature: tree.has_signature })
}
