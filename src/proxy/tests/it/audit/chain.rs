//! The chain of lines: whatever is changed in it is found.

use super::file;
use formsmith_proxy::audit::verify::{Report, Unverified, verify};
use formsmith_proxy::audit::{Chain, Members};
use proptest::prelude::*;
use std::path::PathBuf;

/// A log of this many requests, as the proxy writes it.
fn log(texts: &[String]) -> Vec<String> {
    let (mut chain, mut lines) = (Chain::default(), String::new());
    let mut add = |kind: &str, outcome: &str, text: &str| {
        let mut members = Members::default();
        for (name, value) in [("kind", kind), ("outcome", outcome), ("id", text)] {
            members.text(name, value);
        }
        chain.add(&members, &mut lines);
    };
    add("note", "started", "");
    for text in texts {
        add("outcome", "answered", text);
    }
    add("note", "ended", "");
    lines.lines().map(str::to_owned).collect()
}

fn written(name: &str, lines: &[String]) -> PathBuf {
    let file = file(name);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, text).unwrap();
    file
}

fn checked(name: &str, lines: &[String]) -> Result<Report, u64> {
    verify(&[written(name, lines)]).map_err(|error| match error {
        Unverified::Broken(broken) => broken.line,
        Unverified::Unread(file, error) => panic!("{}: {error}", file.display()),
    })
}

proptest! {
    #[test]
    fn whatever_is_written_is_whole_and_is_what_was_written(texts in prop::collection::vec(".*", 0..5)) {
        let lines = log(&texts);
        let report = checked("whole", &lines).unwrap();
        prop_assert_eq!(report.lines, lines.len() as u64);
        prop_assert!(report.has_end);
        for (line, text) in lines[1..].iter().zip(&texts) {
            let read: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(read["id"].as_str(), Some(text.as_str()));
        }
    }

    #[test]
    fn any_change_of_any_character_of_any_line_is_found(
        texts in prop::collection::vec("[a-z]{0,8}", 1..6),
        line in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        change in prop_oneof![
            (1..=255_u8).prop_map(Change::Flip),
            any::<u8>().prop_map(Change::Add),
            Just(Change::Take),
        ],
    ) {
        let lines = log(&texts);
        let mut bytes: Vec<Vec<u8>> = lines.into_iter().map(String::into_bytes).collect();
        let line = line.index(bytes.len());
        let at = at.index(bytes[line].len());
        match change {
            Change::Flip(by) => bytes[line][at] ^= by,
            Change::Add(byte) => bytes[line].insert(at, byte),
            Change::Take => drop(bytes[line].remove(at)),
        }
        let file = file("changed");
        std::fs::write(&file, bytes.join(&b'\n')).unwrap();
        match verify(&[file]) {
            // The last line without its end may just as well have been torn.
            Ok(report) => prop_assert!(line == texts.len() + 1 && report.torn.len() == 1, "{report}"),
            Err(Unverified::Broken(broken)) => prop_assert_eq!(broken.line, line as u64 + 1),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn lines_that_are_taken_out_added_or_moved_are_found(
        texts in prop::collection::vec("[a-z]{0,8}", 2..8),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        what in 0..4,
    ) {
        let lines = log(&texts);
        let (from, to) = (from.index(lines.len()), to.index(lines.len()));
        let mut changed = lines.clone();
        match what {
            0 => drop(changed.remove(from)),
            1 => changed.insert(to, lines[from].clone()),
            2 => changed.swap(from, to),
            // From another log.
            _ => changed[from] = log(&[])[from.min(1)].clone(),
        }
        prop_assume!(changed != lines);
        match checked("moved", &changed) {
            Err(_) => {}
            // Only the last lines can be missing without a gap: their end is told.
            Ok(report) => prop_assert!(!report.has_end && what == 0 && from == lines.len() - 1),
        }
    }
}

#[derive(Debug, Clone)]
enum Change {
    Flip(u8),
    Add(u8),
    Take,
}

#[test]
fn the_first_difference_is_named() {
    let lines = log(&["a", "b", "c", "d"].map(String::from));
    let without = |at: usize| {
        let mut lines = lines.clone();
        lines.remove(at);
        lines
    };
    let mut swapped = lines.clone();
    swapped.swap(2, 3);
    let mut twice = lines.clone();
    twice.insert(4, lines[1].clone());
    let mut exchanged = lines.clone();
    exchanged[2] = log(&["a", "x"].map(String::from))[2].clone();
    let mut changed = lines.clone();
    changed[3] = changed[3].replace("answered", "refused");
    for (lines, line, why) in [
        (without(0), 1, "missing"),
        (without(2), 3, "number 3 is missing"),
        (swapped, 3, "number 3 is missing"),
        (twice, 5, "moved or added"),
        (exchanged, 4, "one of the two was replaced"),
        (changed, 4, "changed"),
        (
            vec!["an old log".to_owned()],
            1,
            "not a line of an audit log",
        ),
    ] {
        match verify(&[written("named", &lines)]) {
            Err(Unverified::Broken(broken)) => {
                assert_eq!(broken.line, line, "{broken}");
                assert!(broken.why.contains(why), "{broken}");
            }
            other => panic!("{other:?}"),
        }
    }
}
