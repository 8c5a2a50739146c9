//! One run of the history: what was sent, and what came of it.

use crate::browser::clock;
use crate::browser::{focus, page};
use crate::later::later;
use crate::part::later_part;
use crate::result::{table, tone_of};
use crate::state::{Console, HistoryTrouble, KeptRun, Route, Told, UNKNOWN};
use crate::text;
use crate::ui::{
    Button, CodeBlock, Collection, CollectionColumn, CollectionRows, Container, CopyButton,
    ExpandableSection, Flash, Kind, Markup, PageHeader, StatusIndicator, description_of, el,
    key_values, live, when,
};
use crate::watch::watch;
use formsmith_api::json;
use formsmith_api::model::CatalogOperation;
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

#[component]
pub fn RunPage(console: Console, id: String) -> Markup {
    let is_read = RwSignal::new(false);
    let header = || view! { <PageHeader title=text::RUN /> };
    (
        when(move || !is_read.get(), header),
        later_part(console, move || run(console, id.clone(), is_read)),
    )
        .into()
}

later! {
    fn run(console: Console, id: String, is_read: RwSignal<bool>) -> Markup =
        content(console, id, is_read);
}

fn content(console: Console, id: String, is_read: RwSignal<bool>) -> Markup {
    let told = console.runs_of(vec![id]);
    watch(move || {
        let is_told = told.with(|told| matches!(told, Some(Ok(_))));
        if is_told && !is_read.get_untracked() {
            is_read.set(true);
            // The heading that has the focus gives way to the run's own.
            if focus::is_within("h1") {
                focus::soon_selected("h1".to_owned(), String::new());
            }
        }
    });
    of_runs(told, move |runs| match runs {
        [run] => Some(run_view(console, run)),
        _ => Some(view! { <PageHeader title=text::RUN description=text::NO_RUN /> }.into()),
    })
}

/// What was read of the history, or why it can't be read; nothing until either is known.
pub fn of_runs<T: Send + Sync + 'static>(
    told: Told<T>,
    shown: impl Fn(&[T]) -> Option<Markup> + 'static,
) -> Markup {
    live(move || {
        told.with(|told| match told {
            None => Markup::default(),
            Some(Ok(runs)) => shown(runs).into(),
            Some(Err(why)) => trouble(*why),
        })
    })
}

pub fn trouble(why: HistoryTrouble) -> Markup {
    let detail = text::history_trouble(why);
    view! { <Flash kind=Kind::Warning title=text::HISTORY_FAILED>{detail}</Flash> }.into()
}

/// A time as the person's clock shows it.
pub fn time(ms: &Value) -> String {
    let moment = ms.as_f64().and_then(|ms| clock::moment(ms / 1000.0));
    moment.map_or_else(|| text::NONE.into(), |moment| moment.local)
}

/// Region and account of a run, as far as they are known.
pub fn place(run: &KeptRun) -> String {
    let account = text::account_number(run.text("account"));
    let parts = [run.text("region"), &account];
    parts
        .map(str::to_owned)
        .join(", ")
        .trim_end_matches(", ")
        .to_owned()
}

/// Target, region and account.
pub fn where_of(run: &KeptRun) -> String {
    [text::target_of(run.text("target")), &place(run)].join(", ")
}

/// The verdict of a run, or why there is none.
pub fn verdict(console: Console, run: &KeptRun) -> Markup {
    let (kind, text) = verdict_of(console, run);
    view! { <StatusIndicator kind text /> }.into()
}

fn verdict_of(console: Console, run: &KeptRun) -> (Kind, &str) {
    match run.is_ended() {
        true => (tone_of(run.text("tone")), run.text("verdict")),
        false if console.waits_for(run) => (Kind::Loading, text::WAITED_FOR),
        false => (tone_of(UNKNOWN), text::NO_ANSWER_KEPT),
    }
}

pub fn duration(start: &Value, end: &Value) -> String {
    match (start.as_f64(), end.as_f64()) {
        (Some(start), Some(end)) => text::duration(end - start),
        _ => text::NONE.into(),
    }
}

pub fn or_none(text: &str) -> &str {
    if text.is_empty() { text::NONE } else { text }
}

fn operation_of(console: Console, run: &KeptRun) -> Option<&'static CatalogOperation> {
    let service = console.listed(run.text("service"))?;
    service.operation(run.text("operation"))
}

fn run_view(console: Console, run: &KeptRun) -> Markup {
    let title = or_none(run.text("title")).to_owned();
    let named = text::with_verdict(verdict_of(console, run).1, &title);
    page::set_title(&text::document_title(Some(&named), false));
    let description = text::run_of(&time(&run.0["startedMs"]));
    let detail = match run.is_ended() {
        true => run.text("detail"),
        false => text::NO_ANSWER_DETAIL,
    };
    let imported = run
        .is_imported()
        .then(|| description_of(text::IMPORTED_DETAIL));
    let imported = imported.flatten();
    let account = text::account_number(or_none(run.text("account")));
    let facts = key_values(&[
        (text::SENT, &time(&run.0["startedMs"])),
        (text::ANSWERED, &time(&run.0["endedMs"])),
        (text::TARGET, text::target_of(run.text("target"))),
        (text::REGION, run.text("region")),
        (text::ACCOUNT, &account),
    ]);
    let result: Markup = el("div")
        .class("stack")
        .child(verdict(console, run))
        .child(description_of(detail))
        .child(imported)
        .child(facts)
        .into();
    let input = json::indented(&run.0["input"]);
    view! {
        <PageHeader title description api_name=run.text("operation").to_owned() />
        {actions(console, run)}
        <Container title=text::RESULT>{result}</Container>
        {attempts(console, run)}
        <ExpandableSection summary=text::INPUT caption="">
            {code(console, text::INPUT, text::COPY_INPUT, input)}
        </ExpandableSection>
        {answer(console, &run.0["answer"])}
    }
    .into()
}

fn actions(console: Console, run: &KeptRun) -> Markup {
    let (id, is_pinned) = (run.id().to_owned(), run.is_pinned());
    let again = operation_of(console, run).map(|_| {
        let page = Route::of_operation(run.text("service"), run.text("operation"));
        el("a")
            .class("button button-normal")
            .attr("href", &format!("{page}?run={id}"))
            .child(text::OPEN_AGAIN)
    });
    let unknown = again.is_none().then(|| description_of(text::NO_MODEL));
    let (pin, delete) = (id.clone(), id);
    let pin = move |()| console.pin_run(pin.clone(), !is_pinned);
    let delete = move |()| console.delete_run(delete.clone());
    let words = if is_pinned { text::UNPIN } else { text::PIN };
    let actions = el("div")
        .class("actions")
        .child(again)
        .child(view! { <Button id=PIN_ID on_click=pin>{words}</Button> })
        .child(view! { <Button on_click=delete>{text::DELETE}</Button> });
    (actions, unknown.flatten()).into()
}

const PIN_ID: &str = "pin";

fn attempts(console: Console, run: &KeptRun) -> Markup {
    let text_of = |attempt: &Value, name: &str| match &attempt[name] {
        Value::Null => text::NONE.to_owned(),
        Value::String(text) => or_none(text).to_owned(),
        other => other.to_string(),
    };
    let row = |attempt: &Value| {
        let entries = match &attempt["entries"] {
            Value::Array(entries) => entries.len().to_string(),
            _ => text::ALL_ENTRIES.into(),
        };
        vec![
            time(&attempt["startedMs"]),
            duration(&attempt["startedMs"], &attempt["endedMs"]),
            entries,
            text_of(attempt, "verdict"),
            text_of(attempt, "status"),
            text_of(attempt, "requestId"),
        ]
    };
    let columns = [
        text::SENT,
        text::TOOK,
        text::ENTRIES,
        text::VERDICT,
        text::STATUS_CODE,
        text::REQUEST_ID,
    ];
    let attempts: Vec<_> = run.attempts().iter().map(row).collect();
    let counter = Signal::stored(text::counter(0, attempts.len()));
    let table = text_table(console, text::ATTEMPTS, &columns, attempts);
    view! { <Container title=text::ATTEMPTS counter>{table}</Container> }.into()
}

/// A table of plain texts, with what many rows need where there are many.
pub fn text_table(
    console: Console,
    label: &str,
    columns: &[&str],
    texts: Vec<Vec<String>>,
) -> Markup {
    let column = |title: &&str| CollectionColumn {
        title: (*title).to_owned(),
        is_filter: false,
    };
    let collection = Collection::new(texts.len(), RwSignal::new(Vec::new()));
    let texts = Arc::new(texts);
    let shown = Arc::clone(&texts);
    let rows = CollectionRows {
        columns: Rc::new(columns.iter().map(column).collect()),
        texts: RwSignal::new_local(texts),
        cell: Rc::new(move |row, column| shown[row][column].as_str().into()),
        selectable: 0,
    };
    let items = text::in_sentence(label);
    table(console, collection, rows, label.to_owned(), items)
}

fn answer(console: Console, answer: &Value) -> Option<Markup> {
    let status = answer["status"].as_u64()?;
    let mut shown = format!("HTTP {status}\n");
    for header in answer["headers"].as_array().into_iter().flatten() {
        let [name, value] = [0, 1].map(|at| header[at].as_str().unwrap_or_default());
        shown = format!("{shown}{name}: {value}\n");
    }
    let body = answer["body"].as_str().unwrap_or_default();
    shown = format!(
        "{shown}\n{}",
        if body.is_empty() { text::NO_BODY } else { body }
    );
    let cut = (answer["isCut"] == true).then(|| description_of(text::CUT));
    let code = code(console, text::RESPONSE, text::COPY_RESPONSE, shown);
    let section = view! {
        <ExpandableSection summary=text::RESPONSE caption="">
            {Markup::from((cut.flatten(), code))}
        </ExpandableSection>
    };
    Some(section.into())
}

fn code(console: Console, title: &'static str, copy: &'static str, text: String) -> Markup {
    let status = RwSignal::new(None);
    let whole = text.clone();
    let press = move |()| console.copy(title.to_owned(), whole.clone(), status);
    let actions = view! { <CopyButton label=copy on_copy=press status labelled=true /> };
    let shown = text::limited(&text, MAX_SHOWN);
    view! { <CodeBlock label=title text=shown actions /> }.into()
}

/// As in a result: more than this is not drawn.
const MAX_SHOWN: usize = 100_000;
