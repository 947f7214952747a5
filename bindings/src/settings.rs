//! The area `settings()`.

use std::sync::Arc;

use crate::{CampanileError, campanile::Shared};

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Preferences {
    /// BCP 47 tag of the language of all words, such as `it` or `en`.
    pub language: String,
}

/// The area of preferences.
#[derive(uniffi::Object)]
pub struct Settings {
    pub(crate) shared: Arc<Shared>,
}

#[uniffi::export]
impl Settings {
    /// The preferences held.
    pub fn preferences(&self) -> Result<Preferences, CampanileError> {
        Ok(Preferences { language: self.shared.phone.language_tag()? })
    }

    /// Keeps new preferences and tells the observers, whose words may have changed. Throws `Invalid` for `language`.
    pub fn save(&self, preferences: Preferences) -> Result<(), CampanileError> {
        Ok(self.shared.phone.set_language(&preferences.language)?)
    }
}
