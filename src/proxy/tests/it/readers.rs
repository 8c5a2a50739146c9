//! Clients that are slow to take their answer, or never do.

use super::running::{Running, read, start};
use formsmith_proxy::Limits;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

const FILE: usize = 24 * 1024 * 1024;
const MOMENT: Duration = Duration::from_millis(100);

/// A proxy with a file that fits into no socket's buffers, and how long a client may take
/// nothing of it.
fn serving(name: &str, patience: Duration) -> Running {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&site).unwrap();
    fs::write(site.join("index.html"), "the console").unwrap();
    fs::write(site.join("large.bin"), vec![b'x'; FILE]).unwrap();
    start(|config| {
        config.site = Some(site.into());
        config.limits = Limits {
            total: patience,
            ..Limits::default()
        };
    })
}

/// A client that has asked for the file.
fn asking(proxy: &Running) -> TcpStream {
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    let host = proxy.address;
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

#[test]
fn a_slow_client_gets_its_whole_answer_whatever_crowd_comes() {
    let proxy = serving("readers-slow", Duration::from_secs(30));
    let mut slow = asking(&proxy);
    let mut bytes = vec![0; 1024];
    slow.read_exact(&mut bytes).unwrap();
    for _ in 0..3 {
        let _crowd: Vec<_> = (0..100)
            .map(|_| TcpStream::connect(proxy.address).unwrap())
            .collect();
        assert_eq!(proxy.get("/").status, 200);
    }
    slow.read_to_end(&mut bytes).unwrap();
    let answer = read(&bytes);
    assert_eq!((answer.status, answer.body.len()), (200, FILE));
}

#[test]
fn a_client_that_takes_nothing_of_its_answer_loses_it() {
    let proxy = serving("readers-none", 10 * MOMENT);
    let mut never = asking(&proxy);
    let mut pausing = asking(&proxy);
    sleep(25 * MOMENT);
    let mut bytes = Vec::new();
    let _ = never.read_to_end(&mut bytes);
    assert!(bytes.len() < FILE, "{} bytes", bytes.len());

    // Whoever takes some from time to time is waited for.
    drop(pausing);
    pausing = asking(&proxy);
    let mut bytes = Vec::new();
    let mut part = vec![0; FILE / 10];
    for _ in 0..9 {
        pausing.read_exact(&mut part).unwrap();
        bytes.extend(&part);
        sleep(MOMENT);
    }
    pausing.read_to_end(&mut bytes).unwrap();
    assert_eq!(read(&bytes).body.len(), FILE);
}
