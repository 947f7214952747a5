//! The code words of CAP.
//!
//! One rule for a word that is not in its list: it is read as absent, and a [`super::Problem`] names it.

use serde::Serialize;

macro_rules! code_words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// All words, in the order of the standard.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as CAP 1.2 writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }

            /// The word of this text; case and surrounding space do not count. `None` if it is not in the list.
            pub fn read(text: &str) -> Option<Self> {
                let text = text.trim();
                Self::ALL.iter().copied().find(|word| word.as_str().eq_ignore_ascii_case(text))
            }
        }
    )+};
}

code_words! {
    /// What the message is for (CAP 1.2 §3.2.1 status). Absent is never taken for `Actual`.
    Status {
        /// To be acted on.
        Actual,
        /// For exercise participants.
        Exercise,
        /// For the network itself.
        System,
        /// Technical test, to be disregarded.
        Test,
        /// Not yet to be acted on.
        Draft,
    }
    /// What the message does (CAP 1.2 §3.2.1 msgType).
    MsgType {
        /// First information.
        Alert,
        /// Replaces the messages it refers to.
        Update,
        /// Ends the messages it refers to.
        Cancel,
        /// Says that the messages it refers to were received.
        Ack,
        /// Says that the messages it refers to are refused.
        Error,
    }
    /// For whom it is meant (CAP 1.2 §3.2.1 scope).
    Scope {
        /// Everybody.
        Public,
        /// Those named in `restriction`.
        Restricted,
        /// Those named in `addresses`.
        Private,
    }
    /// What kind of event (CAP 1.2 §3.2.2 category).
    Category {
        /// Earth and ground.
        Geo,
        /// Weather and flood.
        Met,
        /// General safety.
        Safety,
        /// Police and military.
        Security,
        /// Search and rescue.
        Rescue,
        /// Fire.
        Fire,
        /// Health.
        Health,
        /// Pollution and environment.
        Env,
        /// Traffic and transport.
        Transport,
        /// Networks and utilities.
        Infra,
        /// Chemical, biological, radiological, nuclear, explosive. Not in CAP 1.0.
        CBRNE,
        /// Anything else.
        Other,
    }
    /// What to do (CAP 1.2 §3.2.2 responseType).
    ResponseType {
        /// Take shelter.
        Shelter,
        /// Leave.
        Evacuate,
        /// Get ready.
        Prepare,
        /// Do what the instruction says.
        Execute,
        /// Keep away. Since CAP 1.2.
        Avoid,
        /// Follow the news.
        Monitor,
        /// Judge for yourself; not for the public.
        Assess,
        /// The danger is over. Since CAP 1.2.
        AllClear,
        /// Nothing to do.
        None,
    }
    /// How soon (CAP 1.2 §3.2.2 urgency).
    Urgency {
        /// Act at once.
        Immediate,
        /// Act within the hour.
        Expected,
        /// Act in the near future.
        Future,
        /// No longer needed.
        Past,
        /// Not known.
        Unknown,
    }
    /// How bad (CAP 1.2 §3.2.2 severity).
    Severity {
        /// Extraordinary threat.
        Extreme,
        /// Significant threat.
        Severe,
        /// Possible threat.
        Moderate,
        /// Little threat.
        Minor,
        /// Not known.
        Unknown,
    }
    /// How sure (CAP 1.2 §3.2.2 certainty). "Very Likely" of CAP 1.0 is read as `Likely`, as the standard says.
    Certainty {
        /// Has happened or is happening.
        Observed,
        /// More than even.
        Likely,
        /// Less than even.
        Possible,
        /// Hardly.
        Unlikely,
        /// Not known.
        Unknown,
    }
}

/// A version of the standard, told by the namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// CAP 1.0 (2004).
    V1_0,
    /// CAP 1.1 (2005).
    V1_1,
    /// CAP 1.2 (2010).
    V1_2,
}

impl Version {
    /// The namespace of its elements.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::V1_0 => "http://www.incident.com/cap/1.0",
            Self::V1_1 => "urn:oasis:names:tc:emergency:cap:1.1",
            Self::V1_2 => "urn:oasis:names:tc:emergency:cap:1.2",
        }
    }

    /// The version whose elements have this namespace.
    pub fn of_namespace(namespace: &str) -> Option<Self> {
        [Self::V1_2, Self::V1_1, Self::V1_0].into_iter().find(|version| version.namespace() == namespace)
    }

    /// "1.2" and so on.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
        }
    }
}
