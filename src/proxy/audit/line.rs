//! What a request notes of itself, and how that becomes its lines.

use super::chain::Members;
use super::watched::Watched;
use super::{Audit, HEAL, Sinks, time};
use crate::body::{Body, Response};
use crate::emulated::Abandoned;
use crate::failure::{Failed, Failure, Sent};
use crate::http::{HeaderMap, HeaderValue, Method, StatusCode};
use crate::identity::Identity;
use crate::limits;
use crate::team::Person;
use formsmith_api::class::Class;
use formsmith_wire::Code;
use hyper::body::Body as _;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::panicking;
use std::time::Instant;

/// The code of an answer that broke off after it had begun.
const CUT_OFF: Code = Code::UpstreamCutOff;

/// What a request was about, in the model's words.
#[derive(Debug, Default)]
pub struct Subject {
    /// Who sends it, where people sign in.
    pub person: Option<Arc<Person>>,
    /// The profile whose credentials sign, if it has a name.
    pub profile: Option<String>,
    pub service: Option<String>,
    pub operation: Option<String>,
    pub region: Option<String>,
    /// The hash that consent is given to.
    pub hash: Option<String>,
    /// What it can do, if it is to be signed.
    pub class: Option<Class>,
    pub step: Step,
}

/// What a good answer means: that a service was asked, or the proxy itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    #[default]
    Request,
    /// A consent was proposed.
    Proposal,
    /// A person agreed to what was proposed.
    Confirmation,
    /// A person no longer agrees.
    Withdrawal,
    /// The session token was handed over, for a code or a ticket.
    Session,
    /// A person is about to sign in.
    SignIn,
    /// They have.
    SignedIn,
}

impl Step {
    fn done(self) -> &'static str {
        match self {
            Self::Request => "answered",
            Self::Proposal => "proposed",
            Self::Confirmation => "confirmed",
            Self::Withdrawal => "withdrawn",
            Self::Session => "session-opened",
            Self::SignIn => "signing-in",
            Self::SignedIn => "signed-in",
        }
    }
}

/// What only the log has.
#[derive(Debug, Default)]
pub struct Details {
    request: u64,
    /// Host and port that the request is sent to.
    pub endpoint: Option<String>,
    pub(crate) identity: Option<Arc<Identity>>,
    pub consent: Option<String>,
    aws_request_id: Option<HeaderValue>,
}

impl Details {
    /// Takes AWS's identifier of the request from an answer.
    pub fn answer(&mut self, headers: &HeaderMap) {
        let mut names = ["x-amzn-requestid", "x-amz-request-id"].into_iter();
        self.aws_request_id = names.find_map(|name| headers.get(name)).cloned();
    }
}

/// The line of one request, filled in as more becomes known. It is written when the answer has
/// ended, also if the client went away before.
pub struct Line {
    audit: Audit,
    method: &'static str,
    started: Instant,
    subject: Subject,
    /// There are some if there is a log.
    details: Option<Box<Details>>,
    /// Is there a line of intent?
    is_intended: bool,
    is_written: bool,
}

/// How a request ended.
#[derive(Clone, Copy)]
pub(super) struct Outcome {
    pub status: Option<StatusCode>,
    pub word: &'static str,
    /// What the proxy answered instead of a service.
    pub code: Option<Code>,
}

impl Outcome {
    pub(super) const CLIENT_GONE: Self = Self {
        status: None,
        word: "client-gone",
        code: None,
    };
    const PANICKED: Self = Self {
        word: "panicked",
        ..Self::CLIENT_GONE
    };
    /// The proxy was told twice to end.
    const ENDED_BY_US: Self = Self {
        word: "cut-off",
        ..Self::CLIENT_GONE
    };
    const UNANSWERED: Self = Self {
        word: "unanswered",
        ..Self::CLIENT_GONE
    };

    pub(super) fn cut_off(status: StatusCode) -> Self {
        Self {
            status: Some(status),
            word: "cut-off",
            code: Some(CUT_OFF),
        }
    }
}

impl Line {
    pub(super) fn new(audit: &Audit, method: &Method) -> Self {
        let details = |sinks: &Arc<Sinks>| {
            sinks.log.as_ref()?;
            Some(Box::new(Details {
                request: sinks.next(),
                ..Details::default()
            }))
        };
        Self {
            details: audit.0.as_ref().and_then(details),
            audit: audit.clone(),
            method: known(method),
            started: Instant::now(),
            subject: Subject::default(),
            is_intended: false,
            is_written: false,
        }
    }

    pub fn note(&mut self, write: impl FnOnce(&mut Subject)) {
        write(&mut self.subject);
    }

    /// Notes what costs something to know, if there is a log.
    pub fn detail(&mut self, write: impl FnOnce(&mut Details)) {
        if let Some(details) = &mut self.details {
            write(details);
        }
    }

    /// Comes before a request is sent that can change something: with a log, its line of intent
    /// is on disk when this returns.
    pub async fn intend(&mut self) -> Result<(), Failure> {
        let Some(log) = self.audit.log() else {
            return Ok(());
        };
        if self.subject.class.is_none_or(|class| class == Class::Read) || self.is_intended {
            return Ok(());
        }
        let mut members = self.members("intent");
        self.describe(&mut members);
        // Who stops waiting may find it written all the same.
        self.is_intended = true;
        log.intend(members).await.map_err(|why| {
            self.is_intended = false;
            unwritable(&why)
        })
    }

    /// The request is answered once the last of this is on its way.
    pub fn answered(mut self, response: Response) -> Response {
        if self.audit.0.is_none() {
            self.is_written = true;
            return response;
        }
        let outcome = outcome(&response, self.subject.step);
        let body = response.body();
        let is_whole = matches!(body, Body::Whole(_)) || body.is_end_stream();
        if is_whole || self.method == "HEAD" {
            self.write(outcome);
            return response;
        }
        let (head, body) = response.into_parts();
        let body = Watched::new(body, &head.headers, self, outcome);
        Response::from_parts(head, Body::new(body))
    }

    pub(super) fn write(&mut self, outcome: Outcome) {
        self.is_written = true;
        let Some(sinks) = &self.audit.0 else {
            return;
        };
        let duration = self.started.elapsed().as_millis();
        if let Some(terminal) = &sinks.terminal {
            let subject = &self.subject;
            let mut line = String::with_capacity(200);
            // Writing to a string doesn't fail.
            let _ = writeln!(
                line,
                "{} {} {} {} {} {} {} {duration}ms {}",
                time(),
                self.method,
                word(&subject.service),
                word(&subject.operation),
                word(&subject.region),
                word(&subject.hash),
                outcome.status.as_ref().map_or("-", StatusCode::as_str),
                match (outcome.code, outcome.word) {
                    (Some(code), _) => code.as_str(),
                    (None, "answered") => "-",
                    (None, word) => word,
                },
            );
            terminal.write(line);
        }
        if let Some(log) = &sinks.log {
            let mut members = self.members("outcome");
            self.describe(&mut members);
            self.end(&mut members, outcome);
            members.number("durationMs", u64::try_from(duration).unwrap_or(u64::MAX));
            log.outcome(members, self.is_intended);
        }
    }

    fn members(&self, kind: &str) -> Members {
        let mut members = Members::default();
        members.text("time", &time());
        members.text("kind", kind);
        if let (Some(sinks), Some(details)) = (&self.audit.0, &self.details) {
            let (process, request) = (&sinks.process, details.request);
            members.text("id", &format!("{process}-{request}"));
        }
        members
    }

    /// What was asked, of whom, in whose name.
    fn describe(&self, members: &mut Members) {
        let (subject, details) = (&self.subject, self.details.as_deref());
        let endpoint = details.and_then(|details| details.endpoint.as_ref());
        members.text("method", self.method);
        if let Some(person) = &subject.person {
            members.text("person", person.name());
            members.text("subject", &person.subject);
        }
        for (name, word) in [
            ("profile", subject.profile.as_ref()),
            ("service", subject.service.as_ref()),
            ("operation", subject.operation.as_ref()),
            ("region", subject.region.as_ref()),
            ("endpoint", endpoint),
        ] {
            if let Some(word) = word {
                members.text(name, word);
            }
        }
        if let Some(class) = subject.class {
            members.text("class", class.word());
        }
        match details.and_then(|details| details.identity.as_deref()) {
            Some(Identity::Caller { account, arn }) => {
                members.text("account", account);
                members.text("arn", arn);
            }
            Some(Identity::Unknown { label, .. }) => members.text("identity", label),
            None => {}
        }
        if let Some(hash) = &subject.hash {
            members.text("hash", hash);
        }
        let consent = details.and_then(|details| details.consent.as_deref());
        if let Some(consent) = consent.filter(|id| is_id(id)) {
            members.text("consent", consent);
        }
    }

    fn end(&self, members: &mut Members, outcome: Outcome) {
        if let Some(status) = outcome.status {
            members.number("status", status.as_u16().into());
        }
        members.text("outcome", outcome.word);
        if let Some(code) = outcome.code {
            members.text("code", code.as_str());
        }
        let details = self.details.as_deref();
        let id = details.and_then(|details| details.aws_request_id.as_ref()?.to_str().ok());
        if let Some(id) = id.filter(|id| is_id(id)) {
            members.text("awsRequestId", id);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.is_written {
            let sinks = self.audit.0.as_ref();
            let is_cut_off = sinks.is_some_and(|sinks| sinks.is_cutting_off.load(Relaxed));
            self.write(match (panicking(), is_cut_off) {
                (true, _) => Outcome::PANICKED,
                (false, true) => Outcome::ENDED_BY_US,
                (false, false) => Outcome::CLIENT_GONE,
            });
        }
    }
}

fn outcome(response: &Response, step: Step) -> Outcome {
    let extensions = response.extensions();
    if extensions.get::<Abandoned>().is_some() {
        return Outcome::UNANSWERED;
    }
    let failed = extensions.get::<Failed>();
    Outcome {
        status: Some(response.status()),
        word: match failed {
            None => step.done(),
            Some(Failed {
                code: Code::Internal,
                ..
            }) => "panicked",
            Some(Failed { code: CUT_OFF, .. }) => "cut-off",
            Some(Failed { sent: Sent::No, .. }) => "refused",
            Some(_) => "unknown",
        },
        code: failed.map(|failed| failed.code),
    }
}

fn word(word: &Option<String>) -> &str {
    word.as_deref().unwrap_or("-")
}

fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(&byte);
    (1..=limits::AUDIT_ID_BYTES).contains(&text.len()) && text.bytes().all(is_plain)
}

fn unwritable(why: &str) -> Failure {
    Failure::new(
        StatusCode::INSUFFICIENT_STORAGE,
        Code::AuditUnwritable,
        format!(
            "The request can change something, but its line in the audit log could not be \
             written: {why}."
        ),
        HEAL,
    )
}

/// A method may be any word; only the usual ones are repeated.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::CONNECT => "CONNECT",
        _ => "-",
    }
}
