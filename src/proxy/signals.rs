//! The signals that a running proxy hears.

use crate::audit::Audit;
#[cfg(unix)]
use std::task::Poll;
use tokio::sync::mpsc::{Receiver, channel};

/// One for each time that the process is asked to end. It hears that from the moment this is
/// called: whoever has read the announcement can already stop the proxy.
pub fn stops() -> Receiver<()> {
    let (told, stops) = channel(2);
    let mut signals = Signals::new();
    tokio::spawn(async move {
        loop {
            signals.next().await;
            if told.send(()).await.is_err() {
                return;
            }
        }
    });
    stops
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        // Its terminal was closed.
        let hangup = (!hangups_are_ignored()).then(SignalKind::hangup);
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Self(
            kinds
                .into_iter()
                .chain(hangup)
                .filter_map(|kind| signal(kind).ok())
                .collect(),
        )
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let mut heard = self.0.iter_mut().map(|signal| signal.poll_recv(context));
            match heard.any(|heard| heard.is_ready()) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Was the proxy started so that it outlives its terminal, as nohup does?
#[cfg(unix)]
fn hangups_are_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|signals| u64::from_str_radix(signals.trim(), 16).ok());
    ignored.is_some_and(|signals| signals & 1 != 0)
}

/// A file that may grow no further is told as such, and ends nothing.
pub fn too_large_is_an_error() {
    #[cfg(unix)]
    {
        use rustix::process::Signal;
        use tokio::signal::unix::{SignalKind, signal};
        // To be heard is enough: the signal no longer ends the process.
        let _ = signal(SignalKind::from_raw(Signal::XFSZ.as_raw()));
    }
}

/// Whoever rotates the log says so with SIGUSR1.
pub fn reopened_on_a_signal(audit: Audit) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut rotated) = signal(SignalKind::user_defined1()) {
            tokio::spawn(async move {
                while rotated.recv().await.is_some() {
                    audit.reopen();
                }
            });
        }
    }
    #[cfg(not(unix))]
    drop(audit);
}
