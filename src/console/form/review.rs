//! What is about to be done to real resources, before it is done.

use super::operation_form::verb;
use crate::later::later;
use crate::part::later_dialog;
use crate::state::{CHECK_REVIEWED_ID, Form, Identity, Proposal, REVIEWED_ID, Request};
use crate::text;
use crate::ui::{
    Button, CodeBlock, Dialog, ExpandableSection, Flash, Kind, Markup, MarkupFn, StatusIndicator,
    Variant, el, key_values, live, when,
};
use leptos::prelude::*;
use serde_json::Value;

/// At most this many entries are listed; the others are only counted.
const MOST_NAMED: usize = 20;

#[component]
pub fn ReviewDialog(form: Form) -> Markup {
    later_dialog(
        form.console,
        move || form.is_reviewed(),
        move || dialog(form),
    )
}

later! { fn dialog(form: Form) -> Markup = review(form); }

fn review(form: Form) -> Markup {
    let is_asking = Signal::derive(move || form.is_review_asking());
    let may_send = move || !matches!(form.reviewed_proposal(), Some(Err(_)));
    let send = move || {
        let press = move |()| form.confirm_review();
        view! {
            <Button variant=Variant::Primary loading=is_asking on_click=press>{verb(form)}</Button>
        }
    };
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| form.cancel_review()>
                {text::CANCEL}
            </Button>
            {when(may_send, send)}
        }
    });
    view! {
        <Dialog
            open=Signal::derive(move || form.is_reviewed())
            on_close=move |()| form.cancel_review()
            title=text::review_title(&form.operation.title())
            close_label=text::CLOSE
            focus=REVIEWED_ID
            footer
        >
            {content(form, is_asking)}
        </Dialog>
    }
    .into()
}

fn content(form: Form, is_asking: Signal<bool>) -> Markup {
    let request = form.reviewed_request();
    let told = move || {
        let request = request.as_ref()?;
        let proposal = form.reviewed_proposal();
        let identity = match &proposal {
            Some(Ok(proposal)) => Some(proposal.identity.clone()),
            Some(Err(why)) => Some(Identity::Missing(why.clone())),
            None => None,
        };
        let place = text::place(identity.as_ref(), &request.region);
        let question = el("p").child(question(form, request, &place));
        let question = (question, named(form, request));
        if form.console.target().is_sandbox() {
            let told = text::target_explained(form.console.target(), false);
            return Some(Markup::from((question, told)));
        }
        let told: Markup = match identity {
            None => {
                view! { <StatusIndicator kind=Kind::Loading text=text::ASKING_IDENTITY /> }.into()
            }
            Some(Identity::Known { .. }) => Markup::default(),
            Some(unknown) => trouble(form, &unknown, is_asking),
        };
        let facts = proposal
            .and_then(Result::ok)
            .map(|proposal| facts(request, &proposal));
        Some((question, anew(form), told, facts).into())
    };
    let told = el("div")
        .class("stack")
        .attr("id", REVIEWED_ID)
        .attr("tabindex", "-1")
        .attr("aria-live", "polite")
        .child(live(told));
    let detail = when(
        move || !form.console.target().is_sandbox(),
        || el("p").child(text::REVIEW_DETAIL),
    );
    let exact = form.reviewed_request().map(|request| {
        let (head, text) = text::http_request(&request.http);
        view! {
            <ExpandableSection summary=text::REQUEST_TO_SEND caption=head>
                <CodeBlock label=text::REQUEST_TO_SEND text />
            </ExpandableSection>
        }
    });
    (told, detail, exact).into()
}

/// What the proxy would do, and in whose name.
fn facts(request: &Request, proposal: &Proposal) -> Markup {
    let region = text::signed_region(&request.region, &proposal.signing_region);
    let attempts = text::attempts_agreed(proposal.attempts);
    let mut facts = vec![
        (text::REGION, region.as_str()),
        (text::EFFECT, text::effect(&proposal.class)),
        (text::ATTEMPTS, &attempts),
        (text::ENDPOINT, &proposal.host),
    ];
    let number;
    if let Identity::Known { account, arn, .. } = &proposal.identity {
        number = text::account_number(account);
        facts.insert(0, (text::ACCOUNT, &number));
        facts.push((text::SIGNED_IN_AS, arn));
    }
    key_values(&facts)
}

/// That something else is to be confirmed than what was.
fn anew(form: Form) -> Option<Markup> {
    let title = text::failure_title(&form.reviewed_anew()?);
    let detail = text::LOOK_AGAIN;
    Some(view! { <Flash kind=Kind::Warning title>{detail}</Flash> }.into())
}

/// What is to be confirmed, with how many entries it is about.
fn question(form: Form, request: &Request, place: &str) -> String {
    let entries = form.operation.traits.batch.as_ref().and_then(|batch| {
        let count = request.input.get(&batch.entries)?.as_array()?.len();
        let (one, several) = text::entry_words(form.model, form.operation);
        Some(text::counted(count, &one, &several))
    });
    match entries {
        Some(entries) => text::review_batch(&verb(form), &entries, place),
        None => text::review(&form.operation.title(), place),
    }
}

/// What the request names, as the form does: the entries of a batch, and the other members that
/// are texts. Tokens name nothing.
fn named(form: Form, request: &Request) -> Markup {
    let model = form.model;
    let input = form.operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input.map(|shape| shape.members()).unwrap_or_default();
    let texts = members
        .iter()
        .filter(|member| !member.traits.idempotency_token)
        .filter_map(|member| Some((model.title(member), request.input[&member.name].as_str()?)));
    let texts: Vec<_> = texts.collect();
    let texts: Vec<_> = texts.iter().map(|(name, text)| (&**name, *text)).collect();
    let batch = form.operation.traits.batch.as_ref();
    let entries = batch.and_then(|batch| request.input[&batch.entries].as_array());
    let entries = entries.map(|entries| {
        let line = |entry: &Value| el("li").child(name_of(entry));
        let shown: Vec<_> = entries.iter().take(MOST_NAMED).map(line).collect();
        let more = entries.len().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| el("li").child(text::more(more)));
        el("ul").class("named").child((shown, more))
    });
    let texts = (!texts.is_empty()).then(|| key_values(&texts));
    (entries, texts).into()
}

/// An entry by its own texts.
fn name_of(entry: &Value) -> String {
    match entry {
        Value::String(text) => text.clone(),
        Value::Object(members) => {
            let texts: Vec<_> = members.values().filter_map(Value::as_str).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    }
}

/// Why the account can't be named, and the way to ask again.
fn trouble(form: Form, identity: &Identity, is_asking: Signal<bool>) -> Markup {
    let (title, detail) = text::identity_trouble(identity).unwrap_or_default();
    let kind = match identity {
        Identity::Missing(_) => Kind::Error,
        _ => Kind::Warning,
    };
    let press = move |()| form.check_reviewed();
    let action = identity.may_change().then(|| {
        view! {
            <Button id=CHECK_REVIEWED_ID loading=is_asking on_click=press>
                {text::CHECK_AGAIN}
            </Button>
        }
    });
    view! { <Flash kind title action>{detail}</Flash> }.into()
}
