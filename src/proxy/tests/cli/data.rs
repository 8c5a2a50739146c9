//! The folder that keeps the name at which the console lives.

use crate::running::{Running, command, folder};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A console, and where the name is to be kept.
fn site(name: &str) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    let site = folder.join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("index.html"), "the console").unwrap();
    (site, folder.join("deep/data"))
}

fn with_site(site: &Path) -> Command {
    let mut command = command(&["--listen", "127.0.0.1:0", "--site"]);
    command.arg(site);
    command
}

fn with_data(site: &Path, data: &Path) -> Command {
    let mut command = with_site(site);
    command.arg("--data").arg(data);
    command
}

/// The name without the port, and what was said on the way.
fn name(command: &mut Command) -> (String, String) {
    let proxy = Running::start(command);
    let origin = proxy.status()["origin"].as_str().unwrap().to_owned();
    let (name, port) = origin.rsplit_once(':').unwrap();
    assert!(proxy.host.ends_with(&format!(":{port}")), "{origin}");
    let (code, log) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    (name.to_owned(), log)
}

fn refused(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_name_is_made_once_and_kept() {
    let (site, data) = site("data-kept");
    let (first, log) = name(&mut with_data(&site, &data));
    let id = first.strip_prefix("http://formsmith-").unwrap();
    let id = id.strip_suffix(".localhost").unwrap();
    assert_eq!(id.len(), 12);
    assert!(
        id.chars()
            .all(|c| c.is_ascii_lowercase() || ('2'..='7').contains(&c))
    );
    assert!(!log.contains("can't be kept"), "{log}");
    assert!(
        log.contains("is for this run only"),
        "a free port is told: {log}"
    );
    assert_eq!(name(&mut with_data(&site, &data)).0, first);
    let listed = fs::read_dir(&data).unwrap();
    let listed: Vec<_> = listed.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(listed, ["origin"], "nothing else is left there");
    assert_ne!(name(&mut with_data(&site, &data.join("other"))).0, first);
}

#[test]
fn without_data_the_name_is_kept_where_the_system_keeps_data() {
    let (site, folder) = site("data-usual");
    let mut with_xdg = with_site(&site);
    let (first, _) = name(with_xdg.env("XDG_DATA_HOME", &folder).env("HOME", &folder));
    assert_eq!(
        name(&mut with_data(&site, &folder.join("formsmith"))).0,
        first
    );
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let (site, data) = site("data-modes");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (first, _) = name(&mut with_data(&site, &data));
    let file = data.join("origin");
    assert_eq!((mode(&data), mode(&file)), (0o700, 0o600));
    fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(name(&mut with_data(&site, &data)).0, first);
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn a_name_that_can_not_be_kept_is_told() {
    let (site, data) = site("data-unkept");
    let nowhere = |command: &mut Command| {
        command.env_remove("XDG_DATA_HOME").env_remove("HOME");
        name(command)
    };
    fs::create_dir_all(data.parent().unwrap()).unwrap();
    fs::write(&data, "a file where a folder should be").unwrap();
    let (one, log) = name(&mut with_data(&site, &data.join("below")));
    assert!(
        log.contains("the console's address can't be kept: "),
        "{log}"
    );
    assert!(log.contains(data.to_str().unwrap()), "{log}");
    let (other, log) = nowhere(&mut with_site(&site));
    assert!(
        log.contains("neither HOME nor XDG_DATA_HOME is set"),
        "{log}"
    );
    assert_ne!(one, other);
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_can_write_to_is_not_believed() {
    use std::os::unix::fs::PermissionsExt;
    let (site, data) = site("data-open");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("origin"), "abcdefgh2345\n").unwrap();
    for mode in [0o777, 0o1777, 0o770] {
        fs::set_permissions(&data, PermissionsExt::from_mode(mode)).unwrap();
        let (found, log) = name(&mut with_data(&site, &data));
        assert_ne!(found, "http://formsmith-abcdefgh2345.localhost", "{mode:o}");
        assert!(log.contains("other users can write to"), "{log}");
    }
    fs::set_permissions(&data, PermissionsExt::from_mode(0o755)).unwrap();
    let (found, _) = name(&mut with_data(&site, &data));
    assert_eq!(found, "http://formsmith-abcdefgh2345.localhost");
}

#[test]
fn what_is_no_id_is_left_alone_and_told() {
    let (site, data) = site("data-malformed");
    fs::create_dir_all(&data).unwrap();
    let file = data.join("origin");
    for wrong in [
        &b""[..],
        b"\n",
        b"abc\n",
        b"ABCDEFGH2345\n",
        b"abcdefgh2345\n\n",
        b"abcdefgh2345 x",
        b"abcdefgh2341\n",
        b"../../../etc\n",
        b"\xff\xfe\xfd",
    ] {
        fs::write(&file, wrong).unwrap();
        let error = refused(&mut with_data(&site, &data));
        assert!(error.contains(file.to_str().unwrap()), "{error}");
        assert!(
            error.contains("restore the original file, or delete this one"),
            "{error}"
        );
        assert_eq!(fs::read(&file).unwrap(), wrong);
    }
}

#[cfg(unix)]
#[test]
fn a_link_a_pipe_or_a_folder_is_no_id() {
    let (site, data) = site("data-tricks");
    fs::create_dir_all(&data).unwrap();
    let file = data.join("origin");
    let elsewhere = data.join("elsewhere");
    fs::write(&elsewhere, "abcdefgh2345\n").unwrap();
    let tricks: [&dyn Fn(); 4] = [
        &|| std::os::unix::fs::symlink(&elsewhere, &file).unwrap(),
        &|| std::os::unix::fs::symlink("/nonexistent", &file).unwrap(),
        &|| {
            let made = Command::new("mkfifo").arg(&file).status().unwrap();
            assert!(made.success());
        },
        &|| fs::create_dir(&file).unwrap(),
    ];
    for (at, trick) in tricks.iter().enumerate() {
        trick();
        let error = refused(&mut with_data(&site, &data));
        assert!(error.contains("is not a regular file"), "{at}: {error}");
        let _ = fs::remove_file(&file).or_else(|_| fs::remove_dir(&file));
    }
    assert_eq!(fs::read(&elsewhere).unwrap(), b"abcdefgh2345\n");
}

#[test]
fn two_that_start_at_once_agree_on_one_name() {
    let (site, data) = site("data-at-once");
    let names: Vec<String> = std::thread::scope(|scope| {
        let starts = [(); 4].map(|()| scope.spawn(|| name(&mut with_data(&site, &data)).0));
        starts.map(|start| start.join().unwrap()).into()
    });
    assert!(names.iter().all(|one| *one == names[0]), "{names:?}");
}

/// Browsers look for the name at `::1` first.
#[test]
fn a_named_console_is_at_both_loopback_addresses_or_at_none() {
    if TcpListener::bind("[::1]:0").is_err() {
        return; // not every machine has it
    }
    let (site, data) = site("data-both");
    let proxy = Running::start(&mut with_data(&site, &data));
    let (_, port) = proxy.host.rsplit_once(':').unwrap();
    let other = Running::get_at(&format!("[::1]:{port}"), "/index.html");
    assert!(other.ends_with("the console"), "{other}");
    let (code, _) = proxy.stop("-TERM");
    assert_eq!(code, Some(0), "both end");

    let taken = TcpListener::bind("[::1]:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut command = command(&["--listen", &format!("127.0.0.1:{port}"), "--site"]);
    let error = refused(command.arg(&site).arg("--data").arg(&data));
    assert!(
        error.contains(&format!("port {port} is taken at ::1")),
        "{error}"
    );
}

#[test]
fn where_no_browser_looks_for_the_name_there_is_none() {
    let (site, data) = site("data-elsewhere");
    let mut command = command(&["--listen", "127.0.0.2:0", "--site"]);
    let proxy = Running::start(command.arg(&site).arg("--data").arg(&data));
    assert!(proxy.status().get("origin").is_none());
    let (_, log) = proxy.stop("-TERM");
    assert!(
        log.contains("the console has no address of its own at 127.0.0.2"),
        "{log}"
    );
    assert!(!data.exists());
}
