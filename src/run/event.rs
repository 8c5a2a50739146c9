//! What a machine hears of, and what it asks for.

use crate::{Fact, Failure, Head, Identity, OperationRef, Place, Proposal, ReadFailure, Run};
use crate::{Target, Undoes, WaitFor};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::inverse::InferredInverse;
use formsmith_api::retry::Reason;
use formsmith_api::waiter::Judged;
use serde_json::{Map, Value};

/// What an event comes with, as nothing here reads a clock or draws random numbers.
#[derive(Debug, Clone)]
pub struct Now {
    /// Epoch milliseconds.
    pub ms: f64,
    /// At least 0 and less than 1.
    pub random: f64,
    /// A UUID that nothing has so far: for a run that begins.
    pub id: String,
    /// Another: for an input that is another than before.
    pub token: String,
}

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The person sends an input.
    Asked(Box<Ask>),
    /// The person sends these rows of a batch again, or the whole of another operation.
    AskedAgain {
        run: String,
        rows: Vec<usize>,
    },
    /// The person wants to take back what a run has done.
    UndoAsked {
        run: String,
    },
    /// The person no longer waits, or wants no further attempt.
    Stopped {
        run: String,
    },
    /// The person sends what could not be stored, now and from now on.
    WentWithout {
        run: String,
    },
    /// What the proxy makes of the request under review.
    Proposed {
        review: u32,
        result: Result<Proposal, Failure>,
    },
    /// The person wants the proxy asked again.
    ReviewRenewed,
    /// The person has read the review and agrees.
    Agreed,
    /// The proxy has taken the person's word, or not.
    Confirmed {
        review: u32,
        result: Result<(), Failure>,
    },
    /// The person goes back to the form.
    ReviewClosed,
    /// A fact is stored.
    Stored {
        run: String,
        seq: u64,
    },
    StoreFailed {
        run: String,
        seq: u64,
        why: StoreFailure,
    },
    /// What came of an attempt; also long after anybody waited for it.
    Answered {
        run: String,
        attempt: usize,
        result: Result<HttpResponse, Failure>,
    },
    /// What came of a read.
    ReadAnswered {
        run: String,
        read: u32,
        result: Result<HttpResponse, Failure>,
    },
    /// The person no longer wants what a run has started polled, or wants it again.
    FollowStopped {
        run: String,
    },
    FollowResumed {
        run: String,
    },
    /// What an answer means that was asked about, with its output where it is one.
    Judged {
        run: String,
        question: u32,
        judged: Judged,
        output: Option<Map<String, Value>>,
    },
    /// What judges answers could not be fetched.
    NotJudged {
        run: String,
        question: u32,
    },
    /// The person no longer waits until something is so, or waits again.
    WaitStopped {
        run: String,
    },
    WaitResumed {
        run: String,
    },
    /// The person wants so many more pages of what was answered, or no more of those asked for.
    PagesAsked {
        run: String,
        most: usize,
    },
    PagesStopped {
        run: String,
    },
    TimerFired(Timer),
    /// Where requests go from now on.
    Moved {
        target: Target,
        account: Option<String>,
    },
    /// What takes back an operation was inferred, where its model doesn't say.
    InverseLearned {
        op: OperationRef,
        inverse: InferredInverse,
    },
    /// A run was read from the store. Where it `leads`, this program acts for it from now on.
    Restored {
        run: Box<Run>,
        leads: bool,
    },
    /// A run is no longer in the store: the person has deleted it, here or in another tab, or it
    /// was old, or made room for others.
    Deleted {
        run: String,
    },
}

/// What a person sends.
#[derive(Debug, Clone)]
pub struct Ask {
    pub op: OperationRef,
    pub place: Place,
    pub input: Value,
    /// Is it reviewed whoever would answer?
    pub is_reviewed: bool,
    /// The run that it takes back, if the form was filled for that.
    pub undoes: Option<Undoes>,
    /// Whose resources it may change only, if that matters.
    pub account: Option<String>,
    /// What is waited for, if it is asked until that is so.
    pub waits: Option<WaitFor>,
}

/// Something to be done, in this order.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Append a fact of a run, and write its head. Answered by `Stored` or `StoreFailed`.
    Store {
        run: String,
        seq: u64,
        fact: Box<Fact>,
        head: Box<Head>,
    },
    /// Delete what is stored of a run: nothing of it was sent.
    Forget {
        run: String,
    },
    /// Send once. Answered by `Answered`.
    Send {
        run: String,
        attempt: usize,
        op: OperationRef,
        place: Place,
        http: HttpRequest,
        consent: Option<String>,
    },
    /// Send what only reads. Answered by `ReadAnswered`.
    Read {
        run: String,
        read: u32,
        op: OperationRef,
        place: Place,
        http: HttpRequest,
    },
    /// What an answer means for what is waited for. Answered by `Judged` or `NotJudged`.
    Judge {
        run: String,
        question: u32,
        op: OperationRef,
        /// What a service's `waiters.json` has of the waiter.
        waiter: Value,
        response: Box<HttpResponse>,
    },
    /// Ask the proxy what it would do with a request. Answered by `Proposed`.
    Propose {
        review: u32,
        op: OperationRef,
        place: Place,
        http: HttpRequest,
    },
    /// Answered by `Confirmed`.
    Confirm {
        review: u32,
        proposal: String,
    },
    /// Nobody confirms it any more.
    Withdraw {
        proposal: String,
    },
    /// Answered by `TimerFired`.
    Wait {
        timer: Timer,
        ms: f64,
    },
    /// The form of the operation shows this run from now on.
    Show {
        op: OperationRef,
        run: String,
    },
    /// Fill the form of another operation of the same service, which takes back what was done, so
    /// that the person can send it.
    Fill {
        of: OperationRef,
        operation: String,
        input: Value,
        place: Place,
        undoes: Undoes,
    },
    /// The credentials may have expired, or be another's by now.
    CheckIdentity,
    /// The proxy has told whose credentials sign with this profile.
    Learn {
        profile: Option<String>,
        identity: Identity,
    },
    Notify(Notification),
    /// Nothing is done for what the person asked for in the form of this operation.
    Refuse {
        op: OperationRef,
        why: Refusal,
    },
}

/// Something that the person should hear of, wherever they are.
#[derive(Debug, Clone, PartialEq)]
pub enum Notification {
    Sending {
        run: String,
    },
    TryingAgain {
        run: String,
        reason: Reason,
        after_ms: f64,
        attempt: usize,
    },
    /// It has come to its end.
    Ended {
        run: String,
    },
    /// An answer came when nobody waited for it.
    CameLate {
        run: String,
        attempt: usize,
    },
    /// Reading the resources has ended.
    ReadBack {
        run: String,
    },
    /// What it started has another status.
    Status {
        run: String,
    },
    /// What it started is over.
    Followed {
        run: String,
    },
    FollowStopped {
        run: String,
    },
    FollowFailed {
        run: String,
        why: ReadFailure,
    },
    /// It is asked again in a while whether something is so.
    AskingAgain {
        run: String,
    },
    /// What is waited for shows something else than before.
    Looked {
        run: String,
    },
    /// Waiting until something is so has ended, whatever way.
    Waited {
        run: String,
    },
    /// Loading further pages has ended.
    Pages {
        run: String,
    },
    /// It can't be stored, so it is not sent unless the person says so.
    HeldBack {
        run: String,
        why: StoreFailure,
    },
    /// How it ended could not be stored.
    NotStored {
        run: String,
        why: StoreFailure,
    },
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The model asks for something that can't be written: what.
    NotSendable(String),
    /// It was sent to another target, and goes on only there.
    OtherTarget(Target),
    /// It was sent in another account than this.
    OtherAccount { account: String },
    /// It was sent in this account, and it is not known which this one is.
    AccountUnknown { account: String },
    /// Another tab acts for it.
    OtherTab,
    /// It is being sent.
    Underway,
    /// Parts of its input are not stored.
    InputNotStored,
    /// It was deleted before it was sent.
    Deleted,
}

/// Why nothing can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFailure {
    /// The browser allows no database here.
    Forbidden,
    /// The browser gives this page no more room.
    Full,
    /// The history has its size, and what could go is pinned.
    OnlyPinned,
    Failed,
}

/// What a timer is for. One that has lost its reason fires into nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timer {
    /// The attempt of this index begins.
    Attempt { run: String, attempt: usize },
    /// The resources are read.
    Read { run: String, read: u32 },
    /// What was started is polled again.
    Poll { run: String, poll: u32 },
    /// A page is asked for again.
    Page { run: String, page: u32 },
    /// It is asked again whether something is so.
    Question { run: String, question: u32 },
}
