//! The command as a process, and a client for it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

/// The session token, unless a test has another.
pub const TOKEN: &str = "the-session-token-of-the-test-0123";

pub const PROXY: &str = env!("CARGO_BIN_EXE_formsmith-proxy");

pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROXY);
    command.args(arguments);
    isolated(&mut command);
    command
}

/// Arguments for a proxy that signs and may write.
pub fn signing(endpoint: &str) -> Command {
    let arguments = ["--target", "aws", "--allow-write", "--endpoint", endpoint];
    let mut command = command(&["--listen", "127.0.0.1:0"]);
    command.args(arguments);
    command
}

/// Without the credentials of whoever runs the tests.
pub fn isolated(command: &mut Command) -> &mut Command {
    // With no profiles in it, and a place for the console's name.
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("home");
    std::fs::create_dir_all(&home).unwrap();
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command
        .stdin(Stdio::null())
        .env("HOME", home)
        .env("FORMSMITH_TOKEN", TOKEN)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_CONFIG_FILE", "/nonexistent/config")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials")
}

/// A folder for one test's files.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn output(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// A running proxy and the line it printed first.
pub struct Running {
    child: Child,
    /// Read as it comes: a full pipe would hold the command up.
    log: Option<JoinHandle<String>>,
    out: BufReader<ChildStdout>,
    pub line: String,
    pub host: String,
    pub code: String,
    pub token: String,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let address = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        let mut stderr = child.stderr.take().unwrap();
        let log = spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let (origin, code) = address.split_once("/#code=").unwrap();
        Self {
            host: origin.strip_prefix("http://").unwrap().to_owned(),
            code: code.to_owned(),
            token: TOKEN.to_owned(),
            child,
            out,
            log: Some(log),
            line,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).unwrap();
        stream
    }

    pub fn send(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub fn get(&self, path: &str) -> String {
        self.get_with(path, "")
    }

    /// From an address that the proxy has besides the one it printed.
    pub fn get_at(address: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// `more` is whole lines.
    pub fn get_with(&self, path: &str, more: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{more}Connection: close\r\n\r\n",
            self.host
        ))
    }

    /// What the proxy says about itself to who has the token.
    pub fn status(&self) -> serde_json::Value {
        let token = format!("X-Formsmith-Token: {}\r\n", self.token);
        let answer = self.get_with("/api/status", &token);
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// The next line it prints.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// What it reads, for a command that was given a pipe.
    pub fn stdin(&mut self) -> ChildStdin {
        self.child.stdin.take().unwrap()
    }

    /// What `/api/session` answers to this code.
    pub fn exchange(&self, code: &str) -> String {
        let body = format!("{{\"code\":\"{code}\"}}");
        self.send(&format!(
            "POST /api/session HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.host,
            body.len()
        ))
    }

    pub fn signal(&self, signal: &str) {
        let mut kill = Command::new("kill");
        let sent = kill.args([signal, &self.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Asks it to end, as Ctrl-C does, and gives its exit code and what it wrote to stderr.
    pub fn stop(self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        self.ended()
    }

    /// Waits for its end.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let started = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "it did not end"
            );
            sleep(Duration::from_millis(20));
        }
        let log = self.log.take().unwrap().join().unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
