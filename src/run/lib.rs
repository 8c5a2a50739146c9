//! The life of what a person sends.
//!
//! A [`Run`] is one thing that a person wants done, with every attempt at it. [`Machine::on`]
//! takes an [`Event`], changes the runs and returns the [`Effect`]s to carry out. It reads no
//! clock, draws no random number and touches no network, storage or screen: times, random
//! numbers and identifiers come with events, answers come back as further events.
//!
//! What happened to a run is stored as [`Fact`]s, one after the other; [`Run::restore`] makes
//! of them the run as it was.

mod attempt;
mod deletion;
mod effects;
mod event;
mod failure;
mod follow;
mod head;
mod identity;
mod journal;
mod json;
mod machine;
mod operation;
mod pages;
mod place;
mod place_mark;
mod read_back;
mod repeated;
mod resend;
mod restore;
mod review;
mod run;
mod secrets;
mod send;
mod stash;
mod stored_answer;
mod subject;
mod undo;
mod upgrade;
mod verdict;
mod wait;

pub use attempt::{Answer, Attempt, CutRow};
pub use event::{Ask, Effect, Event, Notification, Now, Refusal, StoreFailure, Timer};
pub use failure::{Failure, ProxyFailure, SignIn};
pub use follow::{Follow, FollowStep, Seen};
pub use head::{Head, HeadAttempt};
pub use identity::{Identity, Proposal};
pub use journal::{Fact, VERSION, entry, read_entry};
pub use machine::Machine;
pub use operation::OperationRef;
pub use pages::{Cost, MOST_PAGES, Pages, PagesStep};
pub use place::{Place, Target};
pub use place_mark::{
    Colour, Mark, MarkedPlace, marked, marked_places_from_text, marked_places_to_text,
};
pub use read_back::{ReadBack, ReadBackState, ReadFailure, output};
pub use review::{Intent, Review};
pub use run::{Phase, Run};
pub use stash::{Entry, stash, unstash};
pub use subject::Subject;
pub use undo::{Undoes, Undone};
pub use upgrade::upgrade;
pub use verdict::{RowCounts, Said, Tone, Verdict};
pub use wait::{SeenValues, Wait, WaitEnd, WaitFor, WaitStep};
