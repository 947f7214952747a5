//! The daily bulletin of the Dipartimento della Protezione Civile.
