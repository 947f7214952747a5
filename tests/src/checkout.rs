//! The checkout that the tests run in: its root, its tracked files, and the shared data beside it if there is any.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The root of the workspace.
#[expect(clippy::missing_panics_doc, reason = "the package always lies in a workspace")]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace")
}

/// The folder of shared data: `CAMPANILE_SHARED`, else `../shared` beside the checkout; none if there is none.
pub fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "where a tester keeps the data is no setting of the product"
    )]
    let named = std::env::var("CAMPANILE_SHARED").map(PathBuf::from).ok();
    named.or_else(|| Some(root().parent()?.join("shared"))).filter(|path| path.is_dir())
}

/// The files that git tracks, relative to [`root`] and sorted; none where the tree is no git checkout.
pub fn tracked_files() -> Option<Vec<PathBuf>> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().ok()?;
    let names = String::from_utf8(listed.stdout).ok().filter(|_| listed.status.success())?;
    // A file deleted but not yet committed is still listed.
    let files = names.split_terminator('\0').map(PathBuf::from).filter(|path| root().join(path).is_file());
    Some(files.collect())
}

/// Says on standard error that `test` was skipped for want of `what`.
#[expect(clippy::print_stderr, reason = "the one line that tells a person what did not run")]
pub fn skipped(test: &str, what: &str) {
    eprintln!("skipped (no {what}): {test}");
}
