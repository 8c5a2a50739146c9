//! Work on a thread of its own. What asks for credentials reads files on whatever thread it is
//! polled by; a file that never answers must hold up neither requests nor the end of the proxy.

use std::thread;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// What the work comes to; nothing if it could not be begun, or panicked. It is given up when
/// nobody waits for it any more.
pub async fn aside<T, F>(work: impl FnOnce() -> F + Send + 'static) -> Option<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (mut sender, receiver) = oneshot::channel();
    let run = move || {
        let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
            return;
        };
        let done = runtime.block_on(async {
            tokio::select! {
                done = work() => Some(done),
                () = sender.closed() => None,
            }
        });
        // A name that is still being looked up is not waited for.
        runtime.shutdown_background();
        if let Some(done) = done {
            let _ = sender.send(done);
        }
    };
    let thread = thread::Builder::new().name("credentials".into());
    thread.spawn(run).ok()?;
    receiver.await.ok()
}
