//! What can be the audit log, and whose it is then.

use super::*;

fn refusal(log: &Path) -> String {
    let started = Instant::now();
    let (code, out, error) = output(&["--listen", "127.0.0.1:0", "--audit", log.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{error}");
    assert!(started.elapsed() < 10 * SECOND, "it does not hang");
    assert!(error.contains(log.to_str().unwrap()), "{error}");
    error
}

#[test]
fn only_a_file_can_be_the_audit_log() {
    let folder = folder("audit-kinds");
    let target = folder.join("target.log");
    let link = folder.join("link.log");
    symlink(&target, &link).unwrap();
    assert!(refusal(&link).contains("symbolic link"));
    assert!(!target.exists(), "it is not followed");
    write(&target, "").unwrap();
    assert!(refusal(&link).contains("symbolic link"));

    let fifo = folder.join("fifo.log");
    let made = Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    assert!(refusal(&fifo).contains("a pipe"));
    assert!(refusal(Path::new("/dev/full")).contains("a device"));
    assert!(refusal(&folder).contains("a folder"));
    refusal(&folder.join("missing/audit.log"));
}

#[test]
fn a_file_that_is_something_else_is_left_as_it_is() {
    let folder = folder("audit-foreign");
    for text in [
        "alias ll='ls -l'\n",
        "2026-01-01T00:00:00Z GET",
        "{}\n",
        "\0\0x\n",
    ] {
        let file = folder.join("foreign");
        write(&file, text).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        assert!(
            refusal(&file).contains("not that of an audit log"),
            "{text}"
        );
        assert_eq!(read_to_string(&file).unwrap(), text);
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o644);
    }
}

#[test]
fn two_proxies_do_not_share_a_log() {
    let log = folder("audit-shared").join("audit.log");
    let path = log.to_str().unwrap();
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0", "--audit", path]));
    assert!(refusal(&log).contains("another proxy"));
    proxy.stop("-TERM");
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0", "--audit", path]));
    proxy.stop("-TERM");
    assert_eq!(told(&log), ["started", "ended", "restarted", "ended"]);
}

#[test]
fn the_audit_file_is_its_owners_only() {
    let folder = folder("audit-mode");
    for (name, before) in [("new", None), ("old", Some(0o666)), ("strict", Some(0o600))] {
        let log = folder.join(name);
        if let Some(mode) = before {
            write(&log, "").unwrap();
            fs::set_permissions(&log, Permissions::from_mode(mode)).unwrap();
        }
        let path = log.to_str().unwrap();
        let _proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0", "--audit", path]));
        let mode = log.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
