//! Words for people, from Fluent files.
