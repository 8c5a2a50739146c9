//! The lines for people, on stderr. A terminal that has stopped keeps no request waiting: what
//! doesn't fit is left out and counted.

use super::queue::{IDLE, Queue};
use crate::limits;
use std::io::{Write, stderr};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

#[derive(Debug)]
pub struct Terminal(Arc<Queue<Message>>);

#[derive(Debug)]
enum Message {
    Line(String),
    /// Everything before is to be written; then this is answered.
    Written(SyncSender<()>),
}

impl Terminal {
    pub fn start() -> Self {
        let queue = Arc::new(Queue::default());
        let lines = queue.clone();
        thread::spawn(move || write(&lines));
        Self(queue)
    }

    pub fn write(&self, line: String) {
        self.0.offer(Message::Line(line));
    }

    /// Waits until what was noted so far is written, and not for long.
    pub fn finish(&self) {
        let (done, written) = sync_channel(1);
        self.0.hurry(Message::Written(done));
        let _ = written.recv_timeout(limits::AUDIT_TERMINAL_TIME);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A log nobody can read any more is not worth a failed request.
fn write(queue: &Queue<Message>) {
    let mut messages = Vec::new();
    loop {
        let taken = queue.take(&mut messages, IDLE);
        let (mut lines, mut asking) = (String::new(), None);
        for message in messages.drain(..) {
            match message {
                Message::Line(line) => lines += &line,
                Message::Written(done) => asking = Some(done),
            }
        }
        if taken.left_out > 0 {
            let count = taken.left_out;
            lines += &format!("{count} lines were skipped: they came too fast to be written\n");
        }
        let _ = stderr().write_all(lines.as_bytes());
        if let Some(done) = asking {
            let _ = done.try_send(());
        }
        if taken.is_closed {
            return;
        }
    }
}
