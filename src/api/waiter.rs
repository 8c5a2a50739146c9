//! Waiting until something is so: what an answer means for it. The facts are the waiters that botocore
//! has beside its models, in `waiters.json` (docs/models.md); a waiter says which operation is asked, how
//! often, and by its acceptors, in their order, what becomes of the wait with each answer.

use crate::inverse::value_at;
use crate::json;
use crate::model::{in_words, words_of};
use crate::protocol::{Answer, NotUnderstood};
use crate::secret::has_hole;
use serde_json::{Map, Value};

/// What an answer means.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    acceptors: Vec<Acceptor>,
}

#[derive(Debug, Clone, PartialEq)]
struct Acceptor {
    state: WaitState,
    matcher: Matcher,
}

#[derive(Debug, Clone, PartialEq)]
enum Matcher {
    /// What this JMESPath finds in an output.
    Path {
        path: String,
        which: Which,
        expected: Value,
    },
    /// The HTTP status.
    Status(u16),
    /// An error with this code.
    Error(String),
    /// Any error, or none at all.
    AnyError(bool),
}

/// What of that is compared: the whole, all items of a list that has some, or any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Whole,
    All,
    Any,
}

/// What becomes of a wait with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitState {
    /// It is as it was waited for.
    Success,
    /// It will not come to that.
    Failure,
    /// It is to be asked again.
    Retry,
    /// The answer can't be read, or not what the waiter looks for in it.
    NotUnderstood,
}

impl WaitState {
    const ALL: [Self; 4] = [
        Self::Success,
        Self::Failure,
        Self::Retry,
        Self::NotUnderstood,
    ];

    /// As waiters call it, and as it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Retry => "retry",
            Self::NotUnderstood => "not-understood",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub state: WaitState,
    /// The values that the waiter looks at, such as `pending`, or the code of the error.
    pub seen: Vec<String>,
}

/// So many values are told of a list.
const MOST_SEEN: usize = 5;

impl Waiter {
    /// One of a service's `waiters.json`; none if it asks for what isn't known here.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let acceptors = value["acceptors"].as_array()?.iter();
        let acceptors = acceptors.map(Acceptor::read).collect::<Option<_>>()?;
        Some(Self { acceptors })
    }

    /// The queries that it looks at outputs with.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.acceptors.iter().filter_map(|acceptor| acceptor.path())
    }

    /// Judges an answer as botocore does: the first acceptor that matches decides, and an error that
    /// none takes is a failure. `search` finds what a query of JMESPath does in a value.
    pub fn judge<E>(
        &self,
        status: u16,
        answer: &Result<Answer, NotUnderstood>,
        search: impl Fn(&str, &Value) -> Result<Value, E>,
    ) -> Judged {
        let (output, error) = match answer {
            Ok(Answer::Output(output)) => (Some(Value::Object(output.clone())), None),
            Ok(Answer::Error(error)) => (None, Some(error.name.clone().unwrap_or_default())),
            // Where nothing names the error, botocore takes the status.
            Err(_) if status >= 300 => (None, Some(status.to_string())),
            Err(_) => (None, None),
        };
        let mut judged = Judged {
            state: WaitState::NotUnderstood,
            seen: Vec::from_iter(error.clone()),
        };
        let find = |acceptor: &Acceptor| {
            let found = search(acceptor.path()?, output.as_ref()?);
            Some(found.map_err(|_| ()))
        };
        let found: Vec<_> = self.acceptors.iter().map(find).collect();
        if let Some(values) = self.told(&found) {
            judged.seen = values;
        }
        if output.is_none() && error.is_none() {
            return judged;
        }
        for (acceptor, found) in self.acceptors.iter().zip(&found) {
            let found = match found {
                // It asks for what can't be done with what is there.
                Some(Err(())) => return judged,
                Some(Ok(found)) => Some(found),
                None => None,
            };
            if acceptor.matches(status, error.as_deref(), found) {
                judged.state = acceptor.state;
                return judged;
            }
        }
        judged.state = match error.is_some() {
            true => WaitState::Failure,
            false => WaitState::Retry,
        };
        judged
    }

    /// The texts among what was found: those of the acceptor of a success, if they are any.
    fn told(&self, found: &[Option<Result<Value, ()>>]) -> Option<Vec<String>> {
        let mut all: Vec<_> = self.acceptors.iter().zip(found).collect();
        all.sort_by_key(|(acceptor, _)| acceptor.state != WaitState::Success);
        all.into_iter().find_map(|(_, found)| {
            let values = match found.as_ref()?.as_ref().ok()? {
                Value::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let mut texts: Vec<String> = Vec::new();
            for text in values.iter().filter_map(Value::as_str) {
                if texts.len() < MOST_SEEN && !texts.iter().any(|it| it == text) {
                    texts.push(text.to_owned());
                }
            }
            (!texts.is_empty()).then_some(texts)
        })
    }
}

impl Acceptor {
    fn read(value: &Value) -> Option<Self> {
        let state = WaitState::of_key(value["state"].as_str()?)?;
        let expected = &value["expected"];
        let path = |which| {
            Some(Matcher::Path {
                path: value["argument"].as_str()?.to_owned(),
                which,
                expected: expected.clone(),
            })
        };
        let matcher = match (value["matcher"].as_str()?, expected) {
            ("path", _) => path(Which::Whole)?,
            ("pathAll", _) => path(Which::All)?,
            ("pathAny", _) => path(Which::Any)?,
            ("status", status) => Matcher::Status(status.as_u64()?.try_into().ok()?),
            ("error", Value::Bool(is)) => Matcher::AnyError(*is),
            ("error", code) => Matcher::Error(code.as_str()?.to_owned()),
            _ => return None,
        };
        Some(Self { state, matcher })
    }

    fn path(&self) -> Option<&str> {
        match &self.matcher {
            Matcher::Path { path, .. } => Some(path),
            _ => None,
        }
    }

    /// `found` is what its path finds in an output; of an error it finds nothing at all.
    fn matches(&self, status: u16, error: Option<&str>, found: Option<&Value>) -> bool {
        match &self.matcher {
            Matcher::Path {
                which, expected, ..
            } => found.is_some_and(|found| {
                let items = found.as_array().filter(|items| !items.is_empty());
                match which {
                    Which::Whole => is_same(found, expected),
                    Which::All => items.is_some_and(|it| it.iter().all(|it| is_same(it, expected))),
                    Which::Any => items.is_some_and(|it| it.iter().any(|it| is_same(it, expected))),
                }
            }),
            Matcher::Status(expected) => status == *expected,
            Matcher::Error(code) => error == Some(code),
            Matcher::AnyError(is) => error.is_some() == *is,
        }
    }
}

/// As Python has it: numbers are the same whatever they are written like.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => json::float(one) == json::float(other),
        _ => one == other,
    }
}

/// What could be waited for after an operation, as a service's `waiters.json` has it: the waiter, and
/// what is asked with which input.
#[derive(Debug, Clone, PartialEq)]
pub struct Afterwards<'a> {
    pub name: &'a str,
    pub operation: &'a str,
    pub input: Value,
}

/// What could be waited for after `operation` was done with `input` and answered with `output`. Left
/// out is what would be asked about something that neither of them tells.
pub fn after<'a>(
    waiters: &'a Value,
    operation: &str,
    input: &Value,
    output: &Map<String, Value>,
) -> Vec<Afterwards<'a>> {
    let all = waiters.as_object().into_iter().flatten();
    let offers = all.filter_map(|(name, waiter)| {
        Some(Afterwards {
            name,
            operation: waiter["operation"].as_str()?,
            input: input_after(&waiter["after"][operation], input.as_object()?, output)?,
        })
    });
    offers.collect()
}

fn input_after(
    paths: &Value,
    input: &Map<String, Value>,
    output: &Map<String, Value>,
) -> Option<Value> {
    let mut made = Map::new();
    for (name, path) in paths["input"].as_object()? {
        made.insert(name.clone(), value_at(path.as_str()?, input, output)?);
    }
    for (name, path) in paths["narrow"].as_object().into_iter().flatten() {
        if let Some(value) = value_at(path.as_str()?, input, output) {
            made.insert(name.clone(), value);
        }
    }
    let made = Value::Object(made);
    (!has_hole(&made)).then_some(made)
}

/// What a waiter waits for, by the words of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The instance is running.
    Is { resource: String, state: String },
    /// The services are stable.
    Are { resource: String, state: String },
    /// Any instance is in service.
    Any { resource: String, state: String },
    /// The bucket exists.
    Exists { resource: String },
    /// The bucket no longer exists.
    Gone { resource: String },
}

/// Words with which a state begins, besides participles.
const STATES: [&str; 19] = [
    "active",
    "available",
    "complete",
    "exists",
    "in",
    "inactive",
    "not",
    "offline",
    "ok",
    "online",
    "ready",
    "running",
    "stable",
    "standby",
    "succeeds",
    "successful",
    "success",
    "built",
    "valid",
];

impl Condition {
    /// Of `InstanceRunning` that the instance is running.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let name = name.strip_prefix("WaitFor").unwrap_or(name);
        let mut words = words_of(name);
        // `FunctionActiveV2`: the second version of what is asked says the same.
        if words.last() == Some(&"V2") {
            words.pop();
        }
        let is_state = |word: &&str| {
            let word = word.to_ascii_lowercase();
            STATES.contains(&&*word) || (word.ends_with("ed") && word.len() > 3)
        };
        if words.first().is_some_and(is_state) && !words.iter().skip(1).any(&is_state) {
            words.rotate_left(1);
        }
        let state = words.iter().skip(1).position(is_state);
        let at = state.map_or(words.len().saturating_sub(1), |at| at + 1);
        let (resource, state) = words.split_at(at);
        let state = state_words(state);
        let (is_any, resource) = match resource {
            ["Any", rest @ ..] => (true, rest),
            all => (false, all),
        };
        let last = resource.last().copied().unwrap_or_default();
        let is_many = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us");
        let resource = small(resource);
        match state.as_str() {
            "exists" => Self::Exists { resource },
            "not exists" => Self::Gone { resource },
            _ if is_any => Self::Any { resource, state },
            _ if is_many => Self::Are { resource, state },
            _ => Self::Is { resource, state },
        }
    }
}

/// As it stands behind "is".
fn state_words(words: &[&str]) -> String {
    let state = small(words);
    match state.as_str() {
        "succeeded" | "succeeds" | "success" => "successful".to_owned(),
        "standby" => "on standby".to_owned(),
        _ => state,
    }
}

/// Words as they stand within a sentence.
fn small(words: &[&str]) -> String {
    let mut text = in_words(&words.concat());
    let is_acronym = text.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    if let Some(first) = text.get_mut(..1).filter(|_| !is_acronym) {
        first.make_ascii_lowercase();
    }
    text
}
