//! What is about to be done to real resources, before it is done.

use super::dry_run::dry_run;
use super::operation_form::verb;
use super::typed_name::TypedName;
use crate::badges::place_badge;
use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::sign_in_button::sign_in_button;
use crate::state::{CHECK_REVIEWED_ID, Console, REVIEWED_ID};
use crate::ui::{
    Button, CodeBlock, Dialog, ExpandableSection, Flash, Kind, Markup, MarkupFn, StatusIndicator,
    Variant, el, key_values, live, switched, when,
};
use formsmith_api::secret::{Secret, masked};
use formsmith_run::{Identity, Intent, OperationRef, Proposal};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// At most this many entries are listed; the others are only counted.
const MOST_NAMED: usize = 20;

#[component]
pub fn ReviewDialog(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.is_reviewed(),
        move || dialog(console),
    )
}

lazy! { fn dialog(console: Console) -> Markup = dialogs(console); }

/// A dialog for the operation that is reviewed, or was last.
fn dialogs(console: Console) -> Markup {
    let op = Memo::new(move |before: Option<&Option<OperationRef>>| {
        let now = console.review().map(|review| review.intent.op);
        now.or(before.copied().flatten())
    });
    live(move || op.get().map(|op| review(console, op)))
}

fn review(console: Console, op: OperationRef) -> Markup {
    let is_asking = Signal::derive(move || console.is_review_asking());
    let may_send = move || {
        let review = console.review();
        !review.is_some_and(|review| matches!(review.proposal, Some(Err(_))))
    };
    let typed = TypedName::new(console);
    let send = move || {
        let press = move |()| {
            if typed.is_right() {
                console.confirm_review();
            }
        };
        view! {
            <Button variant=Variant::Primary loading=is_asking on_click=press>
                {verb(op.operation)}
            </Button>
        }
    };
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| console.cancel_review()>
                {words::cancel()}
            </Button>
            {when(may_send, send)}
        }
    });
    view! {
        <Dialog
            open=Signal::derive(move || console.is_reviewed())
            on_close=move |()| console.cancel_review()
            title=words::review_title(&op.operation.title())
            close_label=words::close()
            focus=REVIEWED_ID
            footer
        >
            {content(console, op, is_asking)}
            {typed.field()}
        </Dialog>
    }
    .into()
}

fn content(console: Console, op: OperationRef, is_asking: Signal<bool>) -> Markup {
    let told = move || {
        let review = console.review()?;
        let intent = &review.intent;
        let identity = match &review.proposal {
            Some(Ok(proposal)) => Some(proposal.identity.clone()),
            Some(Err(why)) => Some(Identity::Missing(why.clone())),
            None => None,
        };
        let target = intent.place.target;
        let place = words::place(identity.as_ref(), &intent.place.region);
        let mark = console
            .reviewed_mark()
            .map(|marked| el("div").child(place_badge(&marked)));
        let question = el("p").child(question(op, intent, &place));
        let question = (mark, question, named(op, intent));
        if target.is_sandbox() {
            let told = words::target_explained(target, None, false);
            return Some(Markup::from((question, told)));
        }
        let told: Markup = match identity {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::asking_identity() /> }
                .into(),
            Some(Identity::Known { .. }) => Markup::default(),
            Some(unknown) => trouble(console, &unknown, is_asking),
        };
        let proposal = review.proposal.as_ref().and_then(|told| told.as_ref().ok());
        let facts = proposal.map(|proposal| facts(intent, proposal));
        let anew = review.renewed_for.as_ref().map(|why| {
            let title = words::failure_title(why);
            view! { <Flash kind=Kind::Warning title>{words::look_again()}</Flash> }
        });
        Some((question, anew, told, facts).into())
    };
    let told = el("div")
        .class("stack")
        .attr("id", REVIEWED_ID)
        .attr("tabindex", "-1")
        .attr("aria-live", "polite")
        .child(live(told));
    let detail = when(
        move || !console.target().is_sandbox(),
        move || el("p").child(words::review_detail(console.endpoint().as_deref())),
    );
    let exact = untrack(move || console.review()).map(|review| exact(&review.intent));
    (told, detail, dry_run(console), exact).into()
}

/// The request as it would be sent; with words in the place of secrets until they are asked for.
fn exact(intent: &Intent) -> Markup {
    let (head, text) = words::http_request(&intent.http);
    let shown = intent.op.shown_request(&intent.input);
    let shown = shown.filter(|shown| *shown != intent.http);
    let code = |text: String| -> Markup {
        view! { <CodeBlock label=words::request_to_send() text /> }.into()
    };
    let (head, code) = match shown {
        Some(shown) => {
            let (head, safe) = words::http_request(&shown);
            let code = switched(
                words::secret_switch(words::request_to_send()),
                move |is_shown| code(if is_shown { text.clone() } else { safe.clone() }),
            );
            (head, code)
        }
        None => (head, code(text)),
    };
    view! { <ExpandableSection summary=words::request_to_send() caption=head>{code}</ExpandableSection> }
        .into()
}

/// What the proxy would do, and in whose name.
fn facts(intent: &Intent, proposal: &Proposal) -> Markup {
    let region = words::signed_region(&intent.place.region, &proposal.signing_region);
    let attempts = words::attempts_agreed(proposal.attempts);
    let mut facts = vec![
        (words::region(), region.as_str()),
        (words::effect_label(), words::effect(&proposal.class)),
        (words::attempts(), &attempts),
        (words::endpoint(), &proposal.host),
    ];
    let number;
    if let Identity::Known { account, arn, .. } = &proposal.identity {
        number = words::account_number(account);
        facts.insert(0, (words::account(), &number));
        facts.push((words::signed_in_as(), arn));
    }
    let facts = key_values(&facts);
    el("div").class("review-facts").child(facts).into()
}

/// What is to be confirmed, with how many entries it is about.
fn question(op: OperationRef, intent: &Intent, place: &str) -> String {
    let entries = op.operation.traits.batch.as_ref().and_then(|batch| {
        let count = batch.sent(&intent.input).len();
        let (item, items) = words::entry_words(op.model, op.operation);
        let verb = verb(op.operation);
        (count > 0).then(|| words::review_batch(&verb, count, &item, place, &items))
    });
    match entries {
        Some(question) => question,
        None => words::review(&op.operation.title(), place),
    }
}

/// What is sent names, as the form does: the entries of a batch, and the other members that
/// are short enough to be read here. Tokens name nothing.
fn named(op: OperationRef, intent: &Intent) -> Markup {
    let model = op.model;
    let sent = masked(
        model,
        model.input(op.operation),
        &intent.input,
        Secret::Parts,
    );
    let input = op.operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input.map(|shape| shape.members()).unwrap_or_default();
    let entries = op.operation.traits.batch.as_ref().map(|it| &it.entries);
    let texts = members
        .iter()
        .filter(|member| !member.traits.idempotency_token && Some(&member.name) != entries)
        .filter_map(|member| {
            let text = text_of(&sent[&member.name])?;
            Some((model.title(member), words::reviewed_text(&text)))
        });
    let texts: Vec<_> = texts.collect();
    let texts: Vec<_> = texts
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let batch = op.operation.traits.batch.as_ref();
    let entries = batch.map(|batch| batch.sent(&sent));
    let entries = entries.map(|entries| {
        let line = |entry: &Value| el("li").child(name_of(entry));
        let shown: Vec<_> = entries.iter().take(MOST_NAMED).map(line).collect();
        let more = entries.len().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| el("li").child(words::more(more)));
        el("ul").class("named").child((shown, more))
    });
    let texts = (!texts.is_empty()).then(|| key_values(&texts));
    (entries, texts).into()
}

/// A value, a list of values, or a map of them; what has more parts stands in the request.
fn text_of(value: &Value) -> Option<String> {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    let parts: Option<Vec<String>> = match value {
        Value::Array(items) => items.iter().map(scalar).collect(),
        Value::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| Some([key, ": ", &scalar(value)?].concat()));
            entries.collect()
        }
        value => return scalar(value),
    };
    let mut parts = parts.filter(|parts| !parts.is_empty())?;
    let more = parts.len().saturating_sub(MOST_NAMED);
    parts.truncate(MOST_NAMED);
    parts.extend((more > 0).then(|| words::more(more)));
    Some(parts.join(", "))
}

/// An entry by its own texts.
fn name_of(entry: &Value) -> String {
    match entry {
        Value::String(text) => text.clone(),
        Value::Object(members) => {
            let texts: Vec<_> = members.values().filter_map(Value::as_str).collect();
            match texts.is_empty() {
                true => entry.to_string(),
                false => texts.join(", "),
            }
        }
        other => other.to_string(),
    }
}

/// Why the account can't be named, and the way to ask again.
fn trouble(console: Console, identity: &Identity, is_asking: Signal<bool>) -> Markup {
    let (title, detail) = words::identity_trouble(identity).unwrap_or_default();
    let kind = match identity {
        Identity::Missing(_) => Kind::Error,
        _ => Kind::Warning,
    };
    let press = move |()| console.renew_review();
    let sign_in = identity.why().and_then(|why| sign_in_button(console, why));
    let check = identity.may_change().then(|| {
        view! {
            <Button id=CHECK_REVIEWED_ID loading=is_asking on_click=press>
                {words::check_again()}
            </Button>
        }
    });
    let has_action = sign_in.is_some() || check.is_some();
    let action = has_action.then(|| Markup::from((sign_in, check)));
    view! { <Flash kind title action>{detail}</Flash> }.into()
}
