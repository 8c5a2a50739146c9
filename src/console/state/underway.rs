//! What goes on between the press of the button and the result.

use formsmith_api::retry::Reason;

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
