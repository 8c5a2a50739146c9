//! How many files the process may have open, and how many connections may wait for that.

use crate::limits;

/// Takes as many files as the system grants, and says how many connections may wait.
#[cfg(unix)]
pub fn waiting() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    // Without a number there is no limit.
    let granted = limit
        .maximum
        .unwrap_or(limits::OPEN_FILES)
        .min(limits::OPEN_FILES);
    if limit.current.is_some_and(|current| current < granted) {
        let before = limit.current;
        limit.current = Some(granted);
        if setrlimit(Resource::Nofile, limit).is_err() {
            limit.current = before;
        }
    }
    let files = limit.current.unwrap_or(limits::OPEN_FILES);
    let waiting = usize::try_from(files.saturating_sub(limits::OPEN_FILES_BESIDE))
        .unwrap_or(limits::CONNECTIONS_WAITING_MOST);
    waiting.clamp(
        limits::CONNECTIONS_WAITING_FEWEST,
        limits::CONNECTIONS_WAITING_MOST,
    )
}

#[cfg(not(unix))]
pub fn waiting() -> usize {
    limits::CONNECTIONS_WAITING_MOST
}
