//! Who may sign what, and whether they did.
