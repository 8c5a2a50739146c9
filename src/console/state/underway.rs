//! What goes on between the press of the button and the result.

use super::Form;
use formsmith_api::retry::Reason;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Underway {
    /// Of the run.
    pub number: u32,
    /// From 1, since the person pressed the button.
    pub attempt: usize,
    pub step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// What sending takes is awaited.
    Opening,
    /// The answer to the attempt is awaited.
    Answer,
    /// The attempt begins in so many seconds.
    Pause { reason: Reason, seconds: u32 },
}

impl Form {
    pub fn underway(self) -> Option<Underway> {
        self.underway.get()
    }

    pub fn is_sending(self) -> bool {
        self.underway.with(Option::is_some)
    }

    pub(super) fn is_waited_for(self, number: u32) -> bool {
        let underway = self.underway.get_untracked();
        underway.is_some_and(|underway| underway.number == number)
    }
}
