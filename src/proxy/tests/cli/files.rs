//! Files, which the command passes on without keeping them.

use crate::running::{Running, TOKEN, folder, signing};
use formsmith_proxy::consent::request_hash;
use formsmith_proxy::hash::{Hashing, sha256_hex};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{sleep, spawn};
use std::time::Duration;

const PART: usize = 64 * 1024;
const PARTS: usize = 2048;
const LENGTH: usize = PARTS * PART;
const PATH: &str = "/api/depot/us-east-1/a";

/// A service with an operation that takes a file and one that gives one.
fn models(name: &str) -> PathBuf {
    let folder = folder(name);
    let http = |method: &str| json!({ "method": method, "requestUri": "/{Key}" });
    let model = json!({
        "metadata": {
            "serviceId": "Depot", "endpointPrefix": "depot", "signatureVersion": "v4",
            "protocol": "rest-xml", "apiVersion": "2020-01-01",
        },
        "operations": {
            "Store": { "name": "Store", "http": http("PUT"), "input": { "shape": "Thing" } },
            "Fetch": { "name": "Fetch", "http": http("GET"), "output": { "shape": "Thing" } },
        },
        "shapes": {
            "Text": { "type": "string" },
            "Bytes": { "type": "blob" },
            "Thing": { "type": "structure", "payload": "Body", "members": {
                "Key": { "shape": "Text", "location": "uri", "locationName": "Key" },
                "Body": { "shape": "Bytes" },
            } },
        },
    });
    let of_service = folder.join("services/depot");
    std::fs::create_dir_all(&of_service).unwrap();
    std::fs::write(of_service.join("0.json"), model.to_string()).unwrap();
    let index = json!({ "services": { "depot": { "operations": [["Store", "Fetch"]] } } });
    std::fs::write(folder.join("index.json"), index.to_string()).unwrap();
    folder
}

/// Tells how many bytes of each request's body came, when its connection has ended.
fn service() -> (String, Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, counts) = channel();
    spawn(move || {
        for stream in listener.incoming() {
            let sender = sender.clone();
            spawn(move || sender.send(serve(stream.unwrap())));
        }
    });
    (url, counts)
}

fn serve(mut stream: TcpStream) -> usize {
    let (head, mut seen) = head(&mut stream);
    let length = head.split("content-length: ").nth(1).unwrap_or("0");
    let length: usize = length.lines().next().unwrap().parse().unwrap();
    let mut part = vec![0; PART];
    while seen < length {
        match stream.read(&mut part) {
            Ok(count) if count > 0 => seen += count,
            _ => return seen,
        }
    }
    let answer = if head.starts_with("get ") { LENGTH } else { 0 };
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {answer}\r\n\r\n"
    );
    for _ in 0..answer / PART {
        let _ = stream.write_all(&part);
    }
    seen
}

/// The head in lower case, and how many bytes came with it.
fn head(stream: &mut TcpStream) -> (String, usize) {
    let mut bytes = Vec::new();
    let mut part = vec![0; PART];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            return (head, bytes.len() - end - 4);
        }
        let count = stream.read(&mut part).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&bytes));
        bytes.extend(&part[..count]);
    }
}

/// A request with consent, of which the head is sent.
fn begin(proxy: &Running, method: &str, operation: &str, hash: &str, more: &str) -> TcpStream {
    let request = request_hash(method, PATH, [], hash);
    let request: String = request.iter().map(|byte| format!("{byte:02x}")).collect();
    let proposal = json!({
        "kind": "one", "service": "depot", "region": "us-east-1", "method": method, "path": "/a",
        "target": null, "operation": operation, "hash": request,
    });
    let proposed = post(proxy, "/api/consents", &proposal.to_string());
    let id = proposed["id"].as_str().unwrap().to_owned();
    let confirmed = post(proxy, &format!("/api/consents/{id}"), "{}");
    assert_eq!(confirmed["confirmed"], true, "{confirmed}");
    let mut stream = proxy.connect();
    let head = format!(
        "{method} {PATH} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
         X-Formsmith-Consent: {id}\r\nX-Formsmith-Operation: {operation}\r\n{more}\
         Connection: close\r\n\r\n",
        proxy.host
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

fn post(proxy: &Running, path: &str, body: &str) -> Value {
    let answer = proxy.send(&format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        proxy.host,
        body.len()
    ));
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn start(name: &str, url: &str) -> Running {
    let models = models(name);
    let mut command = signing(url);
    command
        .args(["--models", models.to_str().unwrap()])
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI");
    Running::start(&mut command)
}

/// A file of zeros is announced.
fn announced() -> (String, String) {
    let mut hashing = Hashing::of(&[]);
    (0..PARTS).for_each(|_| hashing.add(&[0; PART]));
    let hash = hashing.end_hex();
    let header = format!("X-Formsmith-Body-SHA256: {hash}\r\nContent-Length: {LENGTH}\r\n");
    (hash, header)
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_128_mib_pass_without_filling_the_memory() {
    let (url, counts) = service();
    let proxy = start("files-memory", &url);
    let (hash, header) = announced();
    // What any request takes is there before it is measured.
    let mut first = begin(&proxy, "GET", "Fetch", &sha256_hex(&[]), "");
    first.read_to_end(&mut Vec::new()).unwrap();
    let before = crate::crowd::peak(proxy.id());
    let mut up = begin(&proxy, "PUT", "Store", &hash, &header);
    for _ in 0..PARTS {
        up.write_all(&[0; PART]).unwrap();
    }
    let mut answer = String::new();
    up.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut counts = std::iter::from_fn(|| counts.recv_timeout(Duration::from_secs(10)).ok());
    assert!(counts.any(|count| count == LENGTH));
    let up = crate::crowd::peak(proxy.id()) - before;

    let wanted = "X-Formsmith-Answer: file\r\n";
    let mut down = begin(&proxy, "GET", "Fetch", &sha256_hex(&[]), wanted);
    let (mut seen, mut part) = (0, vec![0; PART]);
    // Slower than it comes.
    while let Ok(count @ 1..) = down.read(&mut part) {
        seen += count;
        if seen % (64 * PART) < count {
            sleep(Duration::from_millis(5));
        }
    }
    assert!(seen > LENGTH, "{seen}");
    let both = crate::crowd::peak(proxy.id()) - before;
    println!("grown by {up} KiB for the one that was sent, {both} KiB after the other");
    assert!(both < 24 * 1024, "{both} KiB more than {before} KiB");
}

#[test]
fn a_file_on_its_way_is_told_that_the_proxy_ends() {
    let (url, counts) = service();
    let proxy = start("files-ending", &url);
    let (hash, header) = announced();
    let mut up = begin(&proxy, "PUT", "Store", &hash, &header);
    up.write_all(&[0; PART]).unwrap();
    sleep(Duration::from_millis(300));
    proxy.signal("-TERM");
    let mut answer = String::new();
    up.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.contains("\"code\":\"file-cut-off\""), "{answer}");
    assert!(answer.contains("none of it was stored"), "{answer}");
    let _ = up.shutdown(Shutdown::Both);
    let (code, _) = proxy.ended();
    assert_eq!(code, Some(0));
    assert!(counts.try_iter().all(|count| count < LENGTH));
}
