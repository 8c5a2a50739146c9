//! A stand-in for an endpoint of AWS that writes down what it is sent.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

#[derive(Debug, Clone)]
pub struct Received {
    /// Method, path and version.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        let mut found = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let (_, value) = found
            .next()
            .unwrap_or_else(|| panic!("no {name}: {self:?}"));
        assert!(found.next().is_none(), "{name} twice: {self:?}");
        value
    }
}

/// Who STS says the caller is.
pub const ACCOUNT: &str = "111122223333";
pub const ARN: &str = "arn:aws:sts::111122223333:assumed-role/tester/session";

/// What follows the answer's bytes.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    Close,
    Hang,
}

pub struct Upstream {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<Mutex<usize>>,
}

impl Upstream {
    /// Answers every request with these bytes. STS can be asked here as well: it knows the
    /// caller, and what it is asked is not written down.
    pub fn start(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let answer = answer.into();
        let sts = caller(ACCOUNT, ARN);
        Self::replying(then, move |request, _| match is_for_sts(request) {
            true => Reply::Aside(sts.clone()),
            false => Reply::Counted(answer.clone()),
        })
    }

    /// Answers as the function says; its second argument is how many were counted before.
    pub fn replying(
        then: Then,
        mut reply: impl FnMut(&Received, usize) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let upstream = Self {
            address: listener.local_addr().unwrap(),
            received: Arc::default(),
            connections: Arc::default(),
        };
        let (received, connections) = (upstream.received.clone(), upstream.connections.clone());
        thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&mut stream) else {
                    *connections.lock().unwrap() += 1;
                    continue;
                };
                let before = received.lock().unwrap().len();
                match reply(&request, before) {
                    Reply::Aside(answer) => drop(stream.write_all(&answer)),
                    Reply::Counted(answer) => {
                        *connections.lock().unwrap() += 1;
                        received.lock().unwrap().push(request);
                        let _ = stream.write_all(&answer);
                        if matches!(then, Then::Hang) {
                            held.push(stream);
                        }
                    }
                }
            }
        });
        upstream
    }

    /// An ordinary answer of a service.
    pub fn answering(body: &str) -> Self {
        Self::start(http("200 OK", &[], body), Then::Close)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// What was received last.
    pub fn last(&self) -> Received {
        self.received.lock().unwrap().last().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

/// What becomes of a request.
pub enum Reply {
    /// Written down and counted.
    Counted(Vec<u8>),
    Aside(Vec<u8>),
}

pub fn is_for_sts(request: &Received) -> bool {
    request.body.starts_with(b"Action=GetCallerIdentity")
}

/// STS's answer.
pub fn caller(account: &str, arn: &str) -> Vec<u8> {
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult><Arn>{arn}</Arn><UserId>AROA:session</UserId>\
         <Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    );
    http("200 OK", &[("Content-Type", "text/xml")], &body)
}

/// An answer after which the connection is closed.
pub fn http(status: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        answer += &format!("{name}: {value}\r\n");
    }
    let length = body.len();
    answer += &format!("Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    answer.into_bytes()
}

/// One request; `None` if the client went away or spoke something else.
fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend(&part[..count]),
        }
        // A TLS handshake begins with 22.
        if bytes[0] == 22 {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut lines = head.lines().map(str::to_owned);
    let mut received = Received {
        line: lines.next()?,
        headers: lines
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect(),
        body: bytes[end + 4..].to_vec(),
    };
    let mut headers = received.headers.iter();
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map_or(Ok(0), |(_, length)| length.parse()).ok()?;
    while received.body.len() < length {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        received.body.extend(&part[..count]);
    }
    Some(received)
}
