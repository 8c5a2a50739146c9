//! Names of things on the page.

use super::counted;
use crate::ui::ConfirmWords;
use crate::ui::DeferredWords;
use formsmith_run::Target;

pub const PRODUCT: &str = "Formsmith";
pub const SKIP: &str = "Skip to content";
pub const OPERATIONS: &str = "Operations";
pub const OPEN_NAVIGATION: &str = "Open navigation";
pub const CLOSE_NAVIGATION: &str = "Close navigation";
pub const NOTIFICATIONS: &str = "Notifications";
pub const BREADCRUMBS: &str = "Breadcrumbs";
pub const TARGET: &str = "Target";
pub const REGION: &str = "Region";
pub const APPEARANCE: &str = "Appearance";
pub const APPEARANCES: [(&str, &str); 3] = [
    ("", "Use system setting"),
    ("light", "Light"),
    ("dark", "Dark"),
];

pub const HOME_TITLE: &str = "Operations";
pub const HOME_DESCRIPTION: &str =
    "Run AWS operations from checked forms, and see exactly what succeeded and what failed.";
pub const NOT_FOUND_TITLE: &str = "There is no such page";
pub const NOT_FOUND: &str =
    "The address names an operation that no model describes. Choose one from the navigation.";
pub const MODEL_MISSING: &str = "Couldn't load this service";
pub const MODEL_UNREADABLE: &str = "The description of this service is damaged";
pub const MODEL_MISSING_DETAIL: &str = "Check your connection.";
pub const TRY_AGAIN: &str = "Try again";
pub const OPENING: &str = "Opening the form";
pub const NOTHING_DONE: &str = "Nothing was sent and nothing changed. Check your connection, then try again. If a new version was deployed, reload the page: what you typed is kept.";
pub const LEFT: &str = "You left the page, or chose another target, before it was ready.";
/// A part of the page that comes when it is first needed.
pub const LAZY_PART: DeferredWords = DeferredWords {
    loading: "Loading this part of the page",
    failed: "A part of the page couldn't be loaded",
    detail: "Check your connection. If a new version was deployed, reload the page: what you typed is kept.",
    again: TRY_AGAIN,
};

pub const OPTIONAL: &str = "- optional";
pub const INFO: &str = "Info";
pub const REMOVE: &str = "Remove";
pub const NEW_TOKEN: &str = "New token";
pub const CLEAR: &str = "Clear";
pub const UNDO: &str = "Undo";
pub const DISMISS: &str = "Dismiss";
pub const CLOSE: &str = "Close";
pub const CANCEL: &str = "Cancel";
pub const SEND: &str = "Send";
pub const SEND_ANYWAY: &str = "Send anyway";
pub const STOP_WAITING: &str = "Stop waiting";
pub const WRITE_AS: &str = "Write the input as";
pub const FIELDS: &str = "Form";
pub const JSON: &str = "JSON";
pub const JSON_LABEL: &str = "Input as JSON";
pub const JSON_HINT: &str = "What you write here fills the form, and the other way round.";
pub const JSON_VALUE_HINT: &str = "Write this value as JSON.";
pub const DETAILS: &str = "Details";
pub const MORE_SETTINGS: &str = "More settings";
pub const EXAMPLES: &str = "Load an example";
pub const EXAMPLES_HINT: &str =
    "Examples fit the resources in the sandbox. Loading one replaces what is in the form.";
pub const OTHER_VALUE: &str = "Another value";
pub const OTHER_VALUE_LABEL: &str = "Other value";
pub const TRUE: &str = "True";
pub const FALSE: &str = "False";
pub const KEY: &str = "Name";
pub const VALUES: &str = "Values";
pub const VALUE: &str = "Value";
pub const SENT_EMPTY: &str = "This will be sent as an empty text.";
pub const LEAVE_OUT: &str = "Leave it out";
pub const PASTE_HINT: &str = "Rows copied from a spreadsheet can be pasted into any field here.";
pub const PATTERN: &str = "Pattern";
pub const LENGTH: &str = "Length";

pub const SENDING: &str = "Waiting for the answer";

pub const REQUEST_TO_SEND: &str = "Request to be sent";
pub const REQUEST: &str = "Request as sent";
pub const REQUEST_UNSENT: &str = "Request as it was to be sent";
pub const RESPONSE: &str = "Response as received";
pub const COPY_REQUEST: &str = "Copy request";
pub const COPY_RESPONSE: &str = "Copy response";
pub const NO_BODY: &str = "(no body)";

pub fn document_title(page: Option<&str>, has_errors: bool) -> String {
    let error = if has_errors { "Error: " } else { "" };
    match page {
        Some(page) => format!("{error}{page} - {PRODUCT}"),
        None => format!("{error}{PRODUCT}"),
    }
}

/// The title of a page whose last request has come to its end.
pub fn with_verdict(verdict: &str, page: &str) -> String {
    format!("{verdict} - {page}")
}

/// A sentence about an operation whose page is not the one shown.
pub fn elsewhere(operation: &str, sentence: &str) -> String {
    format!("{operation}: {sentence}")
}

/// A sentence about a run of the form that is shown, which shows another.
pub fn earlier_run(sentence: &str) -> String {
    format!("An earlier run: {sentence}")
}

pub fn target(target: Target) -> &'static str {
    match target {
        Target::PageSandbox => "Sandbox in this page",
        Target::ProxySandbox => "Sandbox in the local proxy",
        Target::ProxyAws => "AWS through the local proxy",
    }
}

/// Who will answer, in a sentence; `only_reads` is about the operation at hand.
pub fn target_explained(target: Target, only_reads: bool) -> &'static str {
    match target {
        Target::PageSandbox | Target::ProxySandbox => {
            "Sandbox: practice data, nothing reaches AWS."
        }
        Target::ProxyAws if only_reads => {
            "Requests are signed by the local proxy and go to AWS. This operation only reads."
        }
        Target::ProxyAws => {
            "Requests are signed by the local proxy and change real resources in AWS."
        }
    }
}

pub fn add_item(item: &str) -> String {
    format!("Add {item}")
}

pub fn remove_item(item: &str, number: usize) -> String {
    format!("Remove {item} {number}")
}

pub fn item_number(item: &str, number: usize) -> String {
    format!("{} {number}", super::capitalised(item))
}

pub fn item_removed(item: &str, number: usize) -> String {
    format!("{} removed.", item_number(item, number))
}

/// How many more fit.
pub fn room(room: usize, item: &str, items: &str) -> String {
    match room {
        0 => format!("No more {items} fit in one request."),
        room => format!(
            "You can add {}.",
            counted(room, &format!("more {item}"), &format!("more {items}"))
        ),
    }
}

/// A list or map that is there and has nothing in it.
pub fn sent_empty_list(items: &str) -> String {
    format!("There are no {items}: an empty list will be sent.")
}

pub fn choose_a(title: &str) -> String {
    format!("Choose the {}", super::in_sentence(title))
}

pub fn length(min: Option<usize>, max: Option<usize>, unit: &str) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{max} {unit}"),
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("At least {min} {unit}"),
        (None, Some(max)) => format!("At most {max} {unit}"),
        (None, None) => String::new(),
    }
}

pub const CHARACTERS: &str = "characters";
pub const ITEMS: &str = "items";
pub const ITEM: &str = "item";

pub fn not_checked(what: &str) -> String {
    format!("Not checked here: {what}. The service checks it.")
}

pub fn copied(what: &str) -> String {
    format!("{what} copied")
}

pub fn not_copied(what: &str) -> String {
    format!(
        "{what} could not be copied: the browser does not allow it here. Select the text instead."
    )
}

pub fn copy(what: &str) -> String {
    format!("Copy {}", super::in_sentence(what))
}

/// What is about to happen, before it does:
/// `Disassociate 50 associations in account 1234-5678-9012, us-east-1?`
pub fn review_batch(verb: &str, entries: &str, place: &str) -> String {
    format!("{verb} {entries} in {place}?")
}

pub fn review(title: &str, place: &str) -> String {
    format!("{title} in {place}?")
}

pub const REVIEW_DETAIL: &str = "This changes real AWS resources.";

/// After the first of a long list.
pub fn more(count: usize) -> String {
    format!("and {} more", super::grouped(count))
}

pub fn review_title(title: &str) -> String {
    format!("Review: {title}")
}

pub const CONFIRM: ConfirmWords = ConfirmWords {
    close: CLOSE,
    cancel: CANCEL,
};
