//! Personal documents: when they run out, how to renew them, when to say so.
//!
//! Read [`Document`], [`Facts`] and [`Expiry`] first: what is known of a document, and what follows from it by the
//! rules ([`crate::rules`]). The printed date always wins; what we compute is a hint and a reason to warn.
//! Not here: where documents are kept (`store`), and the words of the screens (in the shells).

pub mod backup;
mod birthday;
mod claims;
mod codice_fiscale;
mod document;
mod expiry;
mod facts;
mod kinds;
pub mod mrz;
pub mod reminders;

pub use claims::{AssuranceLevel, ClaimedDocument, DocumentClaim};
pub use codice_fiscale::{CodiceFiscale, CodiceFiscaleError, Sex, check_letter};
pub use document::{Document, DocumentNumber, Holder, Origin, Series};
pub use expiry::{
    Assessment, CutOffRule, Expiry, ExpiryRule, FallsOn, MissingFact, Status, Warning, assess,
    computed_expiry,
};
pub use facts::{Fact, Facts, Fingerprints};
pub use kinds::{
    Earliest, EarlySwap, GuideRule, GuideText, KindRule, Opens, RenewalWindow, Subject, guide, kind,
    renewal_window,
};
