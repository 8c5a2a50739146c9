//! One run of the history: what was sent, and what came of it.

use crate::badges::place_badge;
use crate::browser::clock;
use crate::browser::{focus, page};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::{run_result, table};
use crate::selection::Selection;
use crate::state::{Console, CopyStatus, Query, Record, Route, ShownRun};
use crate::tone;
use crate::ui::{
    Button, CodeBlock, Collection, CollectionColumn, CollectionRows, Container, CopyButton,
    ExpandableSection, Flash, Kind, Markup, PageHeader, StatusIndicator, description_of, el,
    key_values, live, when,
};
use crate::watch::watch;
use formsmith_api::json;
use formsmith_api::secret::with_holes_as;
use formsmith_run::{Head, HeadAttempt, OperationRef, Place, StoreFailure};
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

#[component]
pub fn RunPage(console: Console, id: String) -> Markup {
    let is_read = RwSignal::new(false);
    let header = || view! { <PageHeader title=words::run() /> };
    (
        when(move || !is_read.get(), header),
        lazy_view(console, move || run(console, id.clone(), is_read)),
    )
        .into()
}

lazy! {
    fn run(console: Console, id: String, is_read: RwSignal<bool>) -> Markup =
        content(console, id, is_read);
}

fn content(console: Console, id: String, is_read: RwSignal<bool>) -> Markup {
    console.restore_run_of(id.clone());
    let query = console.records_of(vec![id]);
    watch(move || {
        let is_there = query.with(|query| matches!(query, Some(Ok(_))));
        if is_there && !is_read.get_untracked() {
            is_read.set(true);
            // The heading that has the focus gives way to the run's own.
            if focus::is_within("h1") {
                focus::soon_on_heading();
            }
        }
    });
    of_runs(query, move |runs| match runs {
        [run] => Some(run_view(console, run)),
        _ => Some(view! { <PageHeader title=words::run() description=words::no_run() /> }.into()),
    })
}

/// What was read of the history, or why it can't be read; nothing until either is known.
pub fn of_runs<T: Send + Sync + 'static>(
    query: Query<T>,
    shown: impl Fn(&[T]) -> Option<Markup> + 'static,
) -> Markup {
    live(move || {
        query.with(|query| match query {
            None => Markup::default(),
            Some(Ok(runs)) => shown(runs).into(),
            Some(Err(why)) => trouble(*why),
        })
    })
}

pub fn trouble(why: StoreFailure) -> Markup {
    let detail = words::history_trouble(why);
    view! { <Flash kind=Kind::Warning title=words::history_failed()>{detail}</Flash> }.into()
}

/// How long a date is as it is written, and a day in milliseconds.
const DAY: usize = "2026-11-21".len();
const DAY_MS: f64 = 86_400_000.0;

/// A time in epoch milliseconds as the person's clock shows it.
pub fn time(ms: Option<f64>) -> String {
    let moment = ms.and_then(|ms| clock::moment(ms / 1000.0));
    moment.map_or_else(|| words::none().into(), |moment| moment.local)
}

/// The same in short, for what was sent in the last days: `Today, 09:42`.
pub fn day_and_time(ms: f64) -> String {
    let local = |ms: f64| clock::moment(ms / 1000.0).map(|moment| moment.local);
    let day = |ms: f64| local(ms).map(|local| local[..DAY].to_owned());
    let Some(sent) = local(ms) else {
        return words::none().into();
    };
    let (date, clock_time) = (&sent[..DAY], &sent[DAY + 1..DAY + 6]);
    let now = clock::now_ms();
    if day(now).as_deref() == Some(date) {
        return words::sent_today(clock_time);
    }
    match day(now - DAY_MS).as_deref() == Some(date) {
        true => words::sent_yesterday(clock_time),
        false => sent[..DAY + 6].to_owned(),
    }
}

/// What the person calls a place, or its profile, or who answers there.
pub fn place_in_short(console: Console, place: &Place) -> String {
    let named = console.mark_of(place).map(|marked| marked.name);
    let named = named.filter(|name| !name.is_empty());
    let named = named.or_else(|| place.profile.clone());
    named.unwrap_or_else(|| words::target_of(place))
}

/// Profile, region and account, as far as they are known.
pub fn place_text(place: &Place) -> String {
    let account = place.account.as_deref().map(words::account_number);
    let parts = [place.profile.clone(), Some(place.region.clone()), account]
        .into_iter()
        .flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Target, profile, region and account.
pub fn where_of(head: &Head) -> String {
    words::list_comma(&words::target_of(&head.place), &place_text(&head.place))
}

/// What its operation is called.
pub fn title_of(console: Console, head: &Head) -> String {
    console.operation_title(&head.service, &head.operation)
}

/// The verdict of a run, or that it is still under way.
pub fn verdict(console: Console, head: &Head) -> Markup {
    let head = head.clone();
    live(move || {
        let (kind, text) = verdict_of(console, &head);
        view! { <StatusIndicator kind text /> }
    })
}

/// In the words of its operation, where its model is there.
fn verdict_of(console: Console, head: &Head) -> (Kind, String) {
    if console.waits_for(&head.id) {
        return (Kind::Loading, words::sending().into());
    }
    let verdict = words::verdict(op_of(console, head), &head.verdict);
    (tone::kind(verdict.tone), verdict.title)
}

/// Its operation, once its model is there.
pub fn op_of(console: Console, head: &Head) -> Option<OperationRef> {
    let model = console.model(&head.service, &head.operation)?;
    OperationRef::find(model, &head.service, &head.operation)
}

pub fn duration(start_ms: f64, end_ms: Option<f64>) -> String {
    end_ms.map_or_else(
        || words::none().into(),
        |end_ms| words::duration(end_ms - start_ms),
    )
}

fn run_view(console: Console, record: &Record) -> Markup {
    let head = &record.head;
    let title = title_of(console, head);
    let named = words::with_verdict(&verdict_of(console, head).1, &title);
    page::set_title(&words::title_of_document(Some(&named), false));
    let started = time(Some(head.started_ms));
    let description = words::run_of(&started);
    let imported = head
        .is_imported
        .then(|| description_of(words::imported_detail()));
    let account = head.place.account.as_deref().map(words::account_number);
    let facts = key_values(&[
        (words::verdict_label(), &verdict_of(console, head).1),
        (words::sent(), &started),
        (words::answered(), &time(head.ended_ms)),
        (words::target_label(), &words::target_of(&head.place)),
        (words::region(), &head.place.region),
        (
            words::account(),
            account.as_deref().unwrap_or(words::none()),
        ),
    ]);
    let place = head.place.clone();
    let mark = live(move || Some(place_badge(&console.mark_of(&place)?)));
    let about: Markup = el("div")
        .class("stack")
        .child(el("div").child(mark))
        .child(imported.flatten())
        .child(facts)
        .into();
    // As beside the form, once its model is there and it is read.
    let id = head.id.clone();
    let results = Memo::new(move |_| console.runs().get(&id).map(|run| run.results));
    let id = head.id.clone();
    let result = live(move || {
        results.get()?;
        let run = untrack(|| console.runs().get(&id))?;
        Some(run_result(ShownRun::new(console, &run, None)))
    });
    let not_kept = words::not_kept().into();
    let input = record.input().map(|input| with_holes_as(&input, &not_kept));
    let input = input.map(|input| json::indented(&input));
    view! {
        <PageHeader title description api_name=head.operation.clone() />
        {actions(console, head)}
        <Container title=words::run()>{about}</Container>
        {result}
        {attempts(console, head)}
        <ExpandableSection summary=words::input() caption="">
            {code(console, words::input(), words::copy_input(), input.unwrap_or_default())}
        </ExpandableSection>
    }
    .into()
}

fn actions(console: Console, head: &Head) -> Markup {
    let (id, is_pinned) = (head.id.clone(), head.is_pinned);
    let form = Route::of_operation(&head.service, &head.operation);
    let form = format!("{form}?run={id}");
    let has_form = console.has_form(&head.service, &head.operation);
    let again = live(move || {
        let again = el("a").class("button button-normal").attr("href", &form);
        has_form.get()?.then(|| again.child(words::open_again()))
    });
    let unknown = live(move || match has_form.get() {
        Some(false) => description_of(words::no_model()),
        _ => None,
    });
    let (pin, delete) = (id.clone(), id);
    let pin = move |()| console.pin_run(pin.clone(), !is_pinned);
    let delete = move |()| console.delete_run(delete.clone());
    let words = if is_pinned {
        words::unpin()
    } else {
        words::pin()
    };
    let actions = el("div")
        .class("actions")
        .child(again)
        .child(view! { <Button id=PIN_ID on_click=pin>{words}</Button> })
        .child(view! { <Button on_click=delete>{words::delete()}</Button> });
    (actions, unknown).into()
}

const PIN_ID: &str = "pin";

fn attempts(console: Console, head: &Head) -> Markup {
    let op = op_of(console, head);
    let or_none = |text: Option<String>| text.unwrap_or_else(|| words::none().to_owned());
    let row = |attempt: &HeadAttempt| {
        let rows = attempt.rows.map(|rows| rows.to_string());
        vec![
            time(Some(attempt.started_ms)),
            duration(attempt.started_ms, attempt.ended_ms),
            rows.unwrap_or_else(|| words::all_entries().into()),
            words::said_of_attempt(op, &attempt.said),
            or_none(attempt.status.map(|status| status.to_string())),
            or_none(attempt.request_id.clone()),
        ]
    };
    let columns = [
        words::sent(),
        words::duration_label(),
        words::entries(),
        words::verdict_label(),
        words::status_code(),
        words::request_id(),
    ];
    let attempts: Vec<_> = head.attempts.iter().map(row).collect();
    let counter = Signal::stored(words::counter(0, attempts.len()));
    let table = text_table(console, words::attempts(), &columns, attempts);
    view! { <Container title=words::attempts() counter>{table}</Container> }.into()
}

/// A table of plain texts, with what many rows need where there are many.
pub fn text_table(
    console: Console,
    label: &str,
    columns: &[&str],
    texts: Vec<Vec<String>>,
) -> Markup {
    let columns = columns.iter().copied().map(CollectionColumn::plain);
    let collection = Collection::new(texts.len(), Selection::new(Vec::new()));
    let texts = Arc::new(texts);
    let shown = Arc::clone(&texts);
    let rows = CollectionRows {
        columns: Rc::new(columns.collect()),
        texts: RwSignal::new_local(texts),
        cell: Rc::new(move |row, column| shown[row][column].as_str().into()),
        selectable: 0,
        settled: None,
        detail: None,
    };
    let items = words::in_sentence(label);
    table(console, collection, rows, label.to_owned(), items)
}

fn code(console: Console, title: &'static str, copy: &'static str, text: String) -> Markup {
    let status = CopyStatus::new();
    let whole = text.clone();
    let press = move |()| console.copy(title.to_owned(), whole.clone(), status);
    let actions = view! { <CopyButton label=copy on_copy=press status labelled=true /> };
    let shown = words::limited(&text, MAX_SHOWN);
    view! { <CodeBlock label=title text=shown actions /> }.into()
}

/// As in a result: more than this is not drawn.
const MAX_SHOWN: usize = 100_000;
