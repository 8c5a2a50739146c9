//! What goes on while the page waits for something.

use super::clock;
use std::pin::Pin;

/// Runs to its end in the background. The code around a task exists once, for all of them.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    leptos::task::spawn_local(task);
}

/// Long work in slices, between which the browser draws and hears the person.
pub struct Slices {
    since_ms: f64,
}

impl Slices {
    /// A slice that is longer would be felt.
    const MOST_MS: f64 = 12.0;

    pub fn new() -> Self {
        Self {
            since_ms: clock::now_ms(),
        }
    }

    /// Between two steps of the work: lets the browser go on, if the slice has been long enough.
    pub async fn rest(&mut self) {
        if clock::now_ms() - self.since_ms >= Self::MOST_MS {
            clock::pause(1.0).await;
            self.since_ms = clock::now_ms();
        }
    }
}
