//! A fault of the proxy's own ends the request it happens in, and nothing else.

use crate::failure::Failure;
use std::cell::Cell;
use std::io::{Write, stderr};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

tokio::task_local! {
    /// Was the request handed on to who carries it out?
    static HANDED_ON: Cell<bool>;
}

/// From here on nobody knows what a fault leaves behind.
pub fn handing_on() {
    let _ = HANDED_ON.try_with(|handed_on| handed_on.set(true));
}

/// What a request comes to, or the failure that tells of the panic it ended in.
///
/// What requests share stands behind locks that are taken from whoever panicked, and is whole
/// whenever something that can panic runs.
pub async fn caught<T>(request: impl Future<Output = T>) -> Result<T, Failure> {
    let told = async {
        let mut request = pin!(request);
        let polled = std::future::poll_fn(|context| {
            let poll = || request.as_mut().poll(context);
            match catch_unwind(AssertUnwindSafe(poll)) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(answer)) => Poll::Ready(Some(answer)),
                Err(_) => Poll::Ready(None),
            }
        });
        let answer = polled.await;
        answer.ok_or_else(|| Failure::internal(HANDED_ON.get().get()))
    };
    HANDED_ON.scope(Cell::new(false), told).await
}

/// Tells of a panic by its place only: its message may hold what a client or a source of
/// credentials said.
pub fn tell_only_where() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let place = place.as_deref().unwrap_or("an unknown place");
        let _ = writeln!(
            stderr(),
            "formsmith-proxy: a fault of the proxy's own at {place}; please report it"
        );
    }));
}
