//! Runs that another tab acts for, and runs of another target or account, told event by event.

use crate::story::{LINK, Story, lost, refusals};
use formsmith_run::{Event, Refusal, Target};

#[test]
fn of_two_tabs_only_the_one_that_leads_acts() {
    let mut story = Story::of(LINK);
    let run = story.send();
    story.answered(&run, 0, lost());
    let restored = story.restored(&run);
    let mut other = Story::of(LINK);
    let effects = other.happens(Event::Restored {
        run: Box::new(restored.clone()),
        leads: false,
    });
    assert!(effects.is_empty(), "{effects:?}");
    let effects = other.happens(Event::AskedAgain {
        run: run.clone(),
        rows: Vec::new(),
    });
    let is_refused = |why: &Refusal| matches!(why, Refusal::OtherTab);
    assert!(refusals(&effects).any(is_refused), "{effects:?}");
    let effects = other.happens(Event::Restored {
        run: Box::new(restored),
        leads: true,
    });
    assert!(!effects.is_empty(), "it is read back");
    assert!(other.run(&run).is_reading_back());
}

#[test]
fn what_was_sent_in_one_account_is_read_back_in_that_account_alone() {
    let mut story = Story::of(LINK);
    let run = story.send();
    let mut restored = story.restored(&run);
    let account = |digit: &str| Some(digit.repeat(12));
    restored.place.target = Target::ProxyAws;
    restored.place.account = account("1");
    let mut after = Story::of(LINK);
    let mut moved_to = |account: Option<String>| {
        let target = Target::ProxyAws;
        after.happens(Event::Moved { target, account });
        after.happens(Event::Restored {
            run: Box::new(restored.clone()),
            leads: true,
        });
        after.run(&run).is_reading_back()
    };
    assert!(!moved_to(None), "whose account it is now is not known yet");
    assert!(!moved_to(account("2")));
    assert!(moved_to(account("1")));
}

#[test]
fn another_target_would_answer_for_other_things() {
    let mut story = Story::of(LINK);
    let run = story.send();
    story.answered(&run, 0, lost());
    story.moves_to(Target::PageSandbox);
    story.time_passes();
    assert!(!story.run(&run).is_reading_back());
    story.moves_to(Target::ProxySandbox);
    assert!(story.run(&run).is_reading_back(), "back there it is read");
    story.moves_to(Target::PageSandbox);
    let effects = story.happens(Event::AskedAgain {
        run: run.clone(),
        rows: Vec::new(),
    });
    let is_refused = |why: &Refusal| matches!(why, Refusal::OtherTarget(_));
    assert!(refusals(&effects).any(is_refused), "{effects:?}");
}
