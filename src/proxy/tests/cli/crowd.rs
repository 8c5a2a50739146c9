//! Thousands of connections, and megabytes, of those who want nothing good.

use crate::running::{PROXY, Running, command, isolated};
use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Has the proxy sent this connection away? It says so: what ends by itself, after the time that
/// a head may take, ends with another word or with none.
fn is_sent_away(mut stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let mut word = [0; 12];
    match stream.read(&mut word) {
        Ok(count) => {
            assert_eq!(&word[..count], b"HTTP/1.1 503");
            true
        }
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    }
}

/// Opens so many connections that say nothing, or half of something, and keeps each until the
/// proxy closes it; all but those that may stay.
fn press(proxy: &Running, count: usize, stay: usize) {
    let mut open = VecDeque::new();
    for at in 0..count {
        let mut stream = proxy.connect();
        if at % 2 == 0 {
            stream
                .write_all(b"POST /api/status HTTP/1.1\r\nHo")
                .unwrap();
        }
        open.push_back(stream);
        // This process may have few files as well.
        if open.len() > 400 {
            until_sent_away(&open.pop_front().unwrap());
        }
    }
    while open.len() > stay {
        until_sent_away(&open.pop_front().unwrap());
    }
}

fn until_sent_away(stream: &TcpStream) {
    let started = Instant::now();
    while !is_sent_away(stream) {
        assert!(started.elapsed() < Duration::from_secs(60), "it is not");
        sleep(Duration::from_millis(1));
    }
}

/// Whatever ends it: who asks until it is over ends with it.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A proxy that may open 256 files.
pub fn limited() -> Running {
    let mut shell = Command::new("sh");
    let limited = format!("ulimit -n 256; exec '{PROXY}' --listen 127.0.0.1:0");
    isolated(shell.args(["-c", &limited]));
    Running::start(&mut shell)
}

#[test]
fn two_thousand_half_open_connections_keep_nobody_out_even_with_256_files() {
    let proxy = limited();
    let is_over = AtomicBool::new(false);
    let (slowest, answered) = std::thread::scope(|scope| {
        let good = scope.spawn(|| {
            let (mut slowest, mut answered) = (Duration::ZERO, 0);
            while !is_over.load(Ordering::Relaxed) || answered < 20 {
                let started = Instant::now();
                let answer = proxy.get("/api/status");
                assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                slowest = slowest.max(started.elapsed());
                answered += 1;
            }
            (slowest, answered)
        });
        {
            let _over = Over(&is_over);
            press(&proxy, 2000, 100);
        }
        good.join().unwrap()
    });
    println!("{answered} good requests, the slowest took {slowest:?}");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    let (code, log) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    assert_eq!(log.matches(" 200 ").count(), answered, "{log}");
    let others = log.lines().filter(|line| !line.contains(" 200 "));
    let mut codes = others.map(|line| line.rsplit(' ').next().unwrap());
    assert!(codes.all(|code| ["too-many-connections", "stopping"].contains(&code)));
}

#[test]
fn half_sent_bodies_keep_nobody_out_even_with_256_files() {
    let proxy = limited();
    let mut half = Vec::new();
    for (path, count) in [
        ("/sandbox/", 260),
        ("/api/servicecatalog/us-east-1/", 60),
        ("/api/status", 60),
    ] {
        for _ in 0..count {
            let mut stream = proxy.connect();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: 100\r\n\r\n{{",
                proxy.host
            );
            stream.write_all(head.as_bytes()).unwrap();
            half.push(stream);
        }
    }
    let started = Instant::now();
    for _ in 0..10 {
        assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// The most memory a process has had, in KiB.
#[cfg(target_os = "linux")]
pub fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.unwrap().trim().strip_suffix(" kB").unwrap();
    number.parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn bodies_of_64_mib_do_not_fill_the_memory() {
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
    proxy.get("/api/status");
    let before = peak(proxy.id());
    let part = vec![b'x'; 64 * 1024];
    for (path, host) in [
        ("/sandbox/", proxy.host.as_str()),
        ("/api/servicecatalog/us-east-1/", &proxy.host),
        ("/api/nothing/us-east-1/", &proxy.host),
        ("/api/status", "evil.example"),
    ] {
        let all: Vec<_> = (0..4).map(|_| proxy.connect()).collect();
        std::thread::scope(|scope| {
            for mut stream in all {
                let (part, length) = (&part, 64 * 1024 * 1024);
                scope.spawn(move || {
                    let head = format!(
                        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n"
                    );
                    stream.write_all(head.as_bytes()).unwrap();
                    // It may well be closed on the way.
                    for _ in 0..length / part.len() {
                        if stream.write_all(part).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
    }
    let grown = peak(proxy.id()) - before;
    println!("grown by {grown} KiB, from {before} KiB");
    // A gigabyte was sent. The allocator keeps for a moment what four bodies at the limit took.
    assert!(grown < 24 * 1024, "{grown} KiB more than {before} KiB");
}
