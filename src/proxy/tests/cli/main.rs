//! The command as a person or a script meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod running;

use running::{Running, command, output};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SESSION: &str = "the-session-token-of-this-test";

#[test]
fn help_and_version_are_printed() {
    let (code, help, _) = output(&["--help"]);
    assert_eq!(code, Some(0));
    for option in [
        "--listen",
        "--site",
        "--target",
        "--endpoint",
        "--allow-write",
        "--token",
    ] {
        assert!(help.contains(option), "{option}");
    }
    let (code, version, _) = output(&["--version"]);
    assert_eq!(
        (code, version.as_str()),
        (Some(0), "formsmith-proxy 0.1.0\n")
    );
}

#[test]
fn arguments_that_make_no_sense_end_with_2_and_a_reason() {
    for (arguments, reason) in [
        (&["--no-such-flag"][..], "--no-such-flag"),
        (&["extra"], "extra"),
        (&["--listen"], "--listen"),
        (&["--target", "moon"], "neither sandbox nor aws"),
        (&["--target", "aws", "--endpoint", "ftp://x"], "--endpoint"),
        (
            &["--target", "aws", "--endpoint", "http://user:pass@x/"],
            "--endpoint",
        ),
        (&["--target", "aws", "--endpoint", "x"], "--endpoint"),
        (&["--endpoint", "http://127.0.0.1:1"], "--target aws"),
        (&["--token", ""], "--token"),
        (&["--token", "a b"], "--token"),
        (&["--site", "/nonexistent"], "index.html"),
        (&["--allow-write=yes"], "--allow-write"),
    ] {
        let (code, out, error) = output(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?} {error}");
        assert!(error.contains(reason), "{arguments:?} {error}");
    }
}

#[test]
fn only_loopback_addresses_are_listened_at() {
    for address in [
        "0.0.0.0:0",
        "0:0",
        "[::]:0",
        "::0:0",
        "[::0]:0",
        "[::ffff:0.0.0.0]:0",
        "*:0",
        ":0",
        "192.0.2.1:0",
        "example.com:0",
        "localhost.example:0",
        "[::ffff:127.0.0.1]:0",
        "127.1:0",
        "2130706433:0",
        "0x7f.0.0.1:0",
        "127.0.0.1",
        "8787",
        "127.0.0.1:70000",
        "127.0.0.1:",
        "",
    ] {
        let (code, out, error) = output(&["--listen", address]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{address:?} {error}");
        assert!(error.contains("--listen"), "{address:?} {error}");
    }
    for address in ["127.0.0.1:0", "localhost:0", "127.0.0.2:0"] {
        let proxy = Running::start(&mut command(&["--listen", address]));
        assert!(
            proxy.get("/api/status").starts_with("HTTP/1.1 200"),
            "{address}"
        );
    }
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (code, _, error) = output(&["--listen", &address.to_string()]);
    assert_eq!(code, Some(1));
    let expected = format!("port {} is taken", address.port());
    assert!(error.contains(&expected), "{error}");
}

#[test]
fn the_address_with_a_new_random_token_is_printed_on_one_line() {
    let proxies = [(); 2].map(|()| Running::start(&mut command(&["--listen", "127.0.0.1:0"])));
    for proxy in &proxies {
        assert_eq!(proxy.line.matches("#token=").count(), 1);
        assert_eq!(proxy.token.len(), 64, "32 bytes in hexadecimal");
        assert!(!proxy.host.ends_with(":0"));
        assert!(
            proxy
                .get("/api/status")
                .contains("\"targets\":[\"sandbox\"]")
        );
    }
    assert_ne!(proxies[0].token, proxies[1].token);
}

#[test]
fn with_a_site_the_printed_address_is_the_consoles() {
    let site = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli-site");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(site.join("index.html"), "the console").unwrap();
    let site = site.to_str().unwrap();
    let mut command = command(&["--listen=127.0.0.1:0", "--site", site, "--token=chosen-1"]);
    let proxy = Running::start(&mut command);
    let expected = format!("Console: http://{}/#token=chosen-1\n", proxy.host);
    assert_eq!(proxy.line, expected);
    let page = proxy.get("/");
    assert!(page.ends_with("the console"), "{page}");
    assert!(!page.contains("chosen-1"));
}

#[test]
fn asked_to_end_it_ends_well() {
    for signal in ["-INT", "-TERM"] {
        let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
        proxy.get("/api/status");
        let (code, log) = proxy.stop(signal);
        assert_eq!(code, Some(0), "{signal}");
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines.len(), 1, "one line a request: {log}");
        assert!(lines[0].contains(" GET - - 200 "), "{log}");
    }
}

#[test]
fn credentials_come_from_the_environment_and_show_up_nowhere() {
    let endpoint = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", endpoint.local_addr().unwrap());
    let sent = std::thread::spawn(move || {
        let (mut stream, _) = endpoint.accept().unwrap();
        let mut bytes = [0; 4096];
        let count = stream.read(&mut bytes).unwrap();
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        stream.write_all(answer).unwrap();
        String::from_utf8(bytes[..count].to_vec()).unwrap()
    });
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--target",
        "aws",
        "--endpoint",
        &url,
        "--allow-write",
    ];
    let proxy = Running::start(
        command(&arguments)
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .env("AWS_SESSION_TOKEN", SESSION)
            .env("RUST_LOG", "trace"),
    );
    let status = proxy.get("/api/status");
    assert!(status.contains("\"writes\":true"), "{status}");
    let answer = proxy.send(&rest_request(&proxy, &proxy.token));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let refused = proxy.send(&rest_request(&proxy, "wrong"));
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");

    let sent = sent.join().unwrap().to_lowercase();
    assert!(
        sent.contains("authorization: aws4-hmac-sha256 credential=akidexample/"),
        "{sent}"
    );
    assert!(
        sent.contains(&format!("x-amz-security-token: {SESSION}")),
        "{sent}"
    );
    let signature = sent.split("signature=").nth(1).unwrap()[..64].to_owned();
    let token = proxy.token.clone();
    let (_, log) = proxy.stop("-TERM");
    assert_eq!(log.lines().count(), 3, "{log}");
    for secret in [SECRET, SESSION, &signature, &token, "AKIDEXAMPLE"] {
        let all = format!("{status}{answer}{refused}{log}");
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[test]
fn without_credentials_a_request_is_answered_with_what_to_do() {
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--target",
        "aws",
        "--allow-write",
    ];
    let proxy = Running::start(&mut command(&arguments));
    let answer = proxy.send(&rest_request(&proxy, &proxy.token));
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    assert!(answer.contains("\"code\":\"no-credentials\""), "{answer}");
}

/// The first operation of the embedded models that is asked for by method and path.
fn rest_request(proxy: &Running, token: &str) -> String {
    let model = formsmith_api::model::Model::embedded().unwrap();
    let service = model
        .services()
        .iter()
        .find(|service| service.protocol == formsmith_api::model::Protocol::RestJson1)
        .unwrap();
    let http = service.operations[0].traits.http.as_ref().unwrap();
    format!(
        "{} /api/{}/us-east-1{} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
        http.method, service.endpoint_prefix, http.uri, proxy.host
    )
}
