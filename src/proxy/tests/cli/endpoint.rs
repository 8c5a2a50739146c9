//! A stand-in for whatever the command talks to: AWS, and sources of credentials.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub const ARN: &str = "arn:aws:sts::111122223333:assumed-role/tester/session";

/// One request as it came, head and body.
#[derive(Debug, Clone)]
pub struct Received(pub String);

impl Received {
    /// Method and path.
    pub fn line(&self) -> &str {
        let (line, _) = self.0.split_once(" HTTP/1.1").unwrap();
        line
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The key that signed it.
    pub fn key(&self) -> &str {
        let authorization = self.header("Authorization").unwrap();
        let (_, rest) = authorization.split_once("Credential=").unwrap();
        rest.split('/').next().unwrap()
    }

    pub fn signature(&self) -> &str {
        let authorization = self.header("Authorization").unwrap();
        authorization.split_once("Signature=").unwrap().1
    }

    fn is_for_sts(&self) -> bool {
        self.0.contains("Action=GetCallerIdentity")
    }
}

pub struct Endpoint {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Endpoint {
    /// Answers as the function says; no bytes are no answer.
    pub fn start(answer: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = Self {
            address: listener.local_addr().unwrap(),
            received: Arc::default(),
        };
        let (received, answer) = (endpoint.received.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, received) = (stream.unwrap(), received.clone());
                let answer = answer.clone();
                thread::spawn(move || {
                    let Some(request) = read(&mut stream) else {
                        return;
                    };
                    received.lock().unwrap().push(request.clone());
                    let _ = stream.write_all(&answer(&request));
                });
            }
        });
        endpoint
    }

    /// AWS, where STS knows the caller and everything else is answered so.
    pub fn aws(answer: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Self {
        let caller = format!(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{ARN}</Arn>\
             <Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        );
        Self::start(move |request| match request.is_for_sts() {
            true => ok(&caller),
            false => answer(),
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// What did not go to STS.
    pub fn operations(&self) -> Vec<Received> {
        let mut all = self.received();
        all.retain(|request| !request.is_for_sts());
        all
    }
}

pub fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", "", body)
}

/// `more` is whole lines.
pub fn answer(status: &str, more: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{more}Content-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap_or("0");
            let length: usize = length.lines().next()?.parse().ok()?;
            if bytes.len() >= end + 4 + length {
                return Some(Received(String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        match stream.read(&mut part) {
            Ok(count) if count > 0 => bytes.extend(&part[..count]),
            _ => return None,
        }
    }
}
