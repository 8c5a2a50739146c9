//! What goes on while the page waits for something.

use std::pin::Pin;

/// Runs to its end in the background. The code around a task exists once, for all of them.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    leptos::task::spawn_local(task);
}
