//! What is known of the operation and of the field one is in: beside the form where there is room.
//! It follows the focus and never takes it.

mod lists;
mod looks;
mod written;

use super::control;
use super::field_labels;
use crate::browser::{focus, storage, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::permissions::of_form;
use crate::state::{Documentation, Form};
use crate::ui::{
    Button, ExpandableSection, Glyph, Kind, Markup, StatusIndicator, Variant, el, live, once, when,
};
use crate::watch::{listen, watch};
use formsmith_api::draft::{NodeId, Role};
use formsmith_words as words;
use leptos::prelude::*;
use lists::lists;
use looks::{looks, values};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};
use written::written;

const KEY: &str = "formsmith.help";
const ID: &str = "help";

/// The button that opens it.
const OPENER: &str = "help-open";

/// A form with the help beside it, and the button that opens it at the end of the header's `ways`.
pub fn with_help(form: Form, header: Markup, ways: Markup, page: Markup) -> Markup {
    // Closed at first: what it shows takes longer to come than the form.
    let is_open = RwSignal::new(storage::read(KEY).as_deref() == Some("open"));
    let press = move |_: MouseEvent| turn(is_open, !is_open.get_untracked());
    let button = el("button")
        .attr("type", "button")
        .class("button button-normal")
        .attr("id", OPENER)
        .attr("aria-controls", ID)
        .attr_live("aria-expanded", move || Some(is_open.get().to_string()))
        .on("click", press)
        .child(words::help());
    let panel = when(
        move || is_open.get(),
        move || lazy_view(form.console, move || panel(form, is_open)),
    );
    let ways = el("div").class("actions").child(ways).child(button);
    let head = el("div").class("helped-head").child(header).child(ways);
    el("div")
        .class("helped")
        .child(el("div").class("stack").child(head).child(page))
        .child(
            el("section")
                .class("help")
                .attr("id", ID)
                .attr("aria-label", words::help())
                .attr("tabindex", "0")
                .attr_while("hidden", "", move || !is_open.get())
                .child(panel),
        )
        .into()
}

fn turn(is_open: RwSignal<bool>, open: bool) {
    is_open.set(open);
    storage::write(KEY, if open { "open" } else { "closed" });
}

lazy! { in help: fn panel(form: Form, is_open: RwSignal<bool>) -> Markup = view(form, is_open); }

lazy! {
    in help: pub fn in_short(form: Form, node: NodeId, is_described: bool) -> Markup =
        looks::in_short(form, node, is_described);
}

/// What has come of AWS's own words.
#[derive(Clone)]
enum Said {
    Underway,
    Over(Option<Documentation>),
}

fn view(form: Form, is_open: RwSignal<bool>) -> Markup {
    let at = RwSignal::new(None::<NodeId>);
    let follow = move |element: Option<Element>| {
        let Some(node) = element.and_then(|element| node_of(form, element)) else {
            return;
        };
        // The input as a whole has no name, and is what the operation is about.
        let new = Some(node).filter(|&node| form.peek(|draft| draft.root() != node));
        // Within one field the help stays as it is.
        if at.get_untracked() != new {
            at.set(new);
        }
    };
    listen(&document(), "focusin", move |event: Event| {
        follow(event.target().and_then(|it| it.dyn_into().ok()));
    });
    watch(move || {
        form.redrawn();
        at.set(None);
    });
    // The focus may have moved on while this was fetched.
    follow(document().active_element());
    let said = RwSignal::new_local(Said::Underway);
    task::spawn(async move {
        let documentation = form.load_documentation().await;
        said.try_set(Said::Over(documentation));
    });
    let member = live(move || match at.get() {
        Some(node) => of_node(form, node, &said.get()),
        None => el("p")
            .class("description")
            .child(words::help_follow())
            .into(),
    });
    let operation = live(move || of_operation(form, &said.get()));
    let close = move |()| {
        turn(is_open, false);
        // The button goes with its press.
        focus::soon(OPENER);
    };
    let close = view! {
        <Button variant=Variant::Icon icon=Glyph::Close label=words::close_help() on_click=close />
    };
    let close = el("div").class("help-close").child(close);
    (close, member, operation, needs(form)).into()
}

/// What the request needs in IAM, read when it is asked for.
fn needs(form: Form) -> Markup {
    let is_open = RwSignal::new(false);
    let body = once(
        move || is_open.get(),
        move || lazy_view(form.console, move || of_form(form)),
    );
    view! {
        <ExpandableSection
            summary=words::permissions_needed()
            caption=words::permissions_needed_hint()
            on_open=Callback::new(move |()| is_open.set(true))
        >
            {body}
        </ExpandableSection>
    }
    .into()
}

/// The node of the field an element belongs to.
fn node_of(form: Form, element: Element) -> Option<NodeId> {
    let mut now = Some(element);
    while let Some(element) = now {
        let found = field_labels::node_of(form, &element.id());
        if found.is_some() {
            return found;
        }
        now = element.parent_element();
    }
    None
}

fn of_operation(form: Form, said: &Said) -> Markup {
    let own = form.operation.traits.documentation.as_deref();
    let aws = |documentation: &Documentation| documentation.operation(form);
    let title = words::help_about(&form.operation.title());
    (
        el("h3").child(title),
        text(own, said, aws, words::help_no_operation()),
    )
        .into()
}

fn of_node(form: Form, node: NodeId, said: &Said) -> Markup {
    // A row or an entry has no name of its own.
    let named = form.peek(|draft| {
        let mut now = node;
        while let Some(of) = draft.node(now)
            && !matches!(of.role, Role::Member(_) | Role::Root)
            && let Some(parent) = of.parent
        {
            now = parent;
        }
        now
    });
    let own = control::documentation(form, node).or_else(|| control::documentation(form, named));
    let aws = |documentation: &Documentation| {
        let of_node = documentation.node(form, node);
        of_node.or_else(|| documentation.node(form, named))
    };
    let required = match (
        field_labels::is_required(form, node),
        field_labels::is_optional(form, node),
    ) {
        (true, _) => Some(words::help_required()),
        (_, true) => Some(words::help_optional()),
        _ => None,
    };
    let left_out = match said {
        Said::Over(Some(documentation)) => documentation.if_left_out(form, named),
        _ => Vec::new(),
    };
    let required = required.map(|required| {
        let mut list = el("ul").child(el("li").child(required));
        for sentence in left_out {
            list = list.child(el("li").child(sentence));
        }
        (el("h4").child(words::help_left_out()), list)
    });
    let values = values(form, node).map(|values| (el("h4").child(words::help_values()), values));
    let name = field_labels::api_name(form, named);
    let head = (
        el("h3").child(field_labels::title(form, named)),
        el("code").class("api-name").child(name),
    );
    let text = text(own.as_deref(), said, aws, words::help_none());
    let looks = (el("h4").child(words::help_looks()), looks(form, node));
    Markup::from((
        Markup::from(head),
        text,
        required.map(Markup::from),
        values.map(Markup::from),
        Markup::from(looks),
        lists(form, node),
    ))
}

/// The model's own words, then AWS's; or that there are none.
fn text(
    own: Option<&str>,
    said: &Said,
    aws: impl Fn(&Documentation) -> Option<String>,
    none: &'static str,
) -> Markup {
    let (is_underway, aws) = match said {
        Said::Underway => (true, None),
        Said::Over(documentation) => (false, documentation.as_ref().and_then(aws)),
    };
    let aws = aws.filter(|aws| Some(aws.as_str()) != own);
    let is_silent = own.is_none() && aws.is_none() && !is_underway;
    let waiting = is_underway.then(|| {
        view! { <StatusIndicator kind=Kind::Loading text=words::help_waiting() /> }
    });
    let aws = aws.map(|aws| {
        let mark = el("p").class("help-source").child(words::help_from_aws());
        let is_foreign = words::tag().is_some();
        let language =
            is_foreign.then(|| el("p").class("help-source").child(words::help_in_english()));
        (
            el("div").attr("lang", "en").child(written(&aws)),
            mark,
            language,
        )
    });
    (
        own.map(written),
        aws.map(Markup::from),
        waiting,
        is_silent.then(|| el("p").child(none)),
    )
        .into()
}
