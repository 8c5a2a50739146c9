//! What becomes of runs is told where the person is: by the status region, by a notification in
//! the page, and by one of the system if the page is out of sight.

use crate::browser::{focus, notification};
use crate::state::{CHECK_REVIEWED_ID, Console, Form, REVIEWED_ID, Toast};
use crate::state::{FOLLOWING_ID, NOTICE_ID, Notice, RESULT_ID, Route, UNDERWAY_ID};
use formsmith_run::{Event, Run, Told};
use formsmith_words as words;
use leptos::prelude::*;

impl Console {
    pub(super) fn tell_of_run(self, told: &Told) {
        let (Told::Sending { run: id }
        | Told::TryingAgain { run: id, .. }
        | Told::Ended { run: id }
        | Told::CameLate { run: id, .. }
        | Told::ReadBack { run: id }
        | Told::Status { run: id }
        | Told::Followed { run: id }
        | Told::FollowStopped { run: id }
        | Told::FollowFailed { run: id, .. }
        | Told::HeldBack { run: id, .. }
        | Told::NotStored { run: id, .. }) = told;
        let run = self.runs().machine.with_value(|it| it.run(id).cloned());
        let Some(run) = run else { return };
        let form = self.form_of(run.op);
        let is_open = form.is_some_and(Form::is_open);
        let is_seen = is_open && form.is_some_and(|form| form.shows(id));
        if let Told::TryingAgain { .. } = told {
            self.count_down();
        }
        self.move_focus(told, &run, form.filter(|_| is_seen));
        match (told, form) {
            (Told::NotStored { why, .. }, Some(form)) => {
                form.set_notice(Some(Notice::AnswerNotInHistory(*why)));
            }
            (Told::HeldBack { why, .. }, Some(form)) if is_open => {
                form.set_notice(Some(Notice::NotInHistory(*why)));
                focus::soon(NOTICE_ID);
            }
            (Told::HeldBack { why, .. }, _) => {
                let why = words::spoken(words::not_sent(), words::history_trouble(*why));
                self.tell(Err(why));
            }
            _ => {}
        }
        let Some(sentence) = words::told_of_run(told, &run) else {
            return;
        };
        let title = run.op.operation.title();
        // Of a page that is out of sight, also what its form shows.
        if let Told::Followed { .. } = told {
            notification::tell(&title, &sentence);
        }
        if is_seen {
            return self.announce(sentence);
        }
        let sentence = match is_open {
            true => words::earlier_run(&sentence),
            false => words::elsewhere(&title, &sentence),
        };
        match told {
            // What goes on is seen where it goes on, and told elsewhere when it is over.
            Told::Sending { .. } | Told::TryingAgain { .. } | Told::Status { .. } => {
                self.announce(sentence);
            }
            _ => self.show_toast(Toast::OfRun {
                said: sentence,
                tone: run.verdict().tone,
                href: Route::of_runs(std::slice::from_ref(id)),
            }),
        }
    }

    fn move_focus(self, told: &Told, run: &Run, form: Option<Form>) {
        let Some(form) = form else { return };
        match told {
            // The button that was pressed is gone while a further attempt goes on.
            Told::Sending { .. } if run.last().is_some() => focus::soon(UNDERWAY_ID),
            Told::Sending { .. } => form.field_errors.forget(),
            Told::Ended { .. } => {
                form.place_field_errors(run);
                form.select_retryable(run);
                focus::soon(RESULT_ID);
            }
            Told::CameLate { .. } => {
                form.place_field_errors(run);
                form.select_retryable(run);
                // What has the focus there is drawn anew, and so is what opened the review that
                // the answer closes.
                if focus::is_within("#result, #result *") {
                    focus::soon(RESULT_ID);
                } else if focus::is_within("dialog *") {
                    focus::soon_if_lost(RESULT_ID);
                }
            }
            // The button that was pressed has given way to its counterpart.
            Told::FollowStopped { .. } => {
                let last = format!("#{FOLLOWING_ID} > .button:last-child");
                focus::soon_selected(last, FOLLOWING_ID.to_owned());
            }
            _ => {}
        }
    }

    /// Asks whether the end may be told while the page is out of sight.
    pub async fn ask_to_notify(self) {
        let told = match notification::ask().await {
            true => words::will_notify(),
            false => words::will_not_notify(),
        };
        self.announce(told);
    }

    /// An answer of the proxy to what stands in the review.
    pub(super) fn review_told(self, event: Event) {
        // While the proxy is asked the button may be drawn anew, and the focus lost with it.
        let was_pressed = focus::is_at(CHECK_REVIEWED_ID) || focus::is_within("body");
        let is_refused = matches!(&event, Event::Confirmed { told: Err(_), .. });
        self.happen(event);
        // The button may have gone; the one that sends is not where the next press lands, and a
        // second press must not confirm what nobody has read.
        if untrack(|| self.runs().review()).is_none() {
            return;
        }
        match is_refused {
            true => focus::soon(REVIEWED_ID),
            false if was_pressed => {
                focus::soon_selected(format!("#{CHECK_REVIEWED_ID}"), REVIEWED_ID.to_owned());
            }
            false => {}
        }
    }
}
