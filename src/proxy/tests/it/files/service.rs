//! A service that does with each request what the test says. STS can be asked here as well.

use crate::faulty::Faulty;
use crate::upstream::{ACCOUNT, ARN, caller};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

/// A request of which the head has arrived.
pub struct Visit {
    pub stream: TcpStream,
    pub head: String,
    /// What was read of the body.
    pub body: Vec<u8>,
    pub length: usize,
}

/// What is known of a request when its connection has ended.
#[derive(Debug, Clone)]
pub struct Got {
    pub head: String,
    pub body: Vec<u8>,
}

impl Got {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

pub struct Service {
    endpoint: Faulty,
    got: Arc<Mutex<Vec<Got>>>,
    is_judging: Arc<AtomicBool>,
}

impl Service {
    pub fn start(behave: impl Fn(&mut Visit) + Send + Sync + 'static) -> Self {
        Self::judging(|_| None, behave)
    }

    /// Answers STS's questions and others as the function says that gets their heads, once it is
    /// to [`judge`](Self::judge).
    pub fn judging(
        verdict: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static,
        behave: impl Fn(&mut Visit) + Send + Sync + 'static,
    ) -> Self {
        let is_judging = Arc::new(AtomicBool::new(false));
        let judges = is_judging.clone();
        let got = Arc::<Mutex<Vec<Got>>>::default();
        let kept = got.clone();
        let endpoint = Faulty::start(move |stream| {
            let Some(mut visit) = Visit::of(stream) else {
                return;
            };
            let head = visit.head.clone();
            let verdict = || judges.load(SeqCst).then(|| verdict(&head)).flatten();
            if visit.length < 100 && visit.read() && visit.is_for_sts() {
                let _ = visit.stream.write_all(&match verdict() {
                    Some(refusal) => refusal,
                    None => caller(ACCOUNT, ARN),
                });
                return;
            }
            match verdict() {
                Some(refusal) => drop(visit.read() && visit.stream.write_all(&refusal).is_ok()),
                None => behave(&mut visit),
            }
            kept.lock().unwrap().push(Got {
                head: visit.head,
                body: visit.body,
            });
        });
        Self {
            endpoint,
            got,
            is_judging,
        }
    }

    /// Takes everything, then answers so.
    pub fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |visit| {
            if visit.read() {
                let _ = visit.stream.write_all(&answer);
            }
        })
    }

    pub fn judge(&self) {
        self.is_judging.store(true, SeqCst);
    }

    pub fn url(&self) -> String {
        self.endpoint.url()
    }

    /// The requests whose connections have ended, when there are so many.
    pub fn got(&self, count: usize) -> Vec<Got> {
        for _ in 0..500 {
            let got = self.got.lock().unwrap().clone();
            if got.len() >= count {
                return got;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("{count} requests have not ended");
    }

    pub fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

impl Visit {
    fn of(mut stream: TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
            bytes.extend(&part[..count]);
        };
        let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
        let lower = head.to_lowercase();
        let length = lower.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
        Some(Self {
            stream,
            head,
            body: bytes.split_off(end + 4),
            length: length.unwrap_or(0),
        })
    }

    fn is_for_sts(&self) -> bool {
        self.body.starts_with(b"Action=GetCallerIdentity")
    }

    /// Reads the whole body; false if the connection ends before.
    pub fn read(&mut self) -> bool {
        self.read_up_to(self.length)
    }

    pub fn read_up_to(&mut self, length: usize) -> bool {
        let mut part = vec![0; 64 * 1024];
        while self.body.len() < length {
            match self.stream.read(&mut part) {
                Ok(count) if count > 0 => self.body.extend(&part[..count]),
                _ => return false,
            }
        }
        true
    }
}
