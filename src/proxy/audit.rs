//! One line a request: when, what, how it ended. Nothing a client wrote is printed, so no
//! secret and no control character can get in.

use crate::body::Response;
use crate::failure::ERROR_HEADER;
use crate::http::Method;
use formsmith_api::protocol::to_iso_8601;
use std::fs::{File, OpenOptions};
use std::io::{self, Write, stderr};
use std::iter;
use std::path::Path;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Lines that may wait to be written.
const WAITING: usize = 4096;
/// Lines that come within this time are written together.
const TOGETHER: Duration = Duration::from_millis(20);
/// How long the end waits for the last of them.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where the lines go. They are written by a thread of their own: a terminal that has stopped or
/// a disk that is slow keeps no request waiting. What doesn't fit is left out and counted.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    writer: Option<SyncSender<Message>>,
    left_out: Arc<AtomicU64>,
    is_cutting_off: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Message {
    Line(String),
    /// Everything before is to be written; then this is answered.
    Written(SyncSender<()>),
}

impl Audit {
    /// To stderr, and to the end of a file, which is made if there is none, readable by its owner
    /// only.
    pub fn new(file: Option<&Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = file.map(|path| options.open(path)).transpose()?;
        let (writer, messages) = sync_channel(WAITING);
        let left_out = Arc::new(AtomicU64::new(0));
        let counted = left_out.clone();
        thread::spawn(move || write(&messages, file, &counted));
        Ok(Self {
            writer: Some(writer),
            left_out,
            is_cutting_off: Arc::default(),
        })
    }

    /// From now on it is the proxy that goes, and not a client, when a request is not answered.
    pub fn cut_off(&self) {
        self.is_cutting_off.store(true, Relaxed);
    }

    /// Waits until what was noted so far is written, and not for long.
    pub fn finish(&self) {
        let (done, written) = sync_channel(1);
        if let Some(writer) = &self.writer
            && writer.try_send(Message::Written(done)).is_ok()
        {
            let _ = written.recv_timeout(PATIENCE);
        }
    }

    fn write(&self, line: String) {
        if let Some(writer) = &self.writer
            && writer.try_send(Message::Line(line)).is_err()
        {
            self.left_out.fetch_add(1, Relaxed);
        }
    }
}

/// A log nobody can read any more is not worth a failed request.
fn write(messages: &Receiver<Message>, mut file: Option<File>, left_out: &AtomicU64) {
    for first in messages {
        // To be woken for each line would cost a request more than the line does.
        if matches!(first, Message::Line(_)) {
            thread::sleep(TOGETHER);
        }
        let (mut lines, mut asking) = (String::new(), None);
        for message in iter::once(first).chain(messages.try_iter()) {
            match message {
                Message::Line(line) => lines += &line,
                Message::Written(done) => asking = Some(done),
            }
        }
        let missing = left_out.swap(0, Relaxed);
        if missing > 0 {
            lines += &format!("{missing} lines were left out: they came too fast to be written\n");
        }
        let _ = stderr().write_all(lines.as_bytes());
        if let Some(file) = &mut file {
            let _ = file.write_all(lines.as_bytes());
        }
        if let Some(done) = asking {
            let _ = done.try_send(());
        }
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
        if self.audit.writer.is_none() {
            return;
        }
        let subject = self.line.0.lock().unwrap_or_else(PoisonError::into_inner);
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        let line = format!(
            "{} {} {} {} {} {} {status} {}ms {}\n",
            time(SystemTime::now()),
            known(&self.method),
            word(&subject.service),
            word(&subject.operation),
            word(&subject.region),
            word(&subject.hash),
            self.started.elapsed().as_millis(),
            code.unwrap_or("-"),
        );
        self.audit.write(line);
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.is_written {
            let code = match self.audit.is_cutting_off.load(Relaxed) {
                true => "cut-off",
                false => "client-gone",
            };
            self.write("-", Some(code));
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
