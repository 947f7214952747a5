//! Where tests find the real files of emitters, which are not part of the project.

use std::path::PathBuf;

/// The folder of shared source data, or `None` in a plain clone; then it says that `test` was skipped.
#[expect(clippy::disallowed_methods, reason = "a test finds the shared data by its environment")]
pub(crate) fn shared(test: &str) -> Option<PathBuf> {
    let path = std::env::var("CAMPANILE_SHARED")
        .map_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into(), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped (no shared data): {test}");
    None
}
