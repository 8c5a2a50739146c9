//! The command as a person or a script meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(unix)]
mod audit;
mod crowd;
mod data;
mod ending;
mod endpoint;
mod enter;
mod files;
mod noise;
mod parallel;
mod process;
mod profiles;
mod request;
mod running;
mod secrets;
mod sign_in;
mod sources;
mod team;
mod tls;

use running::{Running, command, output};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// So `make serve` and its like start it, although there is a second program.
#[test]
fn cargo_runs_the_proxy() {
    let cargo = std::process::Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--quiet", "--locked", "--", "--version"])
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&cargo.stderr);
    assert!(cargo.status.success(), "{complaint}");
    assert!(cargo.stdout.starts_with(b"formsmith-proxy "));
}

#[test]
fn help_and_version_are_printed() {
    let (code, help, _) = output(&["--help"]);
    assert_eq!(code, Some(0));
    for option in [
        "--listen",
        "--site",
        "--data",
        "--target",
        "--endpoint",
        "--allow-write",
        "--allow-destroy",
        "--allow-permissions",
        "--allow-secrets",
        "--allow-credentials",
        "--allow ",
        "--deny",
        "--regions",
        "--account",
        "--policy",
        "--fips",
        "--dual-stack",
        "--profile",
        "--profiles",
        "--allow-forwarded",
        "--audit",
        "--dangerously-listen-anywhere",
        "--token-file",
        "FORMSMITH_TOKEN",
        "--sandbox-credentials-file",
        "FORMSMITH_SANDBOX_CREDENTIALS",
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
fn shells_complete_it_and_man_shows_it() {
    for (shell, part) in [
        ("bash", "-o default formsmith-proxy"),
        ("zsh", "#compdef formsmith-proxy"),
        ("fish", "complete -c formsmith-proxy"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[formsmith-proxy]"),
    ] {
        let (code, script, error) = output(&["completions", shell]);
        assert_eq!((code, error.as_str()), (Some(0), ""), "{shell}");
        for part in [part, "verify-audit", "allow-write"] {
            assert!(script.contains(part), "{shell}: {part}");
        }
        assert!(!script.contains("sandbox-credentials "), "{shell}");
    }
    let (code, page, _) = output(&["man"]);
    assert_eq!(code, Some(0));
    for part in [".TH formsmith-proxy 1", ".SH OPTIONS", "listen", "explain"] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn what_is_misspelt_is_answered_with_what_was_meant() {
    let (code, _, error) = output(&["--target", "aws", "--allow-wirte"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("'--allow-write'"), "{error}");
    let (code, _, error) = output(&["--listen", "0:0"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("like 127.0.0.1:8787"), "{error}");
}

#[test]
fn arguments_that_make_no_sense_end_with_2_and_a_reason() {
    for (arguments, reason) in [
        (&["--no-such-flag"][..], "--no-such-flag"),
        (&["extra"], "extra"),
        (&["--listen"], "--listen"),
        (&["--target", "moon"], "sandbox, aws"),
        (&["--target", "aws", "--endpoint", "ftp://x"], "--endpoint"),
        (
            &["--target", "aws", "--endpoint", "http://user:pass@x/"],
            "--endpoint",
        ),
        (&["--target", "aws", "--endpoint", "x"], "--endpoint"),
        (&["--endpoint", "http://127.0.0.1:1"], "--target aws"),
        (&["--allow-write"], "--target aws"),
        (&["--allow-destroy"], "--target aws"),
        (&["--allow-everything"], "--allow-everything"),
        (&["--deny", "s3:*"], "--target aws"),
        (&["--target", "aws", "--allow", "s3"], "s3:PutObject"),
        (&["--target", "aws", "--deny", "s3:Get Object"], "--deny"),
        (&["--target", "aws", "--regions", "moon"], "us-east-1"),
        (&["--target", "aws", "--account", "12"], "twelve digits"),
        (
            &["--target", "aws", "--policy", "/nonexistent"],
            "/nonexistent",
        ),
        (&["--target", "aws", "--fips"], "--models"),
        (
            &[
                "--target",
                "aws",
                "--dual-stack",
                "--endpoint",
                "https://a.example",
            ],
            "makes no sense",
        ),
        (
            &["--target", "aws", "--endpoint", "http://192.0.2.1:4566"],
            "in the clear",
        ),
        (&["--token-file"], "--token-file"),
        (&["--token-file", "/nonexistent"], "/nonexistent"),
        (&["--site", "/nonexistent"], "index.html"),
        (&["--data"], "--data"),
        (&["--allow-write=yes"], "--allow-write"),
        (&["--profile", "demo"], "--target aws"),
        (&["--target", "aws", "--profile"], "--profile"),
        (&["--profiles"], "--target aws"),
        (&["--regions", "demo=us-east-1"], "--target aws"),
        (&["--target", "aws", "--regions", "a=moon"], "us-east-1"),
        (
            &["--target", "aws", "--profile", "a", "--profile", "a"],
            "twice",
        ),
        (
            &["--target", "aws", "--profile", "a", "--profiles"],
            "leave out --profile",
        ),
        (&["--dangerously-listen-anywhere=yes"], "--dangerously"),
    ] {
        let (code, out, error) = output(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?} {error}");
        assert!(error.contains(reason), "{arguments:?} {error}");
    }
}

#[test]
fn an_operation_is_explained() {
    let explained = |arguments: &[&str]| {
        let (code, text, error) = output(&[&["explain"], arguments].concat());
        assert_eq!(code, Some(0), "{error}");
        text
    };
    let text = explained(&["servicecatalog:ListServiceActions", "--region", "eu-west-1"]);
    for part in [
        "Class: read\nSources:\n  IAM: access level List\n",
        "AWS's list of operations that read: is on it\n",
        "HTTP method: POST, which says nothing\n",
        "Signed: yes\n",
        "https://servicecatalog.eu-west-1.amazonaws.com, signed for servicecatalog in eu-west-1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = explained(&["athena:StartQueryExecution"]);
    for part in [
        "Class: body",
        "IAM: access level Write\n",
        "ruling, which decides: body. ",
        "Signed: no.",
        "--allow-write",
        "--models",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = explained(&[
        "iam:CreateAccessKey",
        "--allow",
        "iam:*",
        "--deny",
        "*:Create*",
    ]);
    assert!(
        text.contains("Class: credentials") && text.contains("--deny"),
        "{text}"
    );
    let text = explained(&["nobody:KnowsIt"]);
    assert!(
        text.contains("Class: write\nSources:\n  none knows it"),
        "{text}"
    );
    let (code, _, error) = output(&["explain", "s3"]);
    assert!(code == Some(1) && error.contains("s3:PutObject"), "{error}");
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
    let mut fine = vec!["127.0.0.1:0", "localhost:0", "127.0.0.2:0"];
    if has_ipv6() {
        fine.push("[::1]:0");
    }
    for address in fine {
        let proxy = Running::start(&mut command(&["--listen", address]));
        assert!(
            proxy.get("/api/status").starts_with("HTTP/1.1 200"),
            "{address}"
        );
    }
}

/// Not every machine has it.
fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").is_ok()
}

#[test]
fn told_that_it_is_dangerous_it_listens_anywhere_and_answers_to_loopback_names_only() {
    let mut everywhere = vec![("0.0.0.0:0", "127.0.0.1")];
    if has_ipv6() {
        everywhere.push(("[::]:0", "[::1]"));
    }
    for (listen, name) in everywhere {
        let arguments = ["--dangerously-listen-anywhere", "--listen", listen];
        let proxy = Running::start(&mut command(&arguments));
        let (host, port) = proxy.host.rsplit_once(':').unwrap();
        assert_eq!(host, name, "the address can be opened: {}", proxy.line);
        // Whoever listened there in its stead would be taken for it.
        let is_held = TcpStream::connect(format!("127.0.0.1:{port}")).is_ok();
        assert!(is_held, "{listen} is every IPv4 address as well");
        let with_host = |host: &str| {
            proxy.send(&format!(
                "GET /api/status HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
            ))
        };
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            let answer = with_host(host);
            assert!(answer.starts_with("HTTP/1.1 200"), "{host} {answer}");
        }
        for host in ["0.0.0.0", "[::]", "0", "192.0.2.1", "this-machine.local"] {
            let answer = with_host(host);
            assert!(answer.contains("host-not-allowed"), "{host} {answer}");
        }
        let (code, log) = proxy.stop("-TERM");
        assert_eq!(code, Some(0));
        assert!(log.starts_with("formsmith-proxy: DANGER: "), "{log}");
    }
    // Shorthands are not read as addresses even so.
    for address in ["0:0", "*:0", "127.1:0", "example.com:0", ":0"] {
        let arguments = ["--dangerously-listen-anywhere", "--listen", address];
        let (code, out, _) = output(&arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{address}");
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
fn the_address_with_a_code_for_a_new_random_token_is_printed_on_one_line() {
    let proxies = [(); 2].map(|()| {
        let mut command = command(&["--listen", "127.0.0.1:0"]);
        Running::start(command.env_remove("FORMSMITH_TOKEN"))
    });
    let tokens = [0, 1].map(|at| {
        let proxy: &Running = &proxies[at];
        assert_eq!(proxy.line.matches("#code=").count(), 1);
        assert_eq!(proxy.code.len(), 32, "16 bytes in hexadecimal");
        let answer = proxy.exchange(&proxy.code);
        let (_, token) = answer.split_once("\"token\":\"").unwrap();
        let (token, _) = token.split_once('"').unwrap();
        assert_eq!(token.len(), 64, "32 bytes in hexadecimal");
        assert!(!proxy.line.contains(token));
        assert!(!proxy.host.ends_with(":0"));
        assert!(
            proxy
                .get("/api/status")
                .contains("\"targets\":[\"sandbox\"]")
        );
        token.to_owned()
    });
    assert_ne!(tokens[0], tokens[1]);
    assert_ne!(proxies[0].code, proxies[1].code);
}

#[test]
fn with_a_site_the_printed_address_is_the_consoles() {
    let site = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli-site");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(site.join("index.html"), "the console").unwrap();
    let site = site.to_str().unwrap();
    let mut command = command(&["--listen=127.0.0.1:0", "--site", site]);
    let proxy = Running::start(&mut command);
    let expected = format!("Console: http://{}/#code={}\n", proxy.host, proxy.code);
    assert_eq!(proxy.line, expected);
    let page = proxy.get("/");
    assert!(page.ends_with("the console"), "{page}");
    assert!(!page.contains(&proxy.code) && !page.contains(&proxy.token));
}
