//! Pages after the first, told event by event.

use crate::story::{LIST, Story, answer, refused, throttled};
use formsmith_run::{Event, Notification, PagesStep, ReadFailure, Target};
use serde_json::{Value, json};

/// A page of one action, and the token for the next.
fn page(id: &str, next: Option<&str>) -> Value {
    let mut page = json!({"ServiceActionSummaries": [{"Id": id}]});
    if let Some(token) = next {
        page["NextPageToken"] = token.into();
    }
    page
}

/// A list whose first page is there, and its run.
fn listed() -> (Story, String) {
    let mut story = Story::of(LIST);
    let run = story.send();
    story.answered(&run, 0, answer(200, &page("a", Some("t1"))));
    (story, run)
}

fn asks(story: &mut Story, run: &str, most: usize) {
    story.happens(Event::PagesAsked {
        run: run.to_owned(),
        most,
    });
}

fn step(story: &Story, run: &str) -> PagesStep {
    story.run(run).pages().unwrap().step.clone()
}

fn ids(story: &Story, run: &str) -> Vec<String> {
    let outputs = story.run(run).outputs().into_iter();
    let ids = outputs.map(|it| {
        it["ServiceActionSummaries"][0]["Id"]
            .as_str()
            .unwrap()
            .to_owned()
    });
    ids.collect()
}

#[test]
fn pages_are_read_one_after_the_other_to_the_last_and_none_is_stored() {
    let (mut story, run) = listed();
    let stored = story.lines(&run).len();
    asks(&mut story, &run, 20);
    assert_eq!(step(&story, &run), PagesStep::Reading);
    // Another press changes nothing while one is awaited.
    asks(&mut story, &run, 20);
    story.read(&page("b", Some("t2")));
    story.read(&page("c", None));
    assert!(!story.awaits_read());
    assert_eq!(ids(&story, &run), ["a", "b", "c"]);
    assert_eq!(step(&story, &run), PagesStep::Idle);
    assert!(!story.run(&run).may_load_pages());
    assert!(story.notified(&Notification::Pages { run: run.clone() }));
    assert_eq!(story.lines(&run).len(), stored);
    // Found in the store, it has its first page, and the others can be loaded again.
    assert_eq!(story.restored(&run).outputs().len(), 1);
    assert_eq!(story.restored(&run).next_page().unwrap()["PageToken"], "t1");
}

#[test]
fn what_the_pages_took_is_added_up() {
    let (mut story, run) = listed();
    let first = story.run(&run).cost().unwrap();
    assert_eq!(first.pages, 1);
    let of_first = page("a", Some("t1")).to_string().len() as u64;
    assert_eq!(first.bytes, of_first);
    asks(&mut story, &run, 20);
    story.read(&page("b", None));
    let all = story.run(&run).cost().unwrap();
    assert_eq!(all.pages, 2);
    assert_eq!(
        all.bytes,
        of_first + page("b", None).to_string().len() as u64
    );
    assert!(all.ms > first.ms, "{} {}", all.ms, first.ms);
    assert_eq!(story.restored(&run).cost(), Some(first));
}

#[test]
fn after_so_many_pages_the_person_is_asked() {
    let (mut story, run) = listed();
    asks(&mut story, &run, 2);
    story.read(&page("b", Some("t2")));
    story.read(&page("c", Some("t3")));
    assert!(!story.awaits_read());
    assert_eq!(step(&story, &run), PagesStep::Asking);
    asks(&mut story, &run, 1);
    story.read(&page("d", Some("t4")));
    assert_eq!(step(&story, &run), PagesStep::Idle);
    assert_eq!(ids(&story, &run).len(), 4);
}

#[test]
fn what_is_throttled_is_asked_for_again_until_that_is_of_no_use() {
    let (mut story, run) = listed();
    asks(&mut story, &run, 20);
    for _ in 0..5 {
        story.read_ends(throttled());
        assert_eq!(step(&story, &run), PagesStep::Waiting);
        assert!(!story.awaits_read());
        story.time_passes();
    }
    story.read_ends(throttled());
    let PagesStep::Failed(ReadFailure::Refused(_)) = step(&story, &run) else {
        panic!("{:?}", step(&story, &run));
    };
    // Going on begins with the page that failed.
    asks(&mut story, &run, 20);
    story.read(&page("b", None));
    assert_eq!(ids(&story, &run), ["a", "b"]);
}

#[test]
fn what_is_refused_ends_it_and_keeps_what_is_there() {
    let (mut story, run) = listed();
    asks(&mut story, &run, 20);
    story.read(&page("b", Some("t2")));
    story.read_ends(refused());
    assert!(matches!(step(&story, &run), PagesStep::Failed(_)));
    assert_eq!(ids(&story, &run), ["a", "b"]);
    assert!(story.run(&run).may_load_pages());
}

#[test]
fn a_page_that_comes_after_the_stop_is_not_taken() {
    let (mut story, run) = listed();
    asks(&mut story, &run, 20);
    story.happens(Event::PagesStopped { run: run.clone() });
    assert_eq!(step(&story, &run), PagesStep::Idle);
    story.read(&page("b", None));
    assert_eq!(ids(&story, &run), ["a"]);
    assert!(story.run(&run).may_load_pages());
}

#[test]
fn a_token_that_comes_again_ends_it() {
    let (mut story, run) = listed();
    asks(&mut story, &run, 20);
    story.read(&page("b", Some("t2")));
    story.read(&page("c", Some("t1")));
    assert!(!story.awaits_read());
    assert_eq!(step(&story, &run), PagesStep::Repeated);
    assert!(!story.run(&run).may_load_pages());
}

#[test]
fn another_target_is_not_asked_for_the_pages_of_this_one() {
    let (mut story, run) = listed();
    story.moves_to(Target::PageSandbox);
    asks(&mut story, &run, 20);
    assert!(!story.awaits_read());
    let why = ReadFailure::OtherTarget(Target::ProxySandbox);
    assert_eq!(step(&story, &run), PagesStep::Failed(why));
}
