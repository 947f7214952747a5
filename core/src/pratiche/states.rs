//! The states of a pratica in "La Stanza del Cittadino", and what a citizen sees of them.

use serde::{Deserialize, Serialize};

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// The state of a pratica, with the numbers and names of OpenCity's back office.
        ///
        /// Source: class `PraticaStatusService` of "La Stanza del Cittadino". Numbers are no order of progress.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum PraticaState {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl PraticaState {
            /// All states.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number of the state.
            pub fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The name of the state, as in `REQUEST_INTEGRATION`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

states! {
    /// Being written.
    Draft = 1000, "DRAFT";
    /// To be paid.
    PaymentPending = 1500, "PAYMENT_PENDING";
    /// Paid, not yet confirmed.
    PaymentOutcomePending = 1510, "PAYMENT_OUTCOME_PENDING";
    /// Paid.
    PaymentSuccess = 1520, "PAYMENT_SUCCESS";
    /// Payment failed.
    PaymentError = 1530, "PAYMENT_ERROR";
    /// About to be sent.
    PreSubmit = 1900, "PRE_SUBMIT";
    /// Sent.
    Submitted = 2000, "SUBMITTED";
    /// Has a protocol number.
    Registered = 3000, "REGISTERED";
    /// Taken in charge.
    Pending = 4000, "PENDING";
    /// Papers are asked for.
    RequestIntegration = 4100, "REQUEST_INTEGRATION";
    /// The answer is being written.
    DraftForIntegration = 4200, "DRAFT_FOR_INTEGRATION";
    /// The answer was sent.
    SubmittedAfterIntegration = 4300, "SUBMITTED_AFTER_INTEGRATION";
    /// The answer has a protocol number.
    RegisteredAfterIntegration = 4400, "REGISTERED_AFTER_INTEGRATION";
    /// Taken in charge again.
    PendingAfterIntegration = 4500, "PENDING_AFTER_INTEGRATION";
    /// Being worked on.
    Processing = 5000, "PROCESSING";
    /// Granted, the operator's attachment is missing: not final.
    CompleteWaitAllegatiOperatore = 6000, "COMPLETE_WAITALLEGATIOPERATORE";
    /// Granted; may be opened again.
    Complete = 7000, "COMPLETE";
    /// Refused, the operator's attachment is missing: not final.
    CancelledWaitAllegatiOperatore = 8000, "CANCELLED_WAITALLEGATIOPERATORE";
    /// Refused; may be opened again.
    Cancelled = 9000, "CANCELLED";
    /// Withdrawn by the citizen; may be opened again.
    Withdraw = 20000, "WITHDRAW";
    /// Revoked.
    Revoked = 50000, "REVOKED";
}

/// What a citizen is told of a state: eight words are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitizenView {
    /// Bozza.
    Draft,
    /// Da pagare.
    ToPay,
    /// Inviata.
    Sent,
    /// Protocollata.
    Registered,
    /// In lavorazione.
    InProgress,
    /// Serve qualcosa da te.
    NeedsYou,
    /// Conclusa, accolta.
    Granted,
    /// Conclusa, rifiutata.
    Refused,
    /// Ritirata.
    Withdrawn,
}

impl CitizenView {
    /// What a citizen is told of a number that the back office sends; a number that is not known is in progress.
    pub fn of_number(number: u32) -> Self {
        PraticaState::of_number(number).map_or(Self::InProgress, PraticaState::citizen_view)
    }
}

impl PraticaState {
    /// The state of a number.
    pub fn of_number(number: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.number() == number)
    }

    /// The state of a name, as in `REQUEST_INTEGRATION`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }

    /// Where the state may go. Complete, cancelled and withdrawn are not final: they may be opened again.
    pub fn moves(self) -> &'static [Self] {
        use PraticaState as S;
        match self {
            S::Draft => &[S::PreSubmit, S::PaymentPending],
            S::PaymentPending => &[S::PaymentOutcomePending, S::PaymentSuccess, S::PaymentError],
            S::PaymentOutcomePending => &[S::PaymentSuccess, S::PaymentError],
            S::PaymentSuccess => &[S::PreSubmit, S::CompleteWaitAllegatiOperatore, S::Complete],
            S::PreSubmit => &[S::Submitted, S::Withdraw],
            S::Submitted => &[S::Registered, S::Pending, S::Withdraw],
            S::Registered => &[S::Pending, S::Withdraw],
            S::Pending => &[
                S::Pending,
                S::RequestIntegration,
                S::PaymentPending,
                S::CompleteWaitAllegatiOperatore,
                S::Complete,
                S::CancelledWaitAllegatiOperatore,
                S::Cancelled,
                S::Withdraw,
            ],
            S::RequestIntegration => &[S::DraftForIntegration, S::Withdraw],
            S::DraftForIntegration => &[S::SubmittedAfterIntegration, S::Withdraw],
            S::SubmittedAfterIntegration => {
                &[S::RegisteredAfterIntegration, S::PendingAfterIntegration, S::Pending]
            }
            S::RegisteredAfterIntegration => &[S::PendingAfterIntegration, S::Pending, S::Withdraw],
            S::PendingAfterIntegration => &[
                S::Pending,
                S::RequestIntegration,
                S::CompleteWaitAllegatiOperatore,
                S::Complete,
                S::CancelledWaitAllegatiOperatore,
                S::Cancelled,
            ],
            S::CompleteWaitAllegatiOperatore => &[S::Complete],
            S::CancelledWaitAllegatiOperatore => &[S::Cancelled],
            S::Complete | S::Withdraw => &[S::Pending],
            S::Cancelled => &[S::Pending, S::Cancelled],
            S::PaymentError | S::Processing | S::Revoked => &[],
        }
    }

    /// Whether the state may go to `next`.
    pub fn may_go_to(self, next: Self) -> bool {
        self.moves().contains(&next)
    }

    /// What a citizen is told of the state.
    pub fn citizen_view(self) -> CitizenView {
        match self {
            Self::Draft | Self::PreSubmit => CitizenView::Draft,
            Self::PaymentPending | Self::PaymentError => CitizenView::ToPay,
            Self::PaymentOutcomePending | Self::PaymentSuccess | Self::Submitted => CitizenView::Sent,
            Self::Registered => CitizenView::Registered,
            Self::RequestIntegration | Self::DraftForIntegration => CitizenView::NeedsYou,
            Self::Pending
            | Self::SubmittedAfterIntegration
            | Self::RegisteredAfterIntegration
            | Self::PendingAfterIntegration
            | Self::Processing
            | Self::CompleteWaitAllegatiOperatore
            | Self::CancelledWaitAllegatiOperatore => CitizenView::InProgress,
            Self::Complete => CitizenView::Granted,
            Self::Cancelled | Self::Revoked => CitizenView::Refused,
            Self::Withdraw => CitizenView::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("PENDING", "REQUEST_INTEGRATION", true)]
    #[case("DRAFT", "COMPLETE", false)]
    #[case("COMPLETE", "PENDING", true)]
    #[case("COMPLETE", "WITHDRAW", false)]
    #[case("CANCELLED", "CANCELLED", true)]
    #[case("PENDING_AFTER_INTEGRATION", "WITHDRAW", false)]
    fn only_the_moves_of_the_table_are_allowed(#[case] from: &str, #[case] to: &str, #[case] allowed: bool) {
        let (from, to) = (PraticaState::named(from).unwrap(), PraticaState::named(to).unwrap());
        assert_eq!(from.may_go_to(to), allowed);
    }

    #[test]
    fn numbers_and_names_lead_back_to_their_state() {
        for state in PraticaState::ALL {
            assert_eq!(PraticaState::of_number(state.number()), Some(*state));
            assert_eq!(PraticaState::named(state.name()), Some(*state));
        }
    }

    #[test]
    fn a_number_that_is_not_known_is_in_progress_and_waiting_for_attachments_is_not_final() {
        assert_eq!(CitizenView::of_number(4711), CitizenView::InProgress);
        assert_eq!(CitizenView::of_number(6000), CitizenView::InProgress);
        assert_eq!(CitizenView::of_number(8000), CitizenView::InProgress);
    }
}
