//! Models of a person's own: the list, a service, and what is said above a form.

use super::service::{ListedService, listed_service, named_only};
use super::services::rows;
use super::unsupported::unsupported;
use crate::lazy::lazy;
use crate::state::{Console, Form, ModelState, OwnModel, Route, Waiting};
use crate::ui::{
    Button, CollectionColumn, Confirm, Container, FileButton, Flash, Kind, Markup, PageHeader,
    StatusIndicator, description_of, el, live, when,
};
use crate::ui_words;
use formsmith_api::model::{Model, is_own};
use formsmith_words as words;
use leptos::prelude::*;

/// The files that are offered to be chosen.
const KINDS: &str = "application/json,application/gzip,.json,.gz,.smithy";

/// Those that are here, and the ways to add and to remove one.
pub fn own_models(console: Console) -> Markup {
    let list = console.own_models();
    let removed = RwSignal::new(None::<OwnModel>);
    let shown = live(move || -> Markup {
        match list.get() {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::opening() /> }.into(),
            Some(None) => el("p").child(words::own_list_not_working()).into(),
            Some(Some(models)) if models.is_empty() => el("p").child(words::own_none()).into(),
            Some(Some(models)) => table_of(console, models, removed),
        }
    });
    let actions = view! {
        <FileButton
            label=words::own_add()
            on_choose=move |files| console.add_own_models(files)
            several=true
            accept=KINDS
        />
    };
    let questions = live(move || {
        let waiting = console.waiting_models().into_iter();
        let questions = waiting.map(|waiting| question(console, waiting));
        questions.collect::<Vec<_>>()
    });
    view! {
        <Container
            title=words::own_models()
            description=words::own_models_hint()
            actions=Markup::from(actions)
        >
            {questions}
            {shown}
            {live(move || removed.get().map(|model| removal(console, removed, model)))}
        </Container>
    }
    .into()
}

fn table_of(
    console: Console,
    models: Vec<OwnModel>,
    removed: RwSignal<Option<OwnModel>>,
) -> Markup {
    let texts = models.iter().map(|model| {
        vec![
            model.title.clone(),
            model.name.clone(),
            model.operations.to_string(),
            model.file.clone(),
            String::new(),
        ]
    });
    let columns = [
        words::service(),
        words::service_name(),
        words::operations(),
        words::own_file(),
        words::remove(),
    ];
    let texts: Vec<_> = texts.collect();
    let cell = move |row: usize, column: usize| -> Option<Markup> {
        let model = &models[row];
        match column {
            0 => {
                let link = el("a").attr("href", &Route::of_service(&model.name));
                Some(link.child(model.title.as_str()).into())
            }
            4 => {
                let (label, model) = (words::own_remove(&model.title), model.clone());
                let press = move |()| removed.set(Some(model.clone()));
                let label = Signal::stored(label);
                Some(view! { <Button label on_click=press>{words::remove()}</Button> }.into())
            }
            _ => None,
        }
    };
    let columns = columns.map(CollectionColumn::plain).into();
    rows(console, texts, columns, cell, words::own_models())
}

/// Asks whether a model is to take the place of another.
fn question(console: Console, waiting: Waiting) -> Markup {
    let title = words::own_there(&waiting.model.title);
    let detail = words::own_there_detail(&waiting.before, &waiting.model.file);
    let kept = waiting.clone();
    let replace = move |()| console.replace_own_model(waiting.clone());
    let keep = move |()| console.keep_own_model(&kept);
    let action = view! {
        <Button on_click=replace>{words::own_replace()}</Button>
        <Button on_click=keep>{words::own_keep()}</Button>
    };
    view! { <Flash kind=Kind::Warning title action=Markup::from(action)>{detail}</Flash> }.into()
}

fn removal(console: Console, removed: RwSignal<Option<OwnModel>>, model: OwnModel) -> Markup {
    let is_asked = RwSignal::new(true);
    let question = words::own_remove_question(&model.title);
    let remove = move |()| {
        removed.set(None);
        console.remove_own_model(model.clone());
    };
    view! {
        <Confirm
            is_asked
            on_yes=remove
            title=words::own_remove_title()
            yes=words::remove()
            words=ui_words::confirm()
            question
        />
    }
    .into()
}

/// The page of a service of one's own.
pub fn own_service(console: Console, name: String) -> Markup {
    let state = console.own_model(name.clone());
    live(move || -> Markup {
        match state.get() {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::opening() /> }.into(),
            Some(ModelState::There(model)) => service_of(console, model, &name),
            Some(ModelState::Failed(why)) => {
                let title = words::model_unreadable();
                (
                    view! { <PageHeader title=name.clone() /> },
                    view! { <Flash kind=Kind::Error title>{why}</Flash> },
                )
                    .into()
            }
            Some(_) => view! {
                <PageHeader title=words::not_found_title() description=words::own_missing() />
            }
            .into(),
        }
    })
}

fn service_of(console: Console, model: &'static Model, name: &str) -> Markup {
    let Some(service) = model.service(name) else {
        return Markup::default();
    };
    let operations = service.operations.iter();
    let operations =
        operations.map(|it| named_only(&service.name, &service.title, it.name(), it.class));
    let listed = ListedService {
        name: service.name.clone(),
        title: service.title.clone(),
        hint: words::own_mark(),
        operations: operations.collect(),
        documented: None,
    };
    (
        listed_service(console, listed),
        unsupported(console, model.unsupported().iter().collect()),
    )
        .into()
}

lazy! {
    in all_services: pub fn own_missing() -> Markup = description_of(words::own_missing()).into();
}

lazy! { in all_services: pub fn about(form: Form) -> Markup = about_model(form); }

/// What there is to know of a model that is not built in, before something is sent.
fn about_model(form: Form) -> Markup {
    let (console, model, operation) = (form.console, form.model, form.operation);
    let name = &form.service.name;
    let own = is_own(name).then(|| {
        let detail = live(move || words::own_sent_to(console.target(), name));
        view! { <Flash kind=Kind::Info title=words::own_mark()>{detail}</Flash> }
    });
    let refused = model.refusal(operation).map(|_| {
        let title = words::operation_refused();
        let why = words::why_refused(model.refusals(operation));
        view! { <Flash kind=Kind::Warning title>{why}</Flash> }
    });
    let unsupported = unsupported(console, model.unsupported_of(operation));
    let not_played = (!is_own(name)).then(|| {
        when(
            move || console.target().is_sandbox(),
            || view! { <Flash kind=Kind::Info title=words::not_played_title()>{words::not_played()}</Flash> },
        )
    });
    (own, not_played, refused, unsupported).into()
}
