//! What is about to be done to real resources, before it is done.

use super::dry_run::DryRun;
use super::operation_form::own_verb;
use super::review_changes::changes;
use super::typed_name::TypedName;
use crate::badges::{class_badge, place_badge};
use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::sign_in_button::sign_in_button;
use crate::state::{CHECK_REVIEWED_ID, Console, NameScope, REVIEWED_ID};
use crate::ui::{
    ApiName, Button, CodeBlock, Dialog, ExpandableSection, Flash, Kind, Markup, MarkupFn,
    StatusIndicator, Variant, el, key_values, live, switched, when,
};
use formsmith_api::class::Class;
use formsmith_run::{Identity, Intent, OperationRef, Proposal, Review};
use formsmith_words as words;
use leptos::prelude::*;

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
    // What it is called stays while the dialog closes.
    let texts = Memo::new(move |before: Option<&(String, String)>| {
        let review = console.review();
        let texts = review.map(|review| (question(&review), verb_of(&review)));
        texts.or_else(|| before.cloned()).unwrap_or_default()
    });
    let send = move || {
        let press = move |()| {
            if typed.is_right() {
                console.confirm_review();
            }
        };
        view! {
            <Button variant=Variant::Primary loading=is_asking on_click=press>
                {Markup::from(Signal::derive(move || texts.with(|(_, verb)| verb.clone())))}
            </Button>
        }
    };
    let check = DryRun::new(console);
    let footer = MarkupFn::new(move || {
        view! {
            {check.button()}
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
            title=Signal::derive(move || texts.with(|(question, _)| question.clone()))
            heading_id=REVIEWED_ID
            close_label=words::close()
            focus=REVIEWED_ID
            footer
        >
            {content(console, op, is_asking)}
            {check.answer()}
            {typed.field()}
        </Dialog>
    }
    .into()
}

fn content(console: Console, op: OperationRef, is_asking: Signal<bool>) -> Markup {
    let told = move || {
        let review = console.review()?;
        let anew = review.renewed_for.as_ref().map(|why| {
            let title = words::failure_title(why);
            view! { <Flash kind=Kind::Warning title>{words::look_again()}</Flash> }
        });
        let told: Markup = match identity(&review) {
            _ if review.intent.place.target.is_sandbox() => Markup::default(),
            None => view! { <StatusIndicator kind=Kind::Loading text=words::asking_identity() /> }
                .into(),
            Some(Identity::Known { .. }) => Markup::default(),
            Some(unknown) => trouble(console, &unknown, is_asking),
        };
        Some((
            anew,
            place(console, &review),
            told,
            consequence(console, &review),
        ))
    };
    let told = el("div")
        .class("stack")
        .attr("aria-live", "polite")
        .child(live(told));
    let facts = live(move || {
        let review = console.review()?;
        let proposal = review.proposal.as_ref().and_then(|told| told.as_ref().ok());
        Some(facts(proposal?))
    });
    let intent = untrack(move || console.review());
    let changes = intent.as_ref().map(|review| {
        let names = NameScope::of(&review.intent.place, &op.service.name);
        changes(op, &review.intent, names)
    });
    let exact = intent.map(|review| exact(&review.intent));
    (told, changes, facts, exact).into()
}

/// Who the proxy says signs it, once it has.
fn identity(review: &Review) -> Option<Identity> {
    match &review.proposal {
        Some(Ok(proposal)) => Some(proposal.identity.clone()),
        Some(Err(why)) => Some(Identity::Missing(why.clone())),
        None => None,
    }
}

/// Where it would be done, as whom, and what.
fn place(console: Console, review: &Review) -> Markup {
    let intent = &review.intent;
    let proposal = review.proposal.as_ref().and_then(|told| told.as_ref().ok());
    let pair = |label: &str, first: Markup, second: &str| {
        let second = view! { <ApiName name=second breaks=true /> };
        let value = el("dd").child(first).child(second);
        el("div").child(el("dt").child(label)).child(value)
    };
    let strong = |text: &str| -> Markup { el("strong").child(text).into() };
    let signing = proposal.map_or("", |proposal| &proposal.signing_region);
    let region = words::signed_region(&intent.place.region, signing);
    let mut list = el("dl").class("review-place");
    let mark = console.reviewed_mark().map(|marked| place_badge(&marked));
    let known = match proposal.map(|proposal| &proposal.identity) {
        Some(Identity::Known { account, arn, .. }) => Some((account, arn)),
        _ => None,
    };
    if let Some(mark) = mark {
        list = list.child(pair(words::place_label(), mark, ""));
    }
    if let Some((account, _)) = known {
        let number = strong(&words::account_number(account));
        list = list.child(pair(words::account(), number, ""));
    }
    list = list.child(pair(words::region(), strong(&region), ""));
    if let Some((_, arn)) = known {
        let (kind, name) = words::kind_and_name(arn);
        list = list.child(pair(words::signed_in_as(), strong(&name), kind));
    }
    let target = intent.place.target;
    if target.is_sandbox() {
        let name = strong(words::target(target));
        list = list.child(pair(words::target_label(), name, ""));
    } else if let Some(endpoint) = console.endpoint() {
        let name = strong(&endpoint);
        list = list.child(pair(words::target_label(), name, words::instead_of_aws()));
    }
    let name = [&intent.op.service.name, ":", intent.op.operation.name()].concat();
    let badge = class_badge(class_of(review));
    list.child(pair(words::operation(), badge, &name)).into()
}

/// As the proxy has it; of one that is newer than this page only the page's own is known.
fn class_of(review: &Review) -> Class {
    let proposal = review.proposal.as_ref().and_then(|told| told.as_ref().ok());
    let told = proposal.and_then(|proposal| Class::from_word(&proposal.class));
    told.unwrap_or(review.intent.op.operation.class)
}

/// What a person has to know before anything else, in a sentence.
fn consequence(console: Console, review: &Review) -> Markup {
    let target = review.intent.place.target;
    if target.is_sandbox() {
        return words::target_explained(target, None, false).into();
    }
    let class = class_of(review);
    let is_aws = console.endpoint().is_none();
    let detail = is_aws.then(|| el("p").child(words::review_of_aws()));
    let (kind, title) = match class {
        Class::Destroys => (Kind::Error, words::cannot_be_undone()),
        Class::Permissions | Class::Credentials | Class::Secret => {
            (Kind::Warning, words::effect_of(class))
        }
        _ => return detail.into(),
    };
    let title = view! { <StatusIndicator kind text=title /> };
    el("div")
        .class("review-alert")
        .attr("data-kind", kind.word())
        .child(title)
        .child(detail)
        .into()
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

/// How the proxy would do it.
fn facts(proposal: &Proposal) -> Markup {
    let attempts = words::attempts_agreed(proposal.attempts);
    let mut facts = vec![
        (words::attempts(), attempts.as_str()),
        (words::endpoint(), &proposal.host),
    ];
    if let Identity::Known { arn, .. } = &proposal.identity {
        facts.push((words::identity_arn(), arn));
    }
    key_values(&facts)
}

/// What would be done to how many entries, where it is about entries.
fn counted(review: &Review) -> Option<String> {
    let op = review.intent.op;
    let batch = op.operation.traits.batch.as_ref()?;
    let count = batch.sent(&review.intent.input).len();
    let (item, items) = words::entry_words(op.model, op.operation);
    let counted = match own_verb(op.operation) {
        Some(verb) => words::review_verb(verb, count, &item, &items),
        None => words::review_titled(&op.operation.title(), count, &item, &items),
    };
    (count > 0).then_some(counted)
}

/// What is to be confirmed, and where it would be done.
fn question(review: &Review) -> String {
    let place = words::place(identity(review).as_ref(), &review.intent.place.region);
    let title = || review.intent.op.operation.title();
    words::review(&counted(review).unwrap_or_else(title), &place)
}

/// What stands on the button that sends.
fn verb_of(review: &Review) -> String {
    let operation = review.intent.op.operation;
    let verb = || own_verb(operation).map_or_else(|| operation.title(), str::to_owned);
    counted(review).unwrap_or_else(verb)
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
