//! Runs that another tab acts for, and runs of another target or account, told event by event.

use crate::story::{LINK, LIST, Story, lost, model, refusals};
use formsmith_run::{Ask, Event, OperationRef, Place, Refusal, Target};

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

/// A wait after a change, and the next page of a list, go where the run went that they follow from.
#[test]
fn what_follows_from_an_earlier_run_is_asked_in_no_other_account() {
    let mut story = Story::of(LIST);
    let op = OperationRef::find(model(), LIST.0, LIST.1).unwrap();
    let input = story.input.clone();
    let ask = |account| {
        Event::Asked(Box::new(Ask {
            op,
            place: Place {
                target: Target::ProxyAws,
                region: "us-east-1".into(),
                account,
                profile: None,
                endpoint: None,
            },
            input: input.clone(),
            is_reviewed: false,
            undoes: None,
            account: None,
            waits: None,
        }))
    };
    let mut asked_from = |here: Option<String>| {
        story.happens(Event::Moved {
            target: Target::ProxyAws,
            account: here,
        });
        let effects = story.happens(ask(Some("1".repeat(12))));
        refusals(&effects).cloned().collect::<Vec<_>>()
    };
    let account = "1".repeat(12);
    assert_eq!(
        asked_from(Some("2".repeat(12))),
        [Refusal::OtherAccount {
            account: account.clone()
        }]
    );
    assert_eq!(
        asked_from(None),
        [Refusal::AccountUnknown {
            account: account.clone()
        }]
    );
    assert_eq!(asked_from(Some(account)), []);
}
