//! The page as a whole.

use crate::browser::page;
use crate::form::ReviewDialog;
use crate::header::{header, popups, tools};
use crate::lazy_view::lazy_view;
use crate::navigation::{Navigation, PageCrumbs};
use crate::pages::{
    ComparisonPage, HistoryPage, Home, NotFound, OpeningPage, ProxyNotices, RunPage, SearchDialog,
    ServicePage, ServicesPage, SettingsPage, ShortcutsDialog, SignInDialog, TourDialog,
    operation_page, presets_page, story,
};
use crate::result::flashes;
use crate::state::{Console, Route};
use crate::ui::{AppLayout, LiveRegion, Markup, MarkupFn, live, when};
use crate::watch::watch;
use formsmith_api::model::CatalogService;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn App(catalog: Vec<CatalogService>) -> Markup {
    let console = Console::start(catalog);
    watch(move || {
        let form = console.form();
        let title = match console.route() {
            Route::History | Route::Run(_) => Some(words::history().into()),
            Route::Compared(..) => Some(words::compared().into()),
            Route::Presets => Some(words::presets().into()),
            Route::Settings => Some(words::settings().into()),
            Route::Services => Some(words::all_services().into()),
            Route::Service(_) => console.service_here().map(|(_, title)| title),
            _ => form.map(|form| form.operation.title()),
        };
        let has_errors = form.is_some_and(|form| form.is_summary_shown());
        let verdict = form.and_then(|form| Some(form.verdict()?.title));
        let title = match (title, verdict) {
            (Some(title), Some(verdict)) if !has_errors => {
                Some(words::with_verdict(&verdict, &title))
            }
            (title, _) => title,
        };
        page::set_title(&words::title_of_document(title.as_deref(), has_errors));
    });
    let page = live(move || -> Markup {
        match (console.route(), console.form()) {
            (Route::Home, _) => view! { <Home console /> }.into(),
            (Route::History, _) => view! { <HistoryPage console /> }.into(),
            (Route::Services, _) => view! { <ServicesPage console /> }.into(),
            (Route::Service(name), _) => view! { <ServicePage console name /> }.into(),
            (Route::Presets, _) => presets_page(console),
            (Route::Settings, _) => view! { <SettingsPage console /> }.into(),
            (Route::Run(id), _) => view! { <RunPage console id /> }.into(),
            (Route::Compared(one, other), _) => {
                view! { <ComparisonPage console ids=vec![one, other] /> }.into()
            }
            (Route::Operation { .. }, Some(form)) => {
                let plays = move || console.plays_scenario();
                let story = move || lazy_view(console, move || story(form));
                let page = lazy_view(console, move || operation_page(form));
                (when(plays, story), page).into()
            }
            (Route::Operation { service, operation }, None) => {
                view! { <OpeningPage console service operation /> }.into()
            }
            (Route::Unknown(address), _) => view! { <NotFound console address /> }.into(),
        }
    });
    let is_told = move || {
        let form = console.form();
        console.toast().is_some() || form.is_some_and(|form| form.verdict().is_some())
    };
    let flash = when(is_told, move || {
        lazy_view(console, move || flashes(console))
    });
    let dialogs = view! {
        {popups(console)}
        <ReviewDialog console />
        <SignInDialog console />
        <SearchDialog console />
        <ShortcutsDialog console />
        <TourDialog console />
    };
    view! {
        <AppLayout
            skip_label=words::skip()
            nav_title=words::operations()
            open_label=words::open_navigation()
            close_label=words::close_navigation()
            flash_label=words::notifications()
            header=header(console)
            tools=MarkupFn::new(move || tools(console))
            nav=view! { <Navigation console /> }
            breadcrumbs=view! { <PageCrumbs console /> }
            flash
            notices=view! { <ProxyNotices console /> }
        >
            {page}
        </AppLayout>
        {Markup::from(dialogs)}
        <LiveRegion message=Signal::derive(move || console.announced()) />
    }
    .into()
}
