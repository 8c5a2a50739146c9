//! The audit log is written ahead: what it must say, and when.

mod chain;
mod disk;
mod ends;

use super::library::{PREFIX, ask, burn, model};
use super::running::{Answer, Running, TOKEN, hash, hex, signing, start};
use super::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use crate::signature;
use disk::Disk;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::audit::verify::verify;
use formsmith_proxy::http::Method;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// Breaks a disk, or mends it.
type Break = fn(&Disk, bool);

const MS: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(20);

fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("audit");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A proxy that signs for the library's model and keeps this log.
fn serving(endpoint: &str, audit: Audit) -> Running {
    start(|config| {
        config.target = signing(endpoint, signature::credentials(None), true);
        config.model = Arc::new(model());
        config.audit = audit;
    })
}

fn write(proxy: &Running) -> Answer {
    proxy.reviewed(PREFIX, &burn(), &[])
}

fn warnings(proxy: &Running) -> Value {
    let host = proxy.address.to_string();
    let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
    let status = proxy.send("GET", "/api/status", &headers, b"");
    assert_eq!(status.status, 200);
    status.json()["warnings"].clone()
}

#[test]
fn a_write_is_sent_only_after_its_line_of_intent_is_on_disk() {
    let disk = Disk::default();
    let seen = disk.clone();
    let upstream = Upstream::replying(Then::Close, move |request, _| match is_for_sts(request) {
        true => Reply::Aside(caller(ACCOUNT, ARN)),
        // What survives a loss of power in this moment.
        false => Reply::Counted(http("200 OK", &[], &json!(seen.lines()).to_string())),
    });
    let proxy = serving(&upstream.url(), disk.audit(LONG));
    disk.change(|disk| disk.stalls = true);
    let answer = scope(|scope| {
        let written = scope.spawn(|| write(&proxy));
        sleep(300 * MS);
        assert_eq!(upstream.connections(), 0, "nothing is sent before");
        // Who only reads does not wait.
        assert_eq!(ask(&proxy).status, 200);
        disk.change(|disk| disk.stalls = false);
        written.join().unwrap()
    });
    let lines = answer.json();
    let intent = lines.as_array().unwrap().last().unwrap();
    let hash = hex(&hash(PREFIX, &burn()));
    for (name, value) in [
        ("kind", "intent"),
        ("method", "POST"),
        ("service", "library"),
        ("operation", "BurnBook"),
        ("region", "us-east-1"),
        ("endpoint", &upstream.address.to_string()),
        ("account", ACCOUNT),
        ("arn", ARN),
        ("hash", &hash),
    ] {
        assert_eq!(intent[name], value, "{name} in {intent}");
    }
    let outcome = disk.wait_for("outcome", 2).pop().unwrap();
    assert_eq!(outcome["id"], intent["id"]);
    assert_eq!(
        (&outcome["status"], &outcome["outcome"]),
        (&json!(200), &json!("answered"))
    );
    let report = verify(&[disk.file("ahead")]).unwrap();
    assert!(report.unknown.is_empty(), "{report}");
}

#[test]
fn where_the_log_cannot_be_written_a_write_is_refused_and_reads_go_on() {
    let broken: [(&str, Break); 2] = [
        ("full", |disk, is_broken| {
            disk.change(|disk| disk.room = is_broken.then_some(0));
        }),
        ("no-sync", |disk, is_broken| {
            disk.change(|disk| disk.cannot_sync = is_broken);
        }),
    ];
    for (name, set) in broken {
        let (disk, upstream) = (Disk::default(), Upstream::answering("{}"));
        let proxy = serving(&upstream.url(), disk.audit(LONG));
        assert_eq!((write(&proxy).status, warnings(&proxy)), (200, json!([])));
        set(&disk, true);
        let answer = write(&proxy);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (507, Some("audit-unwritable")),
            "{name}"
        );
        assert_eq!(answer.json()["sent"], "no");
        assert_eq!(ask(&proxy).status, 200, "{name}");
        let told = warnings(&proxy);
        assert_eq!(told[0]["code"], "audit-unwritable", "{told}");
        for sentence in ["message", "action"] {
            assert!(told[0][sentence].as_str().unwrap().ends_with('.'), "{told}");
        }
        assert_eq!(upstream.connections(), 2, "one write, one read");

        set(&disk, false);
        assert_eq!(write(&proxy).status, 200, "{name}: it heals");
        assert_eq!(warnings(&proxy), json!([]));
        // Nothing that ended in between is missing: the status three times, a read, the writes.
        let outcomes = disk.wait_for("outcome", 7);
        let refused: Vec<_> = outcomes
            .iter()
            .filter(|line| line["outcome"] == "refused")
            .collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0]["code"], "audit-unwritable");
        assert_eq!(
            disk.wait_for("intent", 2).len(),
            2,
            "none of the refused one"
        );
        let report = verify(&[disk.file(name)]).unwrap();
        assert!(
            report.unknown.is_empty() && report.torn.is_empty(),
            "{report}"
        );
    }
}

#[test]
fn a_disk_that_stalls_has_a_write_refused_after_a_while() {
    let (disk, upstream) = (Disk::default(), Upstream::answering("{}"));
    let proxy = serving(&upstream.url(), disk.audit(200 * MS));
    disk.change(|disk| disk.stalls = true);
    let started = Instant::now();
    let answer = write(&proxy);
    assert_eq!(answer.code().as_deref(), Some("audit-unwritable"));
    assert!(started.elapsed() < 3000 * MS, "{:?}", started.elapsed());
    assert_eq!(warnings(&proxy)[0]["code"], "audit-unwritable");
    assert_eq!(upstream.connections(), 0);
    disk.change(|disk| disk.stalls = false);
    disk.wait_for("outcome", 1);
    assert_eq!(write(&proxy).status, 200);
    assert_eq!(warnings(&proxy), json!([]));
}

#[test]
fn writes_that_come_together_go_to_the_disk_together() {
    let (disk, upstream) = (Disk::default(), Upstream::answering("{}"));
    let proxy = serving(&upstream.url(), disk.audit(LONG));
    assert_eq!(write(&proxy).status, 200, "STS was asked");
    disk.wait_for("outcome", 1);
    disk.change(|disk| disk.stalls = true);
    let before = disk.syncs();
    scope(|scope| {
        let written: Vec<_> = (0..20).map(|_| scope.spawn(|| write(&proxy))).collect();
        sleep(300 * MS);
        disk.change(|disk| disk.stalls = false);
        for written in written {
            assert_eq!(written.join().unwrap().status, 200);
        }
    });
    disk.wait_for("outcome", 21);
    let syncs = disk.syncs() - before;
    assert!(syncs < 20, "{syncs} for twenty intents and twenty outcomes");
    assert_eq!(disk.wait_for("intent", 21).len(), 21);
}

#[test]
fn lines_that_find_no_room_are_counted_and_none_of_a_write_is_among_them() {
    const MANY: usize = 10_000;
    let disk = Disk::default();
    let upstream = Upstream::answering("{}");
    let audit = disk.audit(LONG);
    let proxy = serving(&upstream.url(), audit.clone());
    disk.change(|disk| disk.room = Some(0));
    for _ in 0..MANY {
        drop(audit.line(&Method::GET));
    }
    assert_eq!(write(&proxy).code().as_deref(), Some("audit-unwritable"));
    disk.change(|disk| disk.room = None);
    assert_eq!(write(&proxy).status, 200);
    let told = |line: &Value| line["outcome"] == "left-out";
    let notes = disk.wait_for("note", 2);
    let left_out = notes.iter().filter(|line| told(line));
    let left_out: u64 = left_out.map(|line| line["lines"].as_u64().unwrap()).sum();
    // A write is proposed, confirmed and sent, and what was refused has a line as well.
    let written = MANY + 6 - usize::try_from(left_out).unwrap();
    assert_eq!(disk.wait_for_all("outcome", written).len(), written);
    assert!(left_out > 1000 && written > 1000, "{left_out} {written}");
    assert_eq!(disk.wait_for("intent", 1).len(), 1);
    verify(&[disk.file("left-out")]).unwrap();
}
