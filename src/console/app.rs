//! The page as a whole.

use crate::browser::{page, storage};
use crate::pages::{Home, NotFound, OperationPage};
use crate::result::ResultFlash;
use crate::state::{Console, REGIONS, Route};
use crate::text;
use crate::ui::{
    AppLayout, Breadcrumbs, Choice, Crumb, FieldAria, LiveRegion, NavGroup, NavLink, Select,
    SideNav,
};
use formsmith_api::model::Model;
use leptos::prelude::*;

#[component]
pub fn App(model: &'static Model) -> impl IntoView {
    let console = Console::new(model);
    Effect::new(move |_| {
        let form = console.form();
        let title = form.map(|form| form.operation.title());
        let has_errors = form.is_some_and(|form| form.is_summary_shown());
        page::set_title(&text::document_title(title.as_deref(), has_errors));
    });
    let form = Memo::new(move |_| console.route());
    let page = move || match (form.get(), untrack(|| console.form())) {
        (Route::Home, _) => view! { <Home console /> }.into_any(),
        (Route::Operation { .. }, Some(form)) => view! { <OperationPage form /> }.into_any(),
        (Route::Operation { .. } | Route::Unknown, _) => view! { <NotFound /> }.into_any(),
    };
    let flash = move || {
        form.track();
        untrack(|| console.form()).map(|form| view! { <ResultFlash form /> })
    };
    view! {
        <AppLayout
            skip_label=text::SKIP
            nav_title=text::OPERATIONS
            open_label=text::OPEN_NAVIGATION
            close_label=text::CLOSE_NAVIGATION
            flash_label=text::NOTIFICATIONS
            header=move || view! { <Header console /> }
            nav=move || view! { <Navigation console /> }
            breadcrumbs=move || view! { <Trail console /> }
            flash=move || flash
        >
            {page}
        </AppLayout>
        <LiveRegion message=Signal::derive(move || console.announced()) />
    }
}

#[component]
fn Header(console: Console) -> impl IntoView {
    let targets = Signal::derive(move || {
        let targets = console.targets().into_iter();
        let choice = |target: crate::state::Target| Choice::new(target.key(), text::target(target));
        targets.map(choice).collect::<Vec<_>>()
    });
    let regions: Vec<Choice> = REGIONS.iter().map(|region| Choice::new(*region, *region)).collect();
    let target = Signal::derive(move || console.target().key().to_owned());
    view! {
        <a class="app-title" href="#/">{text::PRODUCT}</a>
        <div class="app-settings">
            <Setting id="target" label=text::TARGET choices=targets value=target on_change=move |key: String| console.choose_target(&key) />
            <Setting id="region" label=text::REGION choices=regions value=Signal::derive(move || console.region()) on_change=move |region| console.choose_region(region) />
            <Appearance />
        </div>
    }
}

#[component]
fn Setting(
    id: &'static str,
    label: &'static str,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let aria = FieldAria {
        id: id.into(),
        described_by: Signal::stored(None),
        invalid: Signal::stored(false),
    };
    view! {
        <span class="app-setting">
            <label for=id>{label}</label>
            <Select aria choices value on_change />
        </span>
    }
}

/// Light or dark, whatever the system says.
#[component]
fn Appearance() -> impl IntoView {
    const KEY: &str = "formsmith.appearance";
    let chosen = RwSignal::new(storage::read(KEY).unwrap_or_default());
    Effect::new(move |_| page::set_theme(&chosen.get()));
    let choices: Vec<Choice> = text::APPEARANCES
        .iter()
        .map(|(value, text)| Choice::new(*value, *text))
        .collect();
    let choose = move |theme: String| {
        storage::write(KEY, &theme);
        chosen.set(theme);
    };
    view! { <Setting id="appearance" label=text::APPEARANCE choices value=chosen on_change=choose /> }
}

#[component]
fn Navigation(console: Console) -> impl IntoView {
    let group = |service: &formsmith_api::model::Service| NavGroup {
        heading: service.title.clone(),
        links: service
            .operations
            .iter()
            .map(|operation| NavLink {
                href: Route::of_operation(&service.endpoint_prefix, operation.name()),
                title: operation.title(),
                caption: operation.name().to_owned(),
            })
            .collect(),
    };
    let groups: Vec<NavGroup> = console.model.services().iter().map(group).collect();
    let current = Signal::derive(move || match console.route() {
        Route::Operation { service, operation } => Route::of_operation(&service, &operation),
        Route::Home | Route::Unknown => String::new(),
    });
    view! { <SideNav groups current /> }
}

#[component]
fn Trail(console: Console) -> impl IntoView {
    let crumbs = Signal::derive(move || {
        let crumb = |text: &str, href: &str| Crumb {
            text: text.into(),
            href: href.into(),
        };
        match console.form() {
            Some(form) => vec![
                crumb(text::OPERATIONS, "#/"),
                crumb(&form.service.title, "#/"),
                crumb(&form.operation.title(), ""),
            ],
            None => vec![crumb(text::OPERATIONS, "#/")],
        }
    });
    view! { <Breadcrumbs label=text::BREADCRUMBS crumbs /> }
}
