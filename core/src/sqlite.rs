//! Opening, pragmas and migrations of SQLite files.
