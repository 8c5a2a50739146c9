//! What becomes of runs is told where the person is: by the status region, by a notification in
//! the page, and by one of the system if the page is out of sight.

use crate::browser::{focus, notification};
use crate::state::WAITING_ID;
use crate::state::{Console, Form, Toast};
use crate::state::{FOLLOWING_ID, NOTICE_ID, Notice, PAGES_ID, RESULT_ID, Route, UNDERWAY_ID};
use formsmith_run::{Notification, Run};
use formsmith_words as words;
use leptos::prelude::*;

impl Console {
    pub(super) fn notify_of_run(self, notification: &Notification) {
        let (Notification::Sending { run: id }
        | Notification::TryingAgain { run: id, .. }
        | Notification::Ended { run: id }
        | Notification::CameLate { run: id, .. }
        | Notification::ReadBack { run: id }
        | Notification::Status { run: id }
        | Notification::Followed { run: id }
        | Notification::FollowStopped { run: id }
        | Notification::FollowFailed { run: id, .. }
        | Notification::AskingAgain { run: id }
        | Notification::Looked { run: id }
        | Notification::Waited { run: id }
        | Notification::Pages { run: id }
        | Notification::HeldBack { run: id, .. }
        | Notification::NotStored { run: id, .. }) = notification;
        let run = self.runs().machine.with_value(|it| it.run(id).cloned());
        let Some(run) = run else { return };
        let form = self.form_of(run.op);
        let is_open = form.is_some_and(Form::is_open);
        let is_seen = is_open && form.is_some_and(|form| form.shows(id));
        if let Notification::TryingAgain { .. } | Notification::AskingAgain { .. } = notification {
            self.count_down();
        }
        if let Some(form) = form.filter(|form| form.shows(id)) {
            match notification {
                Notification::Ended { .. } => form.take_in(&run),
                Notification::CameLate { .. } | Notification::ReadBack { .. } => {
                    form.place_row_outcomes(&run);
                }
                _ => {}
            }
        }
        self.move_focus(notification, &run, form.filter(|_| is_seen));
        match (notification, form) {
            (Notification::NotStored { why, .. }, Some(form)) if is_open => {
                form.set_notice(Some(Notice::AnswerNotInHistory(*why)));
            }
            (Notification::NotStored { why, .. }, _) => {
                // It takes the place of the toast that told the end.
                let verdict = words::verdict(Some(run.op), &run.verdict()).sentence();
                let trouble =
                    words::spoken(words::answer_not_stored(), words::history_trouble(*why));
                let said = words::spoken(&verdict, &trouble);
                let said = words::elsewhere(&run.op.operation.title(), &said);
                self.show_toast(of_run(&run, said));
            }
            (Notification::HeldBack { why, .. }, Some(form)) if is_open => {
                form.set_notice(Some(Notice::NotInHistory(*why)));
                focus::soon(NOTICE_ID);
            }
            (Notification::HeldBack { why, .. }, _) => {
                let why = words::spoken(words::not_sent(), words::history_trouble(*why));
                self.tell(Err(why));
            }
            _ => {}
        }
        let Some(sentence) = words::run_notification(notification, &run) else {
            return;
        };
        let title = run.op.operation.title();
        // Of a page that is out of sight, also what its form shows.
        if let Notification::Followed { .. } | Notification::Waited { .. } = notification {
            notification::tell(&title, &sentence);
        }
        if is_seen {
            return self.announce(sentence);
        }
        let said = match is_open {
            true => words::earlier_run(&sentence),
            false => words::elsewhere(&title, &sentence),
        };
        match notification {
            // What goes on is seen where it goes on, and told elsewhere when it is over.
            Notification::Sending { .. }
            | Notification::TryingAgain { .. }
            | Notification::Looked { .. }
            | Notification::Status { .. } => {
                self.announce(said);
            }
            _ => self.show_toast(of_run(&run, said)),
        }
    }

    fn move_focus(self, notification: &Notification, run: &Run, form: Option<Form>) {
        let Some(form) = form else { return };
        match notification {
            // The button that was pressed is gone while a further attempt goes on.
            Notification::Sending { .. } if run.last().is_some() => focus::soon(UNDERWAY_ID),
            Notification::Sending { .. } => form.field_errors.forget(),
            Notification::Ended { .. } => {
                form.place_field_errors(run);
                form.select_retryable(run);
                focus::soon_beneath(RESULT_ID, STICKING);
            }
            Notification::CameLate { .. } => {
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
            Notification::FollowStopped { .. } => {
                let last = format!("#{FOLLOWING_ID} > .button:last-child");
                focus::soon_selected(last, FOLLOWING_ID.to_owned());
            }
            // The button that was pressed has given way to its counterpart.
            Notification::Waited { .. } => focus::soon_if_lost(WAITING_ID),
            // The button to stop is gone.
            Notification::Pages { .. } => focus::soon_if_lost(PAGES_ID),
            _ => {}
        }
    }

    /// Asks whether the end may be told while the page is out of sight.
    pub async fn ask_to_notify(self) {
        let said = match notification::ask().await {
            true => words::will_notify(),
            false => words::will_not_notify(),
        };
        self.announce(said);
    }
}

/// What sticks to the top of a page, over its content.
pub(super) const STICKING: &str = ".app-header, .flash-now .flash, .story";

fn of_run(run: &Run, said: String) -> Toast {
    Toast::OfRun {
        said,
        tone: run.verdict().tone,
        href: Route::of_runs(std::slice::from_ref(&run.id)),
    }
}
