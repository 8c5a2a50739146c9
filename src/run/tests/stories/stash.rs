//! What a page leaves when it ends, for facts that are not yet stored.

use crate::story::{ASSOCIATE, BATCH, LINK, Story, answer, done, lost};
use formsmith_run::{Entry, Fact, read_entry, stash, unstash};
use serde_json::json;

/// All facts of a run, each with the head that lists show by now.
fn entries(story: &Story, run: &str) -> Vec<Entry> {
    let head = story.head(run);
    let lines = story.lines(run).into_iter().zip(0..);
    let entry = |(line, seq)| Entry {
        run: run.to_owned(),
        seq,
        line,
        head: head.clone(),
    };
    lines.map(entry).collect()
}

fn answered(operation: (&str, &str)) -> Vec<Entry> {
    let mut story = Story::of(operation);
    let run = story.send();
    story.answered(&run, 0, done());
    entries(&story, &run)
}

#[test]
fn how_a_run_ended_comes_back_as_it_would_have_been_stored() {
    let entries = answered(ASSOCIATE);
    let left = unstash(&stash("", entries.clone(), 100_000));
    let [ended] = &left[..] else {
        panic!("{left:?}")
    };
    let known = entries.last().unwrap();
    assert_eq!((ended.seq, &ended.line), (known.seq, &known.line));
    assert_eq!(ended.head, known.head);
    let fact = read_entry(&ended.line);
    assert!(matches!(fact, Some(Fact::Ended { attempt: 0, .. })));
}

#[test]
fn what_several_pages_leave_stands_together_and_nothing_twice() {
    let (mut one, mut other) = (answered(ASSOCIATE), answered(LINK));
    for entry in &mut other {
        entry.run = "another".into();
    }
    let both = stash(&stash("", one.clone(), 100_000), other.clone(), 100_000);
    let again = stash(&both, one.clone(), 100_000);
    let runs = |left: &str| -> Vec<String> { unstash(left).into_iter().map(|it| it.run).collect() };
    let (one, other) = (one.remove(0).run, other.remove(0).run);
    assert_eq!(runs(&both), [one.clone(), other.clone()]);
    assert_eq!(runs(&again), [other, one]);
}

#[test]
fn where_there_is_little_room_the_last_fact_that_fits_is_left() {
    let mut story = Story::of(BATCH);
    let run = story.send();
    let long = json!({"FailedServiceActionAssociations": [], "More": "x".repeat(50_000)});
    story.answered(&run, 0, answer(200, &long));
    let mut entries = entries(&story, &run);
    entries.extend(answered(ASSOCIATE));
    let whole = stash("", entries.clone(), usize::MAX);
    assert_eq!(stash("", entries.clone(), whole.len()), whole);
    for max in [0, 100, 5000, whole.len() - 1] {
        let left = stash("", entries.clone(), max);
        assert!(left.len() <= max.max(30), "{} of {max}", left.len());
        let is_last = |it: &Entry| it.line == entries.last().unwrap().line;
        assert!(unstash(&left).iter().all(is_last));
        assert_eq!(unstash(&left).len(), usize::from(max >= 5000));
    }
}

#[test]
fn what_is_no_such_text_holds_nothing() {
    let whole = stash("", answered(LINK), 100_000);
    let later = whole.replacen("{\"version\":2", "{\"version\":3", 1);
    for text in ["", "{}", "[]", "x", &whole[1..], &later] {
        assert!(unstash(text).is_empty(), "{text}");
    }
}

#[test]
fn a_list_knows_what_can_still_be_taken_back() {
    let mut story = Story::of(BATCH);
    let run = story.send();
    story.answered(&run, 0, done());
    let rows = story.run(&run).rows_to_undo();
    let head = story.head(&run);
    let undone = |rows: &[usize]| {
        let rows = rows.to_vec();
        [formsmith_run::Undone {
            by: "another".into(),
            rows,
        }]
    };
    assert!(head.may_undo_after(&[]));
    assert!(head.may_undo_after(&undone(&rows[1..])));
    assert!(!head.may_undo_after(&undone(&rows)));
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.answered(&run, 0, done());
    assert!(story.head(&run).may_undo_after(&[]));
    assert!(!story.head(&run).may_undo_after(&undone(&[])));
    let run = story.send();
    story.answered(&run, 0, lost());
    assert!(!story.head(&run).may_undo_after(&[]), "nothing is done");
}
