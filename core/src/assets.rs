//! The dated reference data that the build carries.
