//! Enter in the proxy's terminal, or a line in what stands for it.

use crate::running::{PROXY, Running, command, isolated};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

fn with_a_pipe() -> Running {
    let mut command = command(&["--listen", "127.0.0.1:0"]);
    Running::start(command.stdin(Stdio::piped()))
}

fn code(line: &str) -> &str {
    line.trim_end().split_once("/#code=").unwrap().1
}

#[test]
fn each_line_of_stdin_prints_a_new_address() {
    let mut proxy = with_a_pipe();
    let mut stdin = proxy.stdin();
    stdin.write_all(b"\nsome words\n").unwrap();
    let lines = [proxy.next_line(), proxy.next_line()];
    stdin.write_all(b"no line yet").unwrap();
    sleep(Duration::from_millis(200));
    stdin.write_all(b", but now\n").unwrap();
    let last = proxy.next_line();
    let codes = [&proxy.code, code(&lines[0]), code(&lines[1]), code(&last)];
    for (at, code) in codes.iter().enumerate() {
        assert!(!codes[..at].contains(code), "{codes:?}");
        let answer = proxy.exchange(code);
        assert!(answer.contains(&proxy.token), "{answer}");
        assert!(proxy.exchange(code).contains("code-used"));
    }
    for line in lines {
        assert_eq!(line.replace(code(&line), &proxy.code), proxy.line);
    }
}

#[test]
fn it_goes_on_when_stdin_ends_or_was_never_there() {
    let mut ended = with_a_pipe();
    drop(ended.stdin());
    let mut script = Command::new("sh");
    script.args(["-c", "exec \"$0\" --listen 127.0.0.1:0 <&-", PROXY]);
    isolated(&mut script);
    for proxy in [ended, Running::start(&mut script)] {
        sleep(Duration::from_millis(100));
        assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
        assert_eq!(proxy.stop("-TERM").0, Some(0));
    }
}

/// What holds a terminal; all that runs there ends with it.
#[cfg(target_os = "linux")]
struct Terminal(std::process::Child);

#[cfg(target_os = "linux")]
impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A shell at a terminal starts the proxy in the background, reads a line itself, and brings the
/// proxy to the foreground.
#[cfg(target_os = "linux")]
#[test]
fn in_the_background_of_a_terminal_it_takes_nothing_and_is_not_stopped() {
    use std::io::{BufRead, BufReader};
    use std::sync::mpsc::channel;
    use std::thread::spawn;
    let shell = "set -m; \"$PROXY\" --listen 127.0.0.1:0 & id=$!; read -r line; \
                 sleep 0.7; echo shell got $line; \
                 echo state $(cut -d' ' -f3 /proc/$id/stat); fg %1 >/dev/null; echo ended";
    let mut script = Command::new("script");
    script.args(["--quiet", "--flush", "--command", shell, "/dev/null"]);
    isolated(&mut script);
    let started = script
        .env("PROXY", PROXY)
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(script) = started else {
        eprintln!("skipped: there is no script(1) to make a terminal with");
        return;
    };
    let mut script = Terminal(script);
    let mut stdin = script.0.stdin.take().unwrap();
    let (line, lines) = channel();
    let out = BufReader::new(script.0.stdout.take().unwrap());
    spawn(move || {
        out.lines()
            .map_while(Result::ok)
            .all(|it| line.send(it).is_ok())
    });
    let until = |what: &str| {
        let mut seen = Vec::new();
        loop {
            let Ok(line) = lines.recv_timeout(Duration::from_secs(20)) else {
                panic!("no {what:?} after {seen:?}");
            };
            seen.push(line);
            if seen.last().unwrap().contains(what) {
                return seen;
            }
        }
    };
    let first = until("#code=");
    assert!(
        until("Press Enter for a new address").len() == 1,
        "{first:?}"
    );
    stdin.write_all(b"for the shell\n").unwrap();
    let before = until("shell got");
    assert_eq!(before.last().unwrap().trim(), "shell got for the shell");
    assert!(!before.iter().any(|line| line.contains("#code=")));
    let state = until("state").pop().unwrap();
    assert!(!state.contains('T'), "it was stopped: {state}");
    sleep(Duration::from_millis(300));
    // An end of file, as a terminal has it, and then a line.
    stdin.write_all(b"\x04").unwrap();
    sleep(Duration::from_millis(300));
    stdin.write_all(b"\n").unwrap();
    until("#code=");
    stdin.write_all(b"\x03").unwrap();
    until("ended");
}
