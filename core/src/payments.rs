//! Notice numbers, QR codes and fines.
//!
//! Read [`NoticeNumber`], [`Fine`] and [`FineDates`] first. Paying itself happens in the person's own payment app or browser:
//! no card and no account is ever seen here. Not here: terms as rows ([`crate::rules`]).

mod fines;
mod notice_number;
mod notification;
mod payees;
mod qr;
mod saved;

pub use fines::{FineAmounts, FineDates, discounted_cents};
pub use notice_number::{Aux, NoticeNumber, NoticeNumberError, SegregationRule};
pub use notification::{Delivery, Notified, notified};
pub use payees::{Payee, PayeeCheck, PayeeCode, PayeeCodeError, Payees};
pub use qr::{NoticeQr, QrError};
pub use saved::{Fine, FineDue};
