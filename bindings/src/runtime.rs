//! The threads on which the network runs.

use std::{future::Future, sync::OnceLock};

use tokio::runtime::{Builder, Runtime};

use crate::CampanileError;

fn runtime() -> Result<&'static Runtime, CampanileError> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    RUNTIME
        .get_or_init(|| {
            Builder::new_multi_thread().worker_threads(2).thread_name("campanile").enable_all().build().ok()
        })
        .as_ref()
        .ok_or_else(|| CampanileError::internal("no_runtime"))
}

/// Runs `work` on our threads and waits for it. Dropping the wait (a cancelled coroutine) stops the work at its next
/// await point, between two steps that each leave the store whole.
pub(crate) async fn run<T: Send + 'static>(
    work: impl Future<Output = Result<T, CampanileError>> + Send + 'static,
) -> Result<T, CampanileError> {
    let task = AbortOnDrop(runtime()?.spawn(work));
    task.wait().await
}

struct AbortOnDrop<T>(tokio::task::JoinHandle<Result<T, CampanileError>>);

impl<T> AbortOnDrop<T> {
    async fn wait(mut self) -> Result<T, CampanileError> {
        (&mut self.0).await.unwrap_or_else(|_panicked| Err(CampanileError::internal("task_failed")))
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
