//! Certificates are checked against the system's roots, and nothing turns that off.

use crate::SECRET;
use crate::request::reviewed;
use crate::running::{Running, command};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

/// An endpoint with a certificate of its own for 127.0.0.1: its URL and the certificate. It may
/// answer with a record that is none, after it has read the request.
fn endpoint(breaks_off: bool) -> (String, String) {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut bytes = [0; 4096];
            let is_read = stream.read(&mut bytes).is_ok_and(|count| count > 0);
            if is_read && breaks_off {
                let _ = stream
                    .sock
                    .write_all(b"\x17\x03\x03\x00\x20ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ");
                continue;
            }
            if is_read {
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
                let _ = stream.write_all(answer.as_bytes());
            }
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (url, cert.pem())
}

/// What the proxy tells of the credentials: it asks STS at the endpoint.
fn status(url: &str, roots: Option<&PathBuf>) -> String {
    let proxy = start(url, roots);
    proxy.send(&format!(
        "GET /api/status HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\nConnection: close\r\n\r\n",
        proxy.host, proxy.token
    ))
}

fn start(url: &str, roots: Option<&PathBuf>) -> Running {
    let options = ["--listen=127.0.0.1:0", "--target=aws", "--allow-write"];
    let mut command = command(&options);
    command
        .args(["--endpoint", url])
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", SECRET);
    match roots {
        Some(file) => command.env("SSL_CERT_FILE", file),
        None => command.env_remove("SSL_CERT_FILE"),
    };
    Running::start(&mut command)
}

fn vouching_for(certificate: &str, name: &str) -> PathBuf {
    let roots = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&roots, certificate).unwrap();
    roots
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (url, certificate) = endpoint(false);
    let refused = status(&url, None);
    assert!(refused.contains("\"upstream-tls\""), "{refused}");

    let roots = vouching_for(&certificate, "roots.pem");
    let taken = status(&url, Some(&roots));
    assert!(
        taken.contains("\"identity-not-told\""),
        "vouched for: {taken}"
    );
}

#[test]
fn a_secure_connection_that_breaks_after_the_request_leaves_the_outcome_open() {
    let (url, certificate) = endpoint(true);
    let roots = vouching_for(&certificate, "roots-of-one-that-breaks.pem");
    let proxy = start(&url, Some(&roots));
    let answer = proxy.send(&reviewed(&proxy));
    assert!(answer.contains("\"sent\":\"unknown\""), "{answer}");
    assert!(!answer.contains("upstream-tls"), "{answer}");
}
