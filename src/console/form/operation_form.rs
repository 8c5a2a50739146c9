//! The whole form of an operation.

use super::add_setting::add_setting;
use super::answer_file::answer_file;
use super::control::documentation;
use super::field::{FieldView, rows};
use super::field_labels;
use super::json_view::JsonView;
use super::members::Members;
use super::menus::{Menu, menu_button};
use super::own_form::with_own_form;
use super::presets::{fill_button, preset_dialogs};
use super::snippets::{CopyAs, paste_dialogs};
use super::summary::Summary;
use super::waits::waits;
use crate::browser::{task, width};
use crate::lazy::lazy;
use crate::state::{CopyStatus, Form, FormView, SEND_ID, Step, UNDERWAY_ID, Underway};
use crate::ui::{
    Button, Container, Flash, Kind, Markup, TabItem, TabPanel, Tabs, Variant, copying, each, el,
    live, when,
};
use formsmith_api::draft::{Draft, NodeId};
use formsmith_api::model::{Operation, ShapeKind};
use formsmith_words as words;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const FIELDS_TAB: &str = "fields";
const JSON_TAB: &str = "json";

fn selected(form: Form) -> Signal<String> {
    Signal::derive(move || match form.view() {
        FormView::Fields => FIELDS_TAB.to_owned(),
        FormView::Json => JSON_TAB.to_owned(),
    })
}

/// The ways to fill a form: from elsewhere, and by its fields or as JSON.
pub fn ways(form: Form) -> Markup {
    let selected = selected(form);
    let select = move |key: String| {
        form.show_view(match key.as_str() {
            JSON_TAB => FormView::Json,
            _ => FormView::Fields,
        });
    };
    let tab = |key, title| TabItem { key, title };
    let tabs = vec![
        tab(FIELDS_TAB, words::form_tab()),
        tab(JSON_TAB, words::json()),
    ];
    let content = view! {
        {fill_button(form)}
        {menu_button(form, Menu::Load)}
        <Tabs label=words::write_as() items=tabs selected on_select=select />
    };
    el("div")
        .class("actions form-ways")
        .attr_while("data-folded", "", move || form.is_folded())
        .child(content)
        .into()
}

#[component]
pub fn OperationForm(form: Form) -> Markup {
    form.load_picks();
    let selected = selected(form);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit(false);
    };
    let content = view! {
        <Summary form />
        <TabPanel key=FIELDS_TAB selected>
            <Fields form />
        </TabPanel>
        <TabPanel key=JSON_TAB selected>
            <JsonView form />
        </TabPanel>
        {Markup::from((answer_file(form), waits(form)))}
        <Actions form />
    };
    let whole = el("form")
        .class("stack")
        .attr("novalidate", "")
        // Drafts are kept here. With each key the browser would copy all fields for its own history.
        .attr("autocomplete", "off")
        .on("submit", submit)
        .child(content);
    let dialogs = view! {
        <CopyAs form />
        {paste_dialogs(form.console)}
        {preset_dialogs(form)}
    };
    (with_own_form(whole), dialogs).into()
}

/// The members, grouped: what is required, each list and map, and the rest. While the JSON
/// has a mistake the fields can't be edited, because one of the two would be lost.
#[component]
fn Fields(form: Form) -> Markup {
    let has_mistake = Memo::new(move |_| form.json_mistake().is_some());
    let groups = live(move || {
        form.redrawn();
        groups(form)
    });
    let groups = el("div")
        .class("stack")
        .attr_while("inert", "", move || has_mistake.get())
        .child(groups);
    let mistake = when(
        move || has_mistake.get(),
        move || view! { <MistakeNotice form /> },
    );
    (mistake, groups).into()
}

fn groups(form: Form) -> Markup {
    let members = Members::of(form, form.peek(Draft::root));
    let drawn = Memo::new(move |_| grouped(members));
    let one = move |node| members.one(node, view! { <FieldView form node /> }.into());
    let group = move |at: usize, title: &'static str, actions: Option<fn(Members) -> Markup>| {
        when(
            move || drawn.with(|drawn| !drawn[at].is_empty()),
            move || {
                let nodes = move || drawn.with(|drawn| drawn[at].clone());
                let fields = el("div").class("field-grid").child(each(nodes, one));
                let counter =
                    Signal::derive(move || drawn.with(|drawn| counter(members, drawn, at)));
                let actions = actions.map(|actions| actions(members));
                view! { <Container title counter actions>{Markup::from(fields)}</Container> }
            },
        )
    };
    let rows = move |node| members.one(node, view! { <RowsGroup form node /> }.into());
    let rows = each(move || drawn.with(|drawn| drawn[ROWS].clone()), rows);
    let groups = el("div").class("stack").child((
        group(REQUIRED, words::required_group(), None),
        rows,
        group(SETTINGS, words::settings_group(), Some(remove_all)),
    ));
    if !members.is_long() {
        return groups.into();
    }
    // What can be added stands beside the form where there is room for both.
    let is_beside = RwSignal::new(false);
    let whole = el("div")
        .class("form-fields")
        .attr_while("data-beside", "", move || is_beside.get())
        .child(groups)
        .child(add_setting(members, Some(is_beside)));
    let element = whole.element().clone();
    width::follow(&whole.element().clone(), move || {
        let has_room = element.client_width() >= BESIDE && room_of_window() >= WINDOW;
        if is_beside.try_get_untracked() == Some(!has_room) {
            is_beside.set(has_room);
        }
    });
    whole.into()
}

/// How wide fields and list have to be together to stand beside each other, and how wide the window,
/// in pixels.
const BESIDE: i32 = 880;
const WINDOW: f64 = 1200.0;

fn room_of_window() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|width| width.as_f64()).unwrap_or_default()
}

/// Where the members stand that are required and no rows, those with rows, and all others.
const REQUIRED: usize = 0;
const ROWS: usize = 1;
const SETTINGS: usize = 2;

fn grouped(members: Members) -> Vec<Vec<NodeId>> {
    let form = members.form;
    let mut groups = vec![Vec::new(); 3];
    for node in members.drawn() {
        let at = form.peek(|draft| {
            let place = draft.place(form.model, node)?;
            let is_token = place.has(|traits| traits.idempotency_token);
            let is_required = place.member.is_some_and(|traits| traits.required);
            Some(match place.shape.kind {
                // What was added stays with the other settings.
                _ if members.is_removable(node) => SETTINGS,
                ShapeKind::List(_) | ShapeKind::Map { .. } => ROWS,
                _ if is_required && !is_token => REQUIRED,
                _ => SETTINGS,
            })
        });
        if let Some(at) = at {
            groups[at].push(node);
        }
    }
    groups
}

/// How many fields stand in a group; of settings, of how many.
fn counter(members: Members, drawn: &[Vec<NodeId>], at: usize) -> String {
    let count = drawn[at].len();
    match members.is_long() && at == SETTINGS {
        true => words::settings_shown(
            count,
            members.all().len() - drawn[REQUIRED].len() - drawn[ROWS].len(),
        ),
        false => words::counter(0, count),
    }
}

/// Takes away all that was added.
fn remove_all(members: Members) -> Markup {
    let form = members.form;
    when(
        move || members.has_added(),
        move || {
            let press = move |()| {
                task::spawn(async move {
                    if removed(members).await.is_err() {
                        form.tell_not_loaded();
                    }
                });
            };
            view! { <Button variant=Variant::Link on_click=press>{words::remove_all()}</Button> }
        },
    )
}

lazy! { fn removed(members: Members) = members.remove_all(); }

/// A list or map of the input in a container of its own.
#[component]
fn RowsGroup(form: Form, node: NodeId) -> Markup {
    let is_list = form.peek(|draft| {
        let place = draft.place(form.model, node);
        place.is_some_and(|place| matches!(place.shape.kind, ShapeKind::List(_)))
    });
    let description = [
        documentation(form, node).unwrap_or_default(),
        if is_list { words::paste_hint() } else { "" }.to_owned(),
    ];
    let suffix = super::control::suffix(form, node);
    let name: Markup = el("code")
        .class("api-name")
        .child(field_labels::api_name(form, node))
        .into();
    view! {
        <Container
            title=field_labels::title(form, node)
            counter=suffix
            description=description.join(" ").trim().to_owned()
        >
            {name}
            {rows(form, node, is_list)}
        </Container>
    }
    .into()
}

#[component]
fn MistakeNotice(form: Form) -> Markup {
    let action = view! {
        <Button on_click=move |()| form.show_view(FormView::Json)>{words::go_to_json()}</Button>
        <Button on_click=move |()| form.give_up_json()>{words::discard_json()}</Button>
    };
    let detail = Signal::derive(move || {
        let mistake = form.json_mistake();
        mistake
            .map(|mistake| words::json_mistake(&mistake))
            .unwrap_or_default()
    });
    view! {
        <Flash kind=Kind::Error title=words::json_has_error() action>
            {Markup::from(detail)}
        </Flash>
    }
    .into()
}

/// What is done with the whole form. It stays in view while the form is longer than the window.
#[component]
fn Actions(form: Form) -> Markup {
    let sending = Signal::derive(move || form.is_sending());
    let stop = move || {
        let told = Signal::derive(move || {
            let underway = form.underway();
            underway.map_or_else(String::new, |it| awaited(&it))
        });
        let told = el("span")
            .attr("id", UNDERWAY_ID)
            .attr("tabindex", "-1")
            .child(Markup::from(told));
        let stop = move || match form.underway().map(|underway| underway.step) {
            Some(Step::Pause { .. }) => words::stop_trying(),
            _ => words::stop_waiting(),
        };
        let stop = view! {
            <Button variant=Variant::Link on_click=move |()| form.stop_waiting()>
                {live(stop)}
            </Button>
        };
        el("span").class("form-underway").child((told, stop))
    };
    let link = CopyStatus::new();
    let buttons = view! {
        <Button variant=Variant::Link on_click=move |()| form.clear()>
            {words::clear()}
        </Button>
        {copying(menu_button(form, Menu::More(link)), link.into())}
        <Button id=SEND_ID variant=Variant::Primary submit=true loading=sending>
            {verb(form.operation)}
        </Button>
    };
    el("div")
        .class("form-actions")
        .child(when(move || sending.get(), stop))
        .child(buttons)
        .into()
}

/// What the page is waiting for.
fn awaited(underway: &Underway) -> String {
    match underway.step {
        Step::Opening => words::part_loading().into(),
        Step::Pause { reason, seconds } => words::trying_again(reason, seconds, underway.attempt),
        Step::Answer => words::awaiting_answer(underway.attempt),
        Step::Sending => words::sending_file().into(),
        Step::Reading { percent } => words::reading_file(&percent.to_string()),
        Step::Receiving { done, total } => words::receiving(done, total),
    }
}

/// So many letters fit on the button that sends, beside the others.
const SHORT: usize = 24;

/// What stands on the button that sends: the operation, where that is short.
pub fn verb(operation: &Operation) -> String {
    let title = || Some(operation.title()).filter(|it| it.chars().count() <= SHORT);
    let own = own_verb(operation).map(str::to_owned);
    own.or_else(title)
        .unwrap_or_else(|| words::send().to_owned())
}

/// What the model calls the doing of it.
pub fn own_verb(operation: &Operation) -> Option<&str> {
    operation.traits.label.as_ref()?.verb.as_deref()
}
