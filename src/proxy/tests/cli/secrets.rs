//! The token and the sandbox's credentials, by a file or by the environment.
#![cfg(unix)]

use crate::running::{Running, command, folder};
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const A_TOKEN: &str = "a-token-of-exactly-32-characters";

const BOTH: [(&str, &str, &str); 2] = [
    ("--token-file", "FORMSMITH_TOKEN", A_TOKEN),
    (
        "--sandbox-credentials-file",
        "FORMSMITH_SANDBOX_CREDENTIALS",
        "AKIDEXAMPLE:a-secret",
    ),
];

fn file(folder: &Path, name: &str, content: &[u8], mode: u32) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, content).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    file
}

/// Exit code and words of a proxy that should not start.
fn refusal(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(output.stdout.is_empty());
    error
}

#[test]
fn the_token_is_taken_from_a_file_or_from_the_environment() {
    let folder = folder("token-file");
    let named = |file: &Path| command(&["--listen=127.0.0.1:0", "--token-file", text(file)]);
    for (at, (content, token)) in [
        (A_TOKEN.to_owned(), A_TOKEN),
        (
            format!("{A_TOKEN}-1\n"),
            "a-token-of-exactly-32-characters-1",
        ),
        (
            format!("{A_TOKEN}-2\r\n"),
            "a-token-of-exactly-32-characters-2",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let file = file(&folder, &at.to_string(), content.as_bytes(), 0o600);
        let mut proxy = Running::start(&mut named(&file));
        proxy.token = token.into();
        assert!(takes(&proxy), "{content:?}; a file precedes the variable");
    }
    let target = file(
        &folder,
        "target",
        b"by-a-link-0123456789-0123456789-",
        0o400,
    );
    let link = folder.join("link");
    std::os::unix::fs::symlink(target, &link).unwrap();
    let mut proxy = Running::start(&mut named(&link));
    proxy.token = "by-a-link-0123456789-0123456789-".into();
    assert!(takes(&proxy));
    assert!(takes(&Running::start(&mut command(&[
        "--listen=127.0.0.1:0"
    ]))));
}

/// Does the proxy know this token as its own?
fn takes(proxy: &Running) -> bool {
    let answer = proxy.send(&format!(
        "POST /api/ticket HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
        proxy.host, proxy.token
    ));
    answer.contains("{\"ticket\":\"")
}

#[test]
fn the_sandbox_checks_signatures_with_what_a_file_or_the_environment_holds() {
    let folder = folder("key-file");
    let keys = file(&folder, "keys", b"AKIDEXAMPLE:a-secret\n", 0o600);
    let plain = command(&["--listen=127.0.0.1:0"]);
    let mut named = command(&["--listen=127.0.0.1:0"]);
    named.args(["--sandbox-credentials-file", text(&keys)]);
    let mut variable = command(&["--listen=127.0.0.1:0"]);
    variable.env("FORMSMITH_SANDBOX_CREDENTIALS", "AKIDEXAMPLE:a-secret");
    for (mut command, checks) in [(plain, false), (named, true), (variable, true)] {
        let proxy = Running::start(&mut command);
        let answer = proxy.send(&format!(
            "POST /sandbox/ HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-amz-json-1.1\r\n\
             X-Amz-Target: AWS242ServiceCatalogService.SearchProductsAsAdmin\r\nContent-Length: 2\r\n\
             Connection: close\r\n\r\n{{}}",
            proxy.host
        ));
        let is_refused = answer.contains("MissingAuthenticationToken");
        assert_eq!(is_refused, checks, "{answer}");
    }
}

#[test]
fn arguments_that_showed_secrets_end_with_2_and_name_what_replaces_them() {
    let old = ["--token", "--sandbox-credentials"];
    for (old, (option, variable, value)) in old.into_iter().zip(BOTH) {
        let joined = format!("{old}={value}");
        for arguments in [&[old, value][..], &[&joined], &[old]] {
            let error = refusal(&mut command(arguments));
            for word in [&format!("{old} is no longer accepted"), option, variable] {
                assert!(error.contains(word), "{error}");
            }
            assert!(!error.contains(value), "{error}");
        }
    }
}

#[test]
fn a_secret_that_is_empty_or_malformed_ends_with_2_and_says_why() {
    let folder = folder("secret-malformed");
    for (option, variable, _) in BOTH {
        let form = match option {
            "--token-file" => "at least 32 characters, only letters, digits and - . _ ~",
            _ => "an access key ID, a colon and a secret",
        };
        for (at, (value, why)) in [
            (&b""[..], "it is empty"),
            (b"two words", form),
            (b"31-characters-are-one-too-few--", form),
            (b"a-token-of-32 characters-or-more", form),
            (b"\xff\xfe", "UTF-8"),
            (b"a\n\n", form),
        ]
        .into_iter()
        .enumerate()
        {
            let file = file(&folder, &format!("{option}{at}"), value, 0o600);
            let by_file = refusal(&mut command(&[option, text(&file)]));
            let by_variable = refusal(command(&[]).env(variable, OsStr::from_bytes(value)));
            assert!(by_file.contains(option) && by_file.contains(text(&file)));
            assert!(by_variable.contains(variable), "{by_variable}");
            for error in [by_file, by_variable] {
                assert!(error.contains(why), "{why}: {error}");
                assert!(!error.contains("two words"), "{error}");
            }
        }
        let long = file(&folder, &format!("{option}-long"), &[b'x'; 4097], 0o600);
        let error = refusal(&mut command(&[option, text(&long)]));
        assert!(error.contains("more than 4096 bytes"), "{error}");
    }
}

#[test]
fn a_file_that_others_can_read_or_that_is_none_is_refused_in_words() {
    let folder = folder("secret-files");
    for (option, _, value) in BOTH {
        for mode in [0o644, 0o640, 0o604, 0o620, 0o601] {
            let file = file(&folder, &format!("{option}{mode}"), value.as_bytes(), mode);
            let error = refusal(&mut command(&[option, text(&file)]));
            assert!(error.contains("chmod 600"), "{mode:o} {error}");
        }
        let pipe = folder.join(format!("pipe{option}"));
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        for file in [&pipe, &folder, Path::new("/dev/null")] {
            let error = refusal(&mut command(&[option, text(file)]));
            assert!(error.contains("it is not a regular file"), "{error}");
        }
        let error = refusal(&mut command(&[option, text(&folder.join("missing"))]));
        assert!(error.contains("missing"), "{error}");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
