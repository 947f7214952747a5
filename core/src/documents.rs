//! Personal documents: when they run out, how to renew them, when to say so.
//!
//! Read [`Facts`] and [`Expiry`] first: what is known of a document, and what follows from it by the rules
//! ([`crate::rules`]). The printed date always wins; what we compute is a hint and a reason to warn.
//! Not here: where documents are kept (`store`), words of notifications in other languages.

mod birthday;
mod expiry;
mod facts;
mod kinds;

pub use expiry::{
    Assessment, CutOffRule, Expiry, ExpiryRule, FallsOn, MissingFact, Status, Warning, assess,
    computed_expiry,
};
pub use facts::{Fact, Facts, Fingerprints};
pub use kinds::{
    Earliest, EarlySwap, GuideRule, GuideText, KindRule, RenewalWindow, Subject, guide, kind, renewal_window,
};
