//! One line a request: when, what, how it ended. Nothing a client wrote is printed, so no
//! secret and no control character can get in.

use crate::failure::ERROR_HEADER;
use axum::http::Method;
use axum::response::Response;
use formsmith_api::protocol::to_iso_8601;
use std::fs::{File, OpenOptions};
use std::io::{self, Write, stderr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where the lines go.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    stderr: bool,
    file: Option<Arc<File>>,
}

impl Audit {
    /// To stderr.
    pub fn to_stderr() -> Self {
        Self {
            stderr: true,
            file: None,
        }
    }

    /// And to the end of a file, which is made if there is none, readable by its owner only.
    pub fn and_to_file(mut self, path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        self.file = Some(Arc::new(options.open(path)?));
        Ok(self)
    }

    /// A log nobody can read any more is not worth a failed request.
    fn write(&self, line: &str) {
        let line = format!("{line}\n");
        if self.stderr {
            let _ = stderr().write_all(line.as_bytes());
        }
        if let Some(mut file) = self.file.as_deref() {
            let _ = file.write_all(line.as_bytes());
        }
    }

    fn is_on(&self) -> bool {
        self.stderr || self.file.is_some()
    }
}

/// What a request was about, in the model's words.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    pub service: Option<String>,
    pub operation: Option<String>,
    pub region: Option<String>,
    /// The hash that consent is given to.
    pub hash: Option<String>,
}

/// The line of one request, filled in as more becomes known.
#[derive(Clone, Default)]
pub struct Line(Arc<Mutex<Subject>>);

impl Line {
    pub fn note(&self, write: impl FnOnce(&mut Subject)) {
        write(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Writes a line when the request has ended, also if its client went away before.
pub struct Pending {
    audit: Audit,
    method: Method,
    started: Instant,
    line: Line,
    is_written: bool,
}

impl Pending {
    pub fn new(audit: Audit, method: Method, line: Line) -> Self {
        Self {
            audit,
            method,
            started: Instant::now(),
            line,
            is_written: false,
        }
    }

    pub fn answered(mut self, response: &Response) {
        let code = response.headers().get(ERROR_HEADER);
        let code = code.and_then(|code| code.to_str().ok());
        self.write(response.status().as_str(), code);
    }

    fn write(&mut self, status: &str, code: Option<&str>) {
        self.is_written = true;
        if !self.audit.is_on() {
            return;
        }
        let subject = self.line.0.lock().unwrap_or_else(PoisonError::into_inner);
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        let line = format!(
            "{} {} {} {} {} {} {status} {}ms {}",
            time(SystemTime::now()),
            known(&self.method),
            word(&subject.service),
            word(&subject.operation),
            word(&subject.region),
            word(&subject.hash),
            self.started.elapsed().as_millis(),
            code.unwrap_or("-"),
        );
        self.audit.write(&line);
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.is_written {
            self.write("-", Some("client-gone"));
        }
    }
}

fn time(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    to_iso_8601(since.as_secs_f64()).unwrap_or_default()
}

/// A method may be any word; only the usual ones are repeated.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS
        | Method::TRACE
        | Method::CONNECT => method.as_str(),
        _ => "-",
    }
}
