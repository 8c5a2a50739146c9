//! What was done: one line a request on stderr, and with `--audit` a log that is written ahead.
//!
//! Nothing a client wrote is printed: only words of the models, numbers, and identifiers that
//! were checked. So no secret and no control character can get in.

mod chain;
mod file;
mod line;
mod log;
mod queue;
mod terminal;
pub mod verify;
mod watched;

pub use chain::{Chain, Members, Tail, Torn};
pub use file::{LogFile, Storage, Unusable};
pub use line::{Details, Line, Step, Subject};

use crate::http::Method;
use crate::limits;
use formsmith_api::protocol::to_iso_8601;
use formsmith_wire::Code;
use log::Log;
use serde_json::{Value, json};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use terminal::Terminal;

const HEAL: &str = "Make room, or fix what prevents the file from being written. Changes are \
                    allowed again as soon as it can be written.";

/// Where the lines go. The default is nowhere.
#[derive(Clone, Default)]
pub struct Audit(Option<Arc<Sinks>>);

struct Sinks {
    terminal: Option<Terminal>,
    log: Option<Log>,
    /// Tells this process from others that wrote to the same log.
    process: String,
    requests: AtomicU64,
    is_cutting_off: AtomicBool,
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Audit")
    }
}

impl Audit {
    /// To stderr, and to a log in this file.
    pub fn new(file: Option<&Path>) -> Result<Self, Unusable> {
        let log =
            file.map(|path| Log::start(Box::new(LogFile::new(path)), limits::AUDIT_WRITE_TIME));
        Self::with(Some(Terminal::start()), log.transpose()?)
    }

    /// To a log that is kept there, in which a write is given up after so long.
    pub fn kept(storage: impl Storage + 'static, patience: Duration) -> Result<Self, Unusable> {
        Self::with(None, Some(Log::start(Box::new(storage), patience)?))
    }

    fn with(terminal: Option<Terminal>, log: Option<Log>) -> Result<Self, Unusable> {
        let mut process = [0; 4];
        getrandom::fill(&mut process).map_err(|error| Unusable(error.to_string()))?;
        Ok(Self(Some(Arc::new(Sinks {
            terminal,
            log,
            process: hex::encode(process),
            requests: AtomicU64::new(0),
            is_cutting_off: AtomicBool::new(false),
        }))))
    }

    /// The line of a request that has just come.
    pub fn line(&self, method: &Method) -> Line {
        Line::new(self, method)
    }

    /// Goes on in the file that has the log's name now.
    pub fn reopen(&self) {
        if let Some(log) = self.log() {
            log.reopen();
        }
    }

    /// What `/api/status` warns of.
    pub fn warnings(&self) -> Vec<Value> {
        let trouble = self.log().and_then(Log::trouble);
        let warning = |why| {
            json!({
                "code": Code::AuditUnwritable.as_str(),
                "message": format!("Requests that change something are refused until the audit \
                                    log can be written: {why}."),
                "action": HEAL,
            })
        };
        trouble.map(warning).into_iter().collect()
    }

    /// From now on it is the proxy that goes, and not a client, when a request is not answered.
    pub fn cut_off(&self) {
        if let Some(sinks) = &self.0 {
            sinks.is_cutting_off.store(true, Relaxed);
        }
    }

    /// Waits until what was noted so far is written, and not for long.
    pub fn finish(&self) {
        let Some(sinks) = &self.0 else {
            return;
        };
        if let Some(log) = &sinks.log {
            log.finish();
        }
        if let Some(terminal) = &sinks.terminal {
            terminal.finish();
        }
    }

    fn log(&self) -> Option<&Log> {
        self.0.as_ref()?.log.as_ref()
    }
}

impl Sinks {
    /// The number of one more request of this process.
    fn next(&self) -> u64 {
        self.requests.fetch_add(1, Relaxed)
    }
}

/// The time in ISO 8601, to the millisecond.
fn time() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut time = to_iso_8601(since.unwrap_or_default().as_secs_f64()).unwrap_or_default();
    if !time.contains('.') {
        time.truncate(time.len().saturating_sub(1));
        time += ".000Z";
    }
    time
}
