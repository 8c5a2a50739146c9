//! The page as a whole.

use crate::browser::page;
use crate::form::ReviewDialog;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::navigation::{Navigation, PageCrumbs};
use crate::pages::{
    ComparisonPage, HistoryPage, Home, NotFound, OpeningPage, ProxyNotices, RunPage, SearchDialog,
    ServicePage, ServicesPage, SettingsPage, ShortcutsDialog, SignInDialog, TourDialog,
    current_place, operation_page, presets_page, story,
};
use crate::result::flashes;
use crate::search_button::search_button;
use crate::state::{Console, REGIONS, Route, TargetChoice};
use crate::ui::{
    AppLayout, Choice, FieldAria, Glyph, Icon, Kind, LiveRegion, Markup, Select, StatusIndicator,
    el, live, when,
};
use crate::watch::watch;
use formsmith_api::model::CatalogService;
use formsmith_run::{Identity, Target};
use formsmith_words as words;
use leptos::ev::MouseEvent;
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
    view! {
        <AppLayout
            skip_label=words::skip()
            nav_title=words::operations()
            open_label=words::open_navigation()
            close_label=words::close_navigation()
            flash_label=words::notifications()
            header=view! { <Header console /> }
            nav=view! { <Navigation console /> }
            breadcrumbs=view! { <PageCrumbs console /> }
            flash
            notices=view! { <ProxyNotices console /> }
        >
            {page}
        </AppLayout>
        <ReviewDialog console />
        <SignInDialog console />
        <SearchDialog console />
        <ShortcutsDialog console />
        <TourDialog console />
        <LiveRegion message=Signal::derive(move || console.announced()) />
    }
    .into()
}

#[component]
fn Header(console: Console) -> Markup {
    let targets = live(move || {
        let endpoint = console.endpoint();
        let choice = |choice: TargetChoice| {
            let TargetChoice { target, profile } = &choice;
            let text = words::target_choice(*target, profile.as_deref(), endpoint.as_deref());
            Choice::new(choice.key(), text)
        };
        let choices = console.target_choices().into_iter();
        choices.map(choice).collect::<Vec<_>>()
    });
    let allowed = Memo::new(move |_| console.allowed_regions());
    let regions: Vec<Markup> = REGIONS
        .iter()
        .map(|region| {
            let is_refused = move || {
                let is_listed = |allowed: &Vec<String>| allowed.iter().any(|it| it == region);
                allowed.with(|allowed| !allowed.as_ref().is_none_or(is_listed))
            };
            el("option")
                .attr("value", region)
                .attr_while("disabled", "", is_refused)
                .child(*region)
                .into()
        })
        .collect();
    let target = Signal::derive(move || console.target_choice().key());
    let region = Signal::derive(move || console.region());
    let choose_target = move |key: String| console.choose_target(&key);
    let choose_region = move |region| console.choose_region(region);
    let signs = move || console.target() == Target::ProxyAws;
    let place = when(signs, move || {
        lazy_view(console, move || current_place(console))
    });
    let settings = view! {
        <Setting id="target" label=words::target_label() choices=targets value=target on_change=choose_target />
        <Setting id="region" label=words::region() choices=regions value=region on_change=choose_region />
        <Account console />
        {place}
    };
    let title = el("a")
        .class("app-title")
        .attr("href", "#/")
        .child(words::PRODUCT);
    let has_slash = move || console.has_single_keys();
    let search = search_button(console, words::search())
        .attr_live("aria-keyshortcuts", move || {
            let slash = if has_slash() { "/ " } else { "" };
            Some(format!("{slash}Control+K Meta+K"))
        })
        .child(when(has_slash, || {
            el("kbd").attr("aria-hidden", "true").child("/")
        }));
    let is_open = RwSignal::new(false);
    let brand = el("div")
        .class("app-brand")
        .child(title)
        .child(search)
        .child(place_button(console, is_open));
    let settings = el("div")
        .class("app-settings")
        .attr("id", SETTINGS_ID)
        .attr_while("data-open", "", move || is_open.get())
        .child(settings);
    (brand, settings).into()
}

const SETTINGS_ID: &str = "app-settings";

/// On a phone: who answers, and the way to what stands beside it on a wider screen.
fn place_button(console: Console, is_open: RwSignal<bool>) -> Markup {
    let place = live(move || {
        let target = console.target();
        if target.is_sandbox() {
            return words::target(target).to_owned();
        }
        let who = match console.identity() {
            Some(Identity::Known { account, .. }) => words::account_number(&account),
            _ => words::target_choice(target, None, console.endpoint().as_deref()),
        };
        words::list_comma(&who, &console.region())
    });
    el("button")
        .attr("type", "button")
        .class("app-place-button")
        .attr("aria-controls", SETTINGS_ID)
        .attr_live("aria-expanded", move || Some(is_open.get().to_string()))
        .on("click", move |_: MouseEvent| {
            is_open.update(|it| *it = !*it)
        })
        .child(el("span").child(place))
        .child(view! { <Icon glyph=Glyph::Angle /> })
        .into()
}

#[component]
fn Setting(
    id: &'static str,
    label: &'static str,
    #[prop(into)] choices: Markup,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
) -> Markup {
    let aria = FieldAria {
        id: id.into(),
        label: None,
        described_by: Signal::stored(None),
        invalid: Signal::stored(false),
    };
    el("span")
        .class("app-setting")
        .child(el("label").attr("for", id).child(label))
        .child(view! { <Select aria choices value on_change /> })
        .into()
}

/// Whose resources change; nothing where none do.
#[component]
fn Account(console: Console) -> Markup {
    let told = move || {
        if console.target().is_sandbox() {
            return None;
        }
        let words: Markup = match console.identity() {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::asking_identity() /> }
                .into(),
            Some(Identity::Known { account, arn, .. }) => (
                el("strong").child(words::account_number(&account)),
                el("span")
                    .class("app-principal")
                    .child(words::principal(&arn)),
            )
                .into(),
            Some(unknown) => lazy_view(console, move || in_short(unknown.clone())),
        };
        Some((
            el("span").class("app-label").child(words::account()),
            el("span").class("app-identity").child(words),
        ))
    };
    let arn = move || match console.identity()? {
        Identity::Known { arn, .. } => Some(arn),
        _ => None,
    };
    el("span")
        .class("app-setting app-account")
        .attr("role", "group")
        .attr("aria-label", words::account())
        .attr_live("title", arn)
        .attr_while("hidden", "", move || console.target().is_sandbox())
        .child(live(told))
        .into()
}

lazy! {
    fn in_short(unknown: Identity) -> Markup = view! {
        <StatusIndicator kind=Kind::Warning text=words::identity_in_short(&unknown) />
    }
    .into();
}
