//! An endpoint that does with each connection what the test says.

use socket2::SockRef;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

pub struct Faulty {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Faulty {
    pub fn start(behave: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let (behave, counted) = (Arc::new(behave), connections.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                counted.fetch_add(1, Ordering::SeqCst);
                let behave = behave.clone();
                thread::spawn(move || behave(stream));
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// Reads the request, then does this.
    pub fn after_request(then: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::start(move |mut stream| {
            if read_request(&mut stream) {
                then(&mut stream);
            }
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Is there a whole request?
pub fn read_request(stream: &mut TcpStream) -> bool {
    request_head(stream).is_some()
}

/// The head of a request, once its body is there as well.
pub fn request_head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let lower = head.to_lowercase();
            let length = lower.split("content-length: ").nth(1).unwrap_or("0");
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if bytes.len() >= end + 4 + length {
                return Some(head);
            }
        }
        match stream.read(&mut part) {
            Ok(count) if count > 0 => bytes.extend(&part[..count]),
            _ => return None,
        }
    }
}

/// Ends a connection with a reset instead of an orderly end.
pub fn reset(stream: &TcpStream) {
    SockRef::from(stream)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
}

/// Writes byte by byte; gives up if nobody reads any more.
pub fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) {
    for byte in bytes.chunks(1) {
        if stream.write_all(byte).is_err() {
            return;
        }
        thread::sleep(pause);
    }
}

pub const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
