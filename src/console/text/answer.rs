//! Headings and explanations around an answer.

use formsmith_api::http::HttpRequest;
use formsmith_api::outcome::FailedEntry;
use formsmith_api::retry;

pub const RESULT: &str = "Result";
pub const STATUS_CODE: &str = "HTTP status";
pub const REQUEST_ID: &str = "Request ID";
pub const MESSAGE: &str = "Message";
pub const CODE: &str = "Code";
pub const SHOW_ALL: &str = "Show all";
pub const MEANING: &str = "What it means";
pub const WHAT_TO_DO: &str = "What to do";
pub const NONE: &str = "-";
pub const FROM_PROXY: &str = "What the local proxy says";
pub const ERROR_DETAILS: &str = "Details from the service";
/// What of an answer stands in no structure.
pub const ANSWER: &str = "Answer";
pub const MORE_IN_ANSWER: &str = "More in the answer";
pub const UNMODELED: &str = "This error is not one the operation's model lists.";
pub const UNKNOWN_CODE: &str = "The model does not know this code.";

pub fn sent_to(target: formsmith_run::Target, region: &str) -> String {
    format!("{}, {region}", super::target(target))
}

pub const FAILURE: &str = "Error";
pub const STATUS: &str = "Status";
pub const ROW_DONE: &str = "Done";
pub const ROW_FAILED: &str = "Failed";
pub const ROW_UNKNOWN: &str = "Unknown";
pub const ROW_NOT_DONE: &str = "Not done";
pub const ROW_NOT_SENT: &str = "Not sent";
pub const NONE_SENT: &str = "The service has not seen them.";
pub const ALL_UNKNOWN: &str =
    "Whether they were done is not known. Check them before you send them again.";
pub const ALL_NOT_DONE: &str = "The resources show that they were not done.";
pub const MORE_CODES: &str = "There are more codes: find them in the table.";

/// What became of every entry.
pub fn outcomes_title(item: &str) -> String {
    format!("{} outcomes", super::capitalised(item))
}

pub fn none_failed(items: &str) -> String {
    format!("No failed {items}")
}

pub fn inferred(items: &str) -> String {
    format!("The service lists only failures: the {items} that it does not list are taken as done.")
}

pub const LISTED: &str = "The service lists what was done.";

/// A line for all rows that have something in common: `THROTTLING (3)`.
pub fn common(what: &str, count: usize) -> String {
    format!("{what} {}", super::counter(0, count))
}

/// What the model says about a code that failed entries have in common.
pub fn code_explained(entry: &FailedEntry) -> String {
    let (Some(meaning), remedy) = (&entry.meaning, entry.remedy.as_deref()) else {
        return UNKNOWN_CODE.into();
    };
    let what_next = remedy.unwrap_or(match entry.is_retryable {
        true => "It can be retried.",
        false => "Sending it unchanged will fail again.",
    });
    format!("{meaning} {what_next}")
}

pub fn retry_after(seconds: &str) -> String {
    format!("Wait {seconds} seconds, then send again.")
}

/// What to do then.
pub const EXPIRED: &str =
    "The credentials of the local proxy have expired. Renew them, then send again.";

/// What to do about an error no model explains, by its name, then by its status.
pub fn remedy(name: &str, status: u16) -> &'static str {
    match name {
        "ThrottlingException"
        | "Throttling"
        | "TooManyRequestsException"
        | "RequestLimitExceeded" => "Too many requests at once. Wait a moment, then send again.",
        "ValidationException" | "SerializationException" => {
            "The service does not accept the input. Read its message, change the input and send again."
        }
        "AccessDeniedException" | "AccessDenied" | "NotAuthorized" => {
            "The credentials of the local proxy may not do this. Ask for the permission, or use other credentials."
        }
        _ if retry::is_expired(name) => EXPIRED,
        "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture" => {
            "Set this computer's clock right, then send again."
        }
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "MissingAuthenticationToken" => {
            "AWS does not accept the credentials of the local proxy. Check which ones it uses."
        }
        "UnknownOperationException" => {
            "The target does not know this operation. Choose another target or region."
        }
        _ if status == 429 => "Too many requests at once. Wait a moment, then send again.",
        _ if status >= 500 => {
            "The service failed. Check whether the change was made before you send again."
        }
        _ => "Read the message of the service, change the input and send again.",
    }
}

/// The beginning of a text too long to be drawn, and that there is more.
pub fn limited(text: &str, max: usize) -> String {
    match text.len() <= max {
        true => text.to_owned(),
        false => format!("{} Copying takes all of them.", beginning(text, max)),
    }
}

/// The same where nothing can be copied.
pub fn beginning(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = (0..=max)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let (shown, total) = (&text[..end], text.len());
    format!("{shown}\n\nThe first {end} of {total} bytes are shown.")
}

/// A request's first line, and all of it as it travels before it is signed.
pub fn http_request(request: &HttpRequest) -> (String, String) {
    let head = format!("{} {}", request.method, request.path);
    let (shown, _) = http_message(&head, &request.headers, &request.body);
    (head, shown)
}

/// A message as far as it is drawn, and whole.
pub fn http_message(head: &str, headers: &[(String, String)], body: &[u8]) -> (String, String) {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    let (shown, whole) = match std::str::from_utf8(body) {
        Ok("") => (super::NO_BODY.to_owned(), ""),
        Ok(body) => (limited(body, MAX_SHOWN), body),
        Err(_) => (not_utf_8(body.len()), ""),
    };
    let with = |body: &str| format!("{head}\n{headers}\n{body}");
    (with(&shown), with(whole))
}

/// More than this is not drawn: it would make the page slow, and nobody reads it here.
const MAX_SHOWN: usize = 100_000;

fn not_utf_8(bytes: usize) -> String {
    format!("({bytes} bytes that are not text)")
}

pub fn none_of(title: &str) -> String {
    format!("No {}", super::in_sentence(title))
}
