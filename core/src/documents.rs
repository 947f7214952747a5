//! Personal documents, their expiry and reminders.
