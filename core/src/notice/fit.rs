//! Makes an alert fit what a push may carry, before anybody previews or signs it.

use super::{AlertNotice, encode};
use crate::{
    area::{Polygon, compact, simplify_outward},
    trust::{ItemKind, KeyId, Refusal, SignatureBytes, assemble},
};

/// The tolerances tried for shapes, metres, from exact to the coarsest allowed.
const TOLERANCES_M: [f64; 9] = [0.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0];

/// The lengths to which a description is cut, bytes.
const DESCRIPTION_BYTES: [usize; 3] = [400, 160, 0];

/// One thing that was given up to make an alert fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The words in this language.
    Language(String),
    /// The descriptions were cut to at most this many bytes.
    Description(usize),
    /// The shapes grew by at most this many metres.
    Tolerance(f64),
    /// The shapes were given up: the whole of the named comuni and zones is concerned.
    Shapes,
}

/// An alert that fits, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The alert to preview and sign, exactly as it is.
    pub notice: AlertNotice,
    /// What was given up, in the order of the steps; empty when everything fitted.
    pub steps: Vec<Step>,
    /// The length of the whole signed item, bytes.
    pub size_bytes: usize,
}

/// Why an alert cannot be made to fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Even without all that may be given up.
    #[error(
        "the alert needs {size_bytes} bytes even in one language, without description and shapes; {limit_bytes} are \
         allowed: shorten the headline, the instruction or the list of comuni"
    )]
    TooLong {
        /// What it needs.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// Names no area (safety rule 8).
    #[error("the alert names no comune and no zone")]
    NoArea,
    /// Has no words.
    #[error("the alert has no words in any language")]
    NoText,
}

/// Fits `draft` with the area `shapes` into one item signed by `signers` persons.
///
/// Steps, in this order and no further than needed: languages after the first, from the last on; the descriptions;
/// the vertices, within a tolerance of at most a kilometre that only ever grows the area; the shapes, so that the whole
/// of the comuni counts. Level, headline, instruction, expiry and area keys are never given up.
/// `draft.area.polygons` is replaced by what becomes of `shapes`.
pub fn fit(draft: AlertNotice, shapes: &[Polygon], signers: usize) -> Result<Fitted, FitError> {
    if draft.area.keys.is_empty() {
        return Err(FitError::NoArea);
    }
    if draft.texts.is_empty() {
        return Err(FitError::NoText);
    }
    let limit_bytes = ItemKind::Alert.max_bytes();
    let mut steps = Vec::new();
    let mut notice = draft;
    notice.area.polygons = exact_or_all(shapes);
    let fits = |notice: &AlertNotice| signed_size(notice, signers) <= limit_bytes;

    while !fits(&notice) && notice.texts.len() > 1 {
        steps.extend(notice.texts.pop().map(|text| Step::Language(text.language)));
    }
    for limit in DESCRIPTION_BYTES {
        if fits(&notice) {
            break;
        }
        if notice.texts.iter().any(|text| text.description.len() > limit) {
            for text in &mut notice.texts {
                text.description =
                    if limit == 0 { String::new() } else { crate::words::cut(&text.description, limit) };
            }
            steps.retain(|step| !matches!(step, Step::Description(_)));
            steps.push(Step::Description(limit));
        }
    }
    if !fits(&notice) && !shapes.is_empty() {
        let coarser = TOLERANCES_M.into_iter().skip(1).find_map(|tolerance_m| {
            let mut candidate = notice.clone();
            candidate.area.polygons = simplified(shapes, tolerance_m)?;
            fits(&candidate).then_some((tolerance_m, candidate))
        });
        if let Some((tolerance_m, candidate)) = coarser {
            steps.push(Step::Tolerance(tolerance_m));
            notice = candidate;
        } else {
            steps.push(Step::Shapes);
            notice.area.polygons.clear();
            notice.area.circles.clear();
        }
    }
    let size_bytes = signed_size(&notice, signers);
    if size_bytes > limit_bytes {
        return Err(FitError::TooLong { size_bytes, limit_bytes });
    }
    Ok(Fitted { notice, steps, size_bytes })
}

/// The shapes as they are; where one has more points than the wire allows, the finest that it does allow.
fn exact_or_all(shapes: &[Polygon]) -> Vec<minicbor::bytes::ByteVec> {
    TOLERANCES_M.into_iter().find_map(|tolerance_m| simplified(shapes, tolerance_m)).unwrap_or_default()
}

fn simplified(shapes: &[Polygon], tolerance_m: f64) -> Option<Vec<minicbor::bytes::ByteVec>> {
    shapes
        .iter()
        .map(|shape| {
            let shape = if tolerance_m > 0.0 { simplify_outward(shape, tolerance_m) } else { shape.clone() };
            compact::encode(&shape).ok().map(Into::into)
        })
        .collect()
}

/// The length of the whole item once `signers` persons have signed it.
fn signed_size(notice: &AlertNotice, signers: usize) -> usize {
    let placeholder = |n: usize| SignatureBytes {
        key: KeyId::from_slice(&(n as u64).to_be_bytes()).unwrap_or_else(|| unreachable!("eight bytes")),
        signature: vec![0; 64],
    };
    match assemble(ItemKind::Alert, encode(notice), (0..signers).map(placeholder).collect()) {
        Ok(bytes) => bytes.len(),
        Err(Refusal::TooLarge { size_bytes, .. }) => size_bytes,
        Err(_) => usize::MAX,
    }
}

#[cfg(test)]
mod tests;
