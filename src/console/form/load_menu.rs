//! What a form can be filled from: a command, examples, presets of its operation, and its earlier runs.

use crate::browser::{clock, task};
use crate::lazy::lazy;
use crate::state::{Form, Route, all_presets};
use crate::ui::{El, Markup, el, live, menu_changed, menu_group, menu_item};
use formsmith_api::model::Example;
use formsmith_api::preset::Preset;
use formsmith_words as words;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use std::pin::Pin;

/// So many presets, and so many runs, are offered here; all of them have pages.
const MOST: usize = 6;

pub fn content(form: Form) -> Markup {
    let console = form.console;
    let paste = menu_item(words::paste_command(), "", move || {
        console.snippets.open_paste();
    });
    let groups: Markup = (examples(form), presets(form), runs(form)).into();
    (Markup::from(paste), groups).into()
}

/// The built-in ones are offered where nothing that is sent lasts.
fn examples(form: Form) -> Markup {
    let (console, operation) = (form.console, form.operation);
    let group = move |title, examples: &'static [Example]| {
        let items = examples.iter().map(move |example| {
            let about = example.documentation.as_deref().unwrap_or_default();
            menu_item(&example.title, about, move || {
                form.load_example(example);
            })
        });
        menu_group(title, items.collect())
    };
    if console.is_built_in(&form.service.name, operation.name()) {
        let is_sandbox = untrack(move || console.target().is_sandbox());
        return is_sandbox
            .then(|| group(words::examples(), &operation.traits.examples))
            .flatten()
            .into();
    }
    let missing = || {
        el("div")
            .class("pick-told")
            .child(words::aws_examples_missing())
    };
    let loading = async move {
        match aws_examples(form).await {
            Ok(loading) => loading.await,
            Err(_) => None,
        }
    };
    later(loading, move |examples| match examples {
        Some(examples) => group(words::aws_examples(), examples),
        None => Some(missing().into()),
    })
}

type Loading = Pin<Box<dyn Future<Output = Option<&'static [Example]>>>>;

lazy! {
    in all_services: fn aws_examples(form: Form) -> Loading =
        Box::pin(async move {
            match form.has_examples().await {
                true => form.load_examples().await,
                false => Some(&[][..]),
            }
        });
}

fn presets(form: Form) -> Markup {
    later(all_presets(), move |mut presets: Vec<Preset>| {
        let name = form.operation.name();
        presets.retain(|it| it.service == form.service.name && it.operation == name);
        let is_more = presets.len() > MOST;
        let items = presets.into_iter().take(MOST).map(|preset| {
            let path = preset.path();
            menu_item(&preset.path(), &preset.description, move || {
                form.open_preset(path.clone());
            })
        });
        let mut items: Vec<El> = items.collect();
        items.extend(is_more.then(|| page(form, words::all_presets(), Route::PRESETS)));
        menu_group(words::presets(), items)
    })
}

fn runs(form: Form) -> Markup {
    let runs = form.console.runs();
    let mut others = untrack(|| runs.others(form.op(), None));
    let is_more = others.len() > MOST;
    others.truncate(MOST);
    let items = others.into_iter().filter_map(|(ms, id, _)| {
        let (head, _) = untrack(|| runs.head(&id))?;
        let verdict = words::verdict(Some(form.op()), &head.verdict);
        let begun = clock::moment(ms / 1000.0).map(|moment| moment.local);
        let open = move || form.open_run(id.clone());
        Some(menu_item(&begun.unwrap_or_default(), &verdict.title, open))
    });
    let mut items: Vec<El> = items.collect();
    items.extend(is_more.then(|| page(form, words::history(), Route::HISTORY)));
    menu_group(words::earlier_runs(), items).into()
}

fn page(form: Form, label: &str, address: &'static str) -> El {
    menu_item(label, "", move || form.console.go_to(address))
}

/// A group that is drawn once it is known what stands in it.
fn later<T: Clone + 'static>(
    loading: impl Future<Output = T> + 'static,
    group: impl Fn(T) -> Option<Markup> + 'static,
) -> Markup {
    let found = RwSignal::new_local(None::<T>);
    let loading = ScopedFuture::new_untracked(async move {
        found.try_set(Some(loading.await));
        menu_changed();
    });
    task::spawn(loading);
    live(move || group(found.get()?))
}
