//! How many files the process may have open, and how many connections may wait for that.

/// As many connections as may wait with the fewest files that are common, 256.
pub const FEWEST: usize = 80;
/// More would help nobody.
const MOST: usize = 1024;
/// Even of few files.
#[cfg(unix)]
const FEW: usize = 16;
/// For as many requests as there may be, each with a connection to AWS, and all the rest.
#[cfg(unix)]
const OTHERS: u64 = 176;
/// With more, programs that the proxy starts may get into trouble.
#[cfg(unix)]
const ENOUGH: u64 = 4096;

/// Takes as many files as the system grants, and says how many connections may wait.
#[cfg(unix)]
pub fn waiting() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    // Without a number there is no limit.
    let granted = limit.maximum.unwrap_or(ENOUGH).min(ENOUGH);
    if limit.current.is_some_and(|current| current < granted) {
        let before = limit.current;
        limit.current = Some(granted);
        if setrlimit(Resource::Nofile, limit).is_err() {
            limit.current = before;
        }
    }
    let files = limit.current.unwrap_or(ENOUGH);
    let waiting = usize::try_from(files.saturating_sub(OTHERS)).unwrap_or(MOST);
    waiting.clamp(FEW, MOST)
}

#[cfg(not(unix))]
pub fn waiting() -> usize {
    MOST
}
