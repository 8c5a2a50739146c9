//! The whole form of an operation.

use super::control::documentation;
use super::examples::Examples;
use super::field::FieldView;
use super::json_view::JsonView;
use super::naming;
use super::summary::Summary;
use crate::state::{Form, FormView};
use crate::text;
use crate::ui::{Button, Container, Dialog, Flash, Kind, TabItem, TabPanel, Tabs, Variant};
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const FIELDS_TAB: &str = "fields";
const JSON_TAB: &str = "json";

#[component]
pub fn OperationForm(form: Form) -> impl IntoView {
    let selected = Signal::derive(move || match form.view() {
        FormView::Fields => FIELDS_TAB.to_owned(),
        FormView::Json => JSON_TAB.to_owned(),
    });
    let select = move |key: String| {
        form.show_view(match key.as_str() {
            JSON_TAB => FormView::Json,
            _ => FormView::Fields,
        });
    };
    let tabs = vec![
        TabItem {
            key: FIELDS_TAB,
            title: text::FIELDS,
        },
        TabItem {
            key: JSON_TAB,
            title: text::JSON,
        },
    ];
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit(false);
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            <Summary form />
            <Examples form />
            <Tabs label=text::WRITE_AS items=tabs selected on_select=select />
            <TabPanel key=FIELDS_TAB selected>
                <Fields form />
            </TabPanel>
            <TabPanel key=JSON_TAB selected>
                <JsonView form />
            </TabPanel>
            <Actions form />
        </form>
        <Review form />
    }
}

/// The members, grouped: what is required, each list and map, and the rest. While the JSON
/// has a mistake the fields can't be edited, because one of the two would be lost.
#[component]
fn Fields(form: Form) -> impl IntoView {
    let groups = Memo::new(move |_| form.with_draft(|draft| draft.children(draft.root())));
    let has_mistake = Memo::new(move |_| form.json_mistake().is_some());
    let groups = move || {
        let (details, rows, more) = grouped(form, &groups.get());
        let fields = |nodes: Vec<NodeId>| {
            nodes.into_iter().map(|node| view! { <FieldView form node /> }).collect_view()
        };
        let group = |title: &'static str, nodes: Vec<NodeId>| {
            let is_empty = nodes.is_empty();
            let fields = fields(nodes);
            (!is_empty).then(|| {
                view! { <Container title><div class="stack">{fields}</div></Container> }
            })
        };
        let rows = rows.into_iter().map(|node| view! { <RowsGroup form node /> });
        view! {
            {group(text::DETAILS, details)}
            {rows.collect_view()}
            {group(text::MORE_SETTINGS, more)}
        }
    };
    view! {
        {move || has_mistake.get().then(|| view! { <MistakeNotice form /> })}
        <div class="stack" inert=move || has_mistake.get()>
            {groups}
        </div>
    }
}

fn grouped(form: Form, nodes: &[NodeId]) -> (Vec<NodeId>, Vec<NodeId>, Vec<NodeId>) {
    let (mut details, mut rows, mut more) = (Vec::new(), Vec::new(), Vec::new());
    for &node in nodes {
        form.peek(|draft| {
            let Some(place) = draft.place(form.console.model, node) else {
                return;
            };
            let is_token = place.has(|traits| traits.idempotency_token);
            let is_required = place.member.is_some_and(|traits| traits.required);
            match place.shape.kind {
                ShapeKind::List(_) | ShapeKind::Map { .. } => rows.push(node),
                _ if is_required && !is_token => details.push(node),
                _ => more.push(node),
            }
        });
    }
    (details, rows, more)
}

/// A list or map of the input in a container of its own.
#[component]
fn RowsGroup(form: Form, node: NodeId) -> impl IntoView {
    let is_list = form.peek(|draft| {
        let place = draft.place(form.console.model, node);
        place.is_some_and(|place| matches!(place.shape.kind, ShapeKind::List(_)))
    });
    let description = [
        documentation(form, node).unwrap_or_default(),
        is_list.then_some(text::PASTE_HINT).unwrap_or_default().to_owned(),
    ];
    let suffix = super::control::suffix(form, node);
    view! {
        <Container
            title=naming::title(form, node)
            counter=suffix
            description=description.join(" ").trim().to_owned()
        >
            <code class="api-name">{naming::api_name(form, node)}</code>
            <FieldView form node />
        </Container>
    }
}

#[component]
fn MistakeNotice(form: Form) -> impl IntoView {
    let action = move || {
        view! {
            <Button on_click=move |_| form.show_view(FormView::Json)>{text::GO_TO_JSON}</Button>
            <Button on_click=move |_| form.discard_json()>{text::DISCARD_JSON}</Button>
        }
    };
    let detail = move || form.json_mistake().map(|mistake| text::json_mistake(&mistake));
    view! {
        <Flash kind=Kind::Error title=text::JSON_HAS_MISTAKE action>
            {detail}
        </Flash>
    }
}

#[component]
fn Actions(form: Form) -> impl IntoView {
    let sending = Signal::derive(move || form.is_sending());
    view! {
        <div class="form-actions">
            {move || {
                sending
                    .get()
                    .then(|| {
                        view! {
                            <Button variant=Variant::Link on_click=move |_| form.stop_waiting()>
                                {text::STOP_WAITING}
                            </Button>
                        }
                    })
            }}
            <Button variant=Variant::Link on_click=move |_| form.clear()>
                {text::CLEAR}
            </Button>
            <Button variant=Variant::Primary submit=true loading=sending>
                {verb(form)}
            </Button>
        </div>
    }
}

fn verb(form: Form) -> String {
    let label = form.operation.traits.label.as_ref();
    label
        .and_then(|label| label.verb.clone())
        .unwrap_or_else(|| text::SEND.into())
}

/// What is about to be done to real resources, before it is done.
#[component]
fn Review(form: Form) -> impl IntoView {
    let sentence = move || {
        let region = form.console.region();
        let entries = form.operation.traits.batch.as_ref().and_then(|batch| {
            let input = form.input();
            let count = input.get(&batch.entries)?.as_array()?.len();
            let (one, several) = text::entry_words(form.console.model, form.operation);
            Some(text::counted(count, &one, &several))
        });
        match entries {
            Some(entries) => text::review_batch(&verb(form), &entries, &region),
            None => text::review(&form.operation.title(), &region),
        }
    };
    let footer = move || {
        view! {
            <Button variant=Variant::Link on_click=move |_| form.decide(false)>
                {text::CANCEL}
            </Button>
            <Button variant=Variant::Primary on_click=move |_| form.decide(true)>
                {verb(form)}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || form.is_reviewed())
            on_close=move |()| form.decide(false)
            title=text::review_title(&form.operation.title())
            close_label=text::CLOSE
            footer
        >
            <p>{sentence}</p>
            <p>{text::REVIEW_DETAIL}</p>
        </Dialog>
    }
}
