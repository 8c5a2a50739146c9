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
    /// Answers every request with these bytes.
    pub fn start(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let upstream = Self {
            address: listener.local_addr().unwrap(),
            received: Arc::default(),
            connections: Arc::default(),
        };
        let (received, connections) = (upstream.received.clone(), upstream.connections.clone());
        let answer = answer.into();
        thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                *connections.lock().unwrap() += 1;
                let Some(request) = read(&mut stream) else {
                    continue;
                };
                received.lock().unwrap().push(request);
                let _ = stream.write_all(&answer);
                if matches!(then, Then::Hang) {
                    held.push(stream);
                }
            }
        });
        upstream
    }

    /// An ordinary answer of a service.
    pub fn answering(body: &str) -> Self {
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {}\
             \r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        Self::start(answer, Then::Close)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
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
    let length: usize = received.header("content-length").parse().ok()?;
    while received.body.len() < length {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        received.body.extend(&part[..count]);
    }
    Some(received)
}
