//! The audit log as a file: how it is opened, rotated, torn and checked.

mod opened;

use crate::endpoint::{ARN, Endpoint, ok};
use crate::request::{Change, reviewed};
use crate::running::{PROXY, Running, command, folder, isolated, output, signing};
use serde_json::Value;
use std::fs::{self, Permissions, read_to_string, write};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

fn with_keys(command: &mut Command) -> &mut Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "a-secret")
}

fn auditing(endpoint: &Endpoint, log: &Path) -> Running {
    let mut command = signing(&endpoint.url());
    command.args(["--audit", log.to_str().unwrap()]);
    Running::start(with_keys(&mut command))
}

fn lines(log: &Path) -> Vec<Value> {
    let text = read_to_string(log).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What each line is: its kind, and for notes and outcomes how it ended.
fn told(log: &Path) -> Vec<String> {
    let word = |line: &Value| match line["kind"].as_str().unwrap() {
        "intent" => "intent".to_owned(),
        _ => line["outcome"].as_str().unwrap().to_owned(),
    };
    lines(log).iter().map(word).collect()
}

/// What a change leaves: it is proposed, confirmed, and sent.
const CHANGED: [&str; 4] = ["proposed", "confirmed", "intent", "answered"];

/// All that was told, with a change where this says so.
fn with_changes(words: &[&str]) -> Vec<String> {
    let words = words.iter().flat_map(|word| match *word {
        "changed" => CHANGED.to_vec(),
        word => vec![word],
    });
    words.map(str::to_owned).collect()
}

fn verify(files: &[&Path]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["verify-audit"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    output(&arguments)
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < 10 * SECOND, "{what}");
        sleep(SECOND / 100);
    }
}

/// Sends the reviewed change, which must succeed.
fn change(proxy: &Running) {
    let answer = proxy.send(&reviewed(proxy));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn killed_before_the_outcome_it_leaves_the_intent() {
    let log = folder("audit-killed").join("audit.log");
    let endpoint = Endpoint::aws(|| {
        sleep(5 * SECOND);
        ok("{}")
    });
    let proxy = auditing(&endpoint, &log);
    let mut waiting = proxy.connect();
    waiting.write_all(reviewed(&proxy).as_bytes()).unwrap();
    wait_until("it was sent", || !endpoint.operations().is_empty());
    assert_eq!(proxy.stop("-KILL").0, None);
    assert_eq!(told(&log), ["started", "proposed", "confirmed", "intent"]);
    let intent = lines(&log).pop().unwrap();
    assert_eq!(intent["hash"], Change::new().hash());
    assert_eq!(intent["arn"], ARN);
    let (code, report, _) = verify(&[&log]);
    assert_eq!(code, Some(0), "{report}");
    let unknown = report.lines().find(|line| line.starts_with("Unknown"));
    let unknown = unknown.expect("how it ended is not known");
    assert!(unknown.contains(intent["id"].as_str().unwrap()), "{report}");
    assert!(
        report.contains("does not say that the proxy ended"),
        "{report}"
    );
}

#[test]
fn a_torn_line_is_told_and_not_joined_to_the_next() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let log = folder("audit-torn").join("audit.log");
    let proxy = auditing(&endpoint, &log);
    change(&proxy);
    proxy.stop("-TERM");
    let whole = fs::read(&log).unwrap();
    let end = whole.len();
    let last = whole[..end - 1]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .unwrap()
        + 1;
    for cut in [last + 1, last + 40, end - 3] {
        write(&log, &whole[..cut]).unwrap();
        let (code, report, error) = verify(&[&log]);
        assert_eq!(code, Some(0), "{error}");
        assert!(report.contains("Torn"), "{report}");
        // A second crash while the first is told of tears one more.
        for again in [false, true] {
            let proxy = auditing(&endpoint, &log);
            change(&proxy);
            proxy.stop("-TERM");
            let (code, report, error) = verify(&[&log]);
            assert_eq!(code, Some(0), "{error}");
            assert!(report.contains("audit.log, line 6."), "{report}");
            let text = fs::read(&log).unwrap();
            assert!(text.starts_with(&whole[..cut]), "nothing is taken away");
            let next = String::from_utf8(text[cut..].to_vec()).unwrap();
            let mut rest = next.lines().skip(1);
            let mut note: &str = rest.next().unwrap();
            if again {
                note = rest.next().unwrap();
            }
            let note: Value = serde_json::from_str(note).unwrap();
            assert_eq!(note["outcome"], "restarted");
            let told = note["tornBytes"].as_u64().unwrap();
            match again {
                false => assert_eq!(told, (cut - last) as u64),
                true => assert!(told > (cut - last) as u64),
            }
            write(&log, &text[..cut + 30]).unwrap();
        }
    }
    // A line that was changed is not taken for a torn one.
    let text = String::from_utf8(whole).unwrap();
    write(&log, text.replace("\"ended\"", "\"begun\"")).unwrap();
    let mut refused = command(&["--listen", "127.0.0.1:0", "--audit", log.to_str().unwrap()]);
    let refused = refused.output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("verify-audit"));
}

#[test]
fn a_log_that_is_rotated_goes_on_in_the_next_file() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let log = folder("audit-rotated").join("audit.log");
    let [first, second] = ["audit.log.2", "audit.log.1"].map(|name| log.with_file_name(name));
    let proxy = auditing(&endpoint, &log);
    for rotated in [&first, &second] {
        change(&proxy);
        // The answer is there before its line is.
        wait_until("the outcome", || told(&log).last().unwrap() == "answered");
        fs::rename(&log, rotated).unwrap();
        proxy.signal("-USR1");
        wait_until("a new file", || {
            log.exists() && read_to_string(&log).unwrap().ends_with('\n')
        });
    }
    change(&proxy);
    // Told again, with nothing to do.
    proxy.signal("-USR1");
    let (code, _) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    assert_eq!(told(&first), with_changes(&["started", "changed"]));
    assert_eq!(told(&second), with_changes(&["continued", "changed"]));
    assert_eq!(told(&log), with_changes(&["continued", "changed", "ended"]));
    assert_eq!(log.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    let (code, report, _) = verify(&[&first, &second, &log]);
    assert_eq!(code, Some(0));
    assert!(report.starts_with("16 lines"), "{report}");
    let (code, report, _) = verify(&[&log]);
    assert_eq!(code, Some(0));
    assert!(report.contains("after number 10"), "{report}");
    for (files, at) in [
        ([&second, &first], "audit.log.2, line 1"),
        ([&first, &log], "audit.log, line 1"),
    ] {
        let (code, _, error) = verify(&files.map(PathBuf::as_path));
        assert_eq!(code, Some(1));
        assert!(error.contains(at), "{error}");
    }
}

#[test]
fn a_log_that_may_not_grow_refuses_writes_and_heals() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let log = folder("audit-full").join("audit.log");
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -f 16; exec \"$0\" \"$@\"", PROXY])
        .args([
            "--listen",
            "127.0.0.1:0",
            "--target",
            "aws",
            "--allow-write",
        ])
        .args([
            "--endpoint",
            &endpoint.url(),
            "--audit",
            log.to_str().unwrap(),
        ]);
    isolated(&mut limited);
    let proxy = Running::start(with_keys(&mut limited));
    let mut written = 0;
    let refused = loop {
        let answer = proxy.send(&reviewed(&proxy));
        if !answer.starts_with("HTTP/1.1 200") {
            break answer;
        }
        written += 1;
        assert!(written < 60, "it has room for some lines only");
    };
    assert!(refused.starts_with("HTTP/1.1 507"), "{refused}");
    assert!(refused.contains("audit-unwritable"), "{refused}");
    assert_eq!(endpoint.operations().len(), written);
    let status = proxy.status();
    assert_eq!(status["warnings"][0]["code"], "audit-unwritable");
    let text = read_to_string(&log).unwrap();
    assert!(
        text.ends_with('\n'),
        "nothing of what failed is left: {text}"
    );

    let full = log.with_file_name("full.log");
    fs::rename(&log, &full).unwrap();
    proxy.signal("-USR1");
    wait_until("it goes on in a new file", || {
        read_to_string(&log).is_ok_and(|text| text.ends_with('\n'))
    });
    let is_healed = || proxy.status()["warnings"] == serde_json::json!([]);
    wait_until("the warning goes", is_healed);
    change(&proxy);
    assert_eq!(endpoint.operations().len(), written + 1);
    let words = [told(&full), told(&log)].concat();
    assert!(
        ["continued", "refused"]
            .iter()
            .all(|word| words.contains(&(*word).to_owned()))
    );
    drop(proxy);
    let (code, report, error) = verify(&[&full, &log]);
    assert_eq!(code, Some(0), "{report}{error}");
}

#[test]
fn a_log_that_was_deleted_goes_on_in_a_new_file() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let log = folder("audit-deleted").join("audit.log");
    let proxy = auditing(&endpoint, &log);
    change(&proxy);
    fs::remove_file(&log).unwrap();
    change(&proxy);
    assert_eq!(proxy.stop("-TERM").0, Some(0));
    let words = told(&log);
    assert_eq!(words.first().unwrap(), "continued");
    assert!(words.contains(&"intent".to_owned()), "{words:?}");
}

/// Starts a proxy that must not start, and gives its reason.
#[test]
fn verify_audit_tells_what_was_done_to_a_log() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let log = folder("audit-verified").join("audit.log");
    let proxy = auditing(&endpoint, &log);
    for _ in 0..3 {
        change(&proxy);
    }
    proxy.stop("-TERM");
    let text = read_to_string(&log).unwrap();
    let whole: Vec<&str> = text.lines().collect();
    let (code, report, _) = verify(&[&log]);
    assert_eq!((code, whole.len()), (Some(0), 14), "{report}");
    assert!(report.starts_with("14 lines"), "{report}");
    assert!(
        !report.contains("Unknown") && !report.contains("not noted"),
        "{report}"
    );

    let changed = whole[3].replace("us-east-1", "us-east-2");
    let orders: [(Vec<&str>, &str, &str); 4] = [
        (
            [&whole[..3], &[&changed], &whole[4..]].concat(),
            "line 4",
            "changed",
        ),
        ([&whole[..3], &whole[4..]].concat(), "line 4", "missing"),
        (
            [&whole[..3], &whole[1..2], &whole[3..]].concat(),
            "line 4",
            "added",
        ),
        (
            [&whole[..3], &[whole[4], whole[3]], &whole[5..]].concat(),
            "line 4",
            "missing",
        ),
    ];
    for (lines, line, why) in orders {
        write(&log, lines.join("\n") + "\n").unwrap();
        let (code, report, error) = verify(&[&log]);
        assert_eq!((code, report.as_str()), (Some(1), ""), "{error}");
        assert!(error.contains(line) && error.contains(why), "{error}");
    }
    // The last lines can be missing without a gap.
    write(&log, whole[..13].join("\n") + "\n").unwrap();
    let (code, report, _) = verify(&[&log]);
    assert_eq!(code, Some(0));
    assert!(report.contains("the last lines are missing"), "{report}");

    let missing = log.with_file_name("missing.log");
    let (code, _, error) = verify(&[&missing]);
    assert_eq!(code, Some(2));
    assert!(error.contains("missing.log can't be read"), "{error}");
    for arguments in [&["verify-audit"][..], &["verify-audit", "--all", "x"]] {
        let (code, out, error) = output(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{error}");
    }
}
