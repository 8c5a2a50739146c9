//! A `credential_process` has limits, and leaves nothing behind.

use crate::endpoint::{Endpoint, ok};
use crate::running::{PROXY, Running, folder};
use crate::sources::{FROM_PROCESS, aws, configured, key, refusal};
use std::fs::{read_to_string, write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};

const MOMENT: Duration = Duration::from_secs(3);

/// A shell command that leaves a grandchild behind, which writes down its number and keeps the
/// output open.
fn with_grandchild(file: &Path, then: &str) -> String {
    let file = file.display();
    format!("sleep 1000 & echo $! > {file}.new; mv {file}.new {file}; {then}")
}

/// The grandchild that was written down.
fn grandchild(file: &Path) -> String {
    let started = Instant::now();
    loop {
        if let Ok(number) = read_to_string(file) {
            return number.trim().to_owned();
        }
        assert!(started.elapsed() < 5 * MOMENT, "it was not started");
        sleep(Duration::from_millis(10));
    }
}

/// What was killed may wait as a zombie for whoever adopted it.
fn is_gone(process: &str) -> bool {
    let mut state = Command::new("ps");
    let state = state.args(["-o", "stat=", "-p", process]);
    let Output { stdout, .. } = state.output().unwrap();
    let state = String::from_utf8(stdout).unwrap();
    state.trim().is_empty() || state.trim().starts_with('Z')
}

fn assert_gone(file: &Path) {
    let (process, started) = (grandchild(file), Instant::now());
    while !is_gone(&process) {
        assert!(started.elapsed() < MOMENT, "{process} is still there");
        sleep(Duration::from_millis(20));
    }
}

/// The proxy as the helper that runs a process, with this limit.
fn helped(command: &str, limit: Duration) -> Command {
    let hexadecimal: Vec<_> = command.bytes().map(|byte| format!("{byte:02x}")).collect();
    let command = format!("x{}", hexadecimal.concat());
    let limit = limit.as_millis().to_string();
    let mut helper = Command::new(PROXY);
    helper.args(["credential-process", &limit, &command]);
    helper
}

fn profile(command: &str) -> String {
    format!("[default]\ncredential_process = {command}\n")
}

fn answer(folder: &Path) -> PathBuf {
    let answer = folder.join("answer.json");
    write(&answer, FROM_PROCESS).unwrap();
    answer
}

#[test]
fn what_a_credential_process_leaves_behind_is_ended_with_it() {
    let folder = folder("grandchild");
    let (file, answer) = (folder.join("number"), answer(&folder));
    let command = with_grandchild(&file, &format!("cat {}", answer.display()));
    let aws = aws();
    let mut proxy = configured(&aws, &folder, &profile(&command));
    let started = Instant::now();
    assert_eq!(key(&aws, &mut proxy), "AKIDPROCESS");
    assert!(started.elapsed() < 3 * MOMENT, "{:?}", started.elapsed());
    assert_gone(&file);
}

#[test]
fn a_credential_process_that_takes_too_long_is_ended_with_all_it_started() {
    let folder = folder("slow-process");
    let file = folder.join("number");
    let started = Instant::now();
    let command = with_grandchild(&file, "trap '' TERM; sleep 1000; echo no");
    let ended = helped(&command, Duration::from_millis(300)).output();
    let Output { status, stdout, .. } = ended.unwrap();
    assert!(started.elapsed() < MOMENT, "{:?}", started.elapsed());
    assert_eq!((status.code(), stdout.as_slice()), (Some(1), &b""[..]));
    assert_gone(&file);
}

#[test]
fn a_credential_process_that_takes_too_long_is_told() {
    let folder = folder("never-ending-process");
    let file = folder.join("number");
    let aws = aws();
    let command = with_grandchild(&file, "sleep 1000");
    let started = Instant::now();
    let proxy = Running::start(&mut configured(&aws, &folder, &profile(&command)));
    let told = proxy.status()["identity"]["error"].clone();
    assert_eq!(told["code"], "credentials-timeout", "{told}");
    // Below the patience with any source.
    assert!(started.elapsed() < Duration::from_secs(19));
    assert_gone(&file);
}

#[test]
fn a_credential_process_ends_with_the_proxy_however_that_ends() {
    let folder = folder("orphaned-process");
    for signal in ["-KILL", "-TERM"] {
        let file = folder.join(format!("number{signal}"));
        let aws = aws();
        let command = with_grandchild(&file, "sleep 1000");
        let proxy = Running::start(&mut configured(&aws, &folder, &profile(&command)));
        let token = format!("X-Formsmith-Token: {}\r\n", proxy.token);
        std::thread::scope(|scope| {
            let mut stream = proxy.connect();
            let request = format!(
                "GET /api/status HTTP/1.1\r\nHost: {}\r\n{token}\r\n",
                proxy.host
            );
            std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
            grandchild(&file);
            proxy.signal(signal);
            // A client that has gone keeps it no longer.
            drop(stream);
            scope.spawn(|| assert_gone(&file));
        });
    }
}

#[test]
fn a_credential_process_that_writes_without_end_is_told() {
    let folder = folder("endless-process");
    let aws = aws();
    let started = Instant::now();
    let failure = refusal(
        &aws,
        &mut configured(&aws, &folder, &profile("yes hunter2")),
    );
    assert!(started.elapsed() < 3 * MOMENT, "{:?}", started.elapsed());
    assert_eq!(failure["code"], "credentials-failed");
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("64 KiB"), "{failure}");
    assert!(!failure.to_string().contains("hunter2"), "{failure}");

    for (bytes, is_whole) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let command = format!("head -c {bytes} /dev/zero");
        let ended = helped(&command, Duration::from_secs(10)).output().unwrap();
        assert_eq!(ended.status.success(), is_whole);
        assert_eq!(ended.stdout.len(), if is_whole { bytes } else { 0 });
    }
}

const ASSUMED: &str = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
    <AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId>\
    <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
    <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
    <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/tester/s</Arn>\
    <AssumedRoleId>b</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>";

#[test]
fn a_credential_process_is_a_source_for_roles_of_other_profiles_and_files() {
    let folder = folder("process-of-another");
    let answer = answer(&folder);
    let credentials = folder.join("credentials");
    let process = format!(
        "[other]\ncredential_process = cat {} # as it is\n  true\n",
        answer.display()
    );
    write(&credentials, process).unwrap();
    let text = "[default]\nrole_arn = arn:aws:iam::111122223333:role/tester\n\
                source_profile = other\n[profile other]\nregion = eu-west-1\n";
    for (profile, expected) in [("other", "AKIDPROCESS"), ("default", "AKIDROLE")] {
        let aws = aws();
        let sts = Endpoint::start(|_| ok(ASSUMED));
        let mut proxy = configured(&aws, &folder, text);
        proxy
            .env("AWS_SHARED_CREDENTIALS_FILE", &credentials)
            .env("AWS_ENDPOINT_URL_STS", sts.url())
            .args(["--profile", profile]);
        assert_eq!(key(&aws, &mut proxy), expected);
        let asked: Vec<_> = sts
            .received()
            .iter()
            .map(|it| it.key().to_owned())
            .collect();
        let is_role = expected == "AKIDROLE";
        assert_eq!(asked, if is_role { vec!["AKIDPROCESS"] } else { vec![] });
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_the_place_of_the_profiles_is_told_and_keeps_nobody_waiting() {
    let folder = folder("fifo");
    let fifo = folder.join("fifo");
    let made = Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    let large = folder.join("large");
    write(&large, "#".repeat(1024 * 1024 + 1)).unwrap();
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        for (place, why) in [
            (fifo.as_path(), "regular file"),
            (Path::new("/dev/zero"), "regular file"),
            (&folder, "regular file"),
            (&large, "1 MiB"),
        ] {
            let aws = aws();
            let mut proxy = configured(&aws, &folder, "");
            let started = Instant::now();
            let failure = refusal(&aws, proxy.env(variable, place));
            assert!(started.elapsed() < MOMENT, "{:?}", started.elapsed());
            assert_eq!(failure["code"], "credentials-failed");
            let message = failure["message"].as_str().unwrap();
            assert!(message.contains(variable), "{failure}");
            assert!(message.contains(why), "{failure}");
            // The environment needs no file.
            let proxy = proxy
                .env("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
                .env("AWS_SECRET_ACCESS_KEY", "s");
            assert_eq!(key(&aws, proxy), "AKIDENVIRONMENT");
        }
    }
    let aws = aws();
    let failure = refusal(
        &aws,
        configured(&aws, &folder, "").env("AWS_CONFIG_FILE", "/dev/null"),
    );
    assert_eq!(
        failure["code"], "no-credentials",
        "that is how one says none"
    );
}

/// The chain reads this one itself, and waits for it.
#[cfg(unix)]
#[test]
fn a_token_file_that_never_answers_holds_up_only_the_credentials() {
    let folder = folder("token-fifo");
    let fifo = folder.join("fifo");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let aws = aws();
    let mut command = configured(&aws, &folder, "");
    command
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", &fifo)
        .env("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/tester")
        .env("TOKIO_WORKER_THREADS", "1");
    let proxy = Running::start(&mut command);
    let mut stream = proxy.connect();
    let request = format!(
        "GET /api/status HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\n\r\n",
        proxy.host, proxy.token
    );
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    sleep(Duration::from_millis(300));
    let started = Instant::now();
    assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() < MOMENT);
    drop(stream);
    assert_eq!(proxy.stop("-TERM").0, Some(0));
}
