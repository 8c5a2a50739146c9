//! The console as a whole: what it knows, where requests go, and what is announced.

use super::models::ModelState;
use super::proxy_notice::ProxyNotice;
use super::region::REGIONS;
use super::route::Route;
use super::session::Session;
use super::toast::Toast;
use super::{Form, Snippets};
use crate::browser::{clipboard, storage, task};
use crate::transport::{ProxyTarget, Transport};
use formsmith_api::model::CatalogService;
use formsmith_run::{Identity, Target};
use formsmith_words as words;
use leptos::prelude::*;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Console {
    /// What the models describe, before any of them is there.
    pub catalog: &'static [CatalogService],
    pub(super) models: RwSignal<Vec<(String, ModelState)>>,
    pub(super) route: RwSignal<Route>,
    /// What the proxy of this page's origin offers; nothing without one.
    pub(super) offered: RwSignal<Option<ProxyTarget>>,
    chosen: RwSignal<Option<Target>>,
    pub(super) region: RwSignal<String>,
    /// Did the person ever choose one?
    pub(super) is_region_chosen: RwSignal<bool>,
    /// Whose resources change; nothing until the proxy has told.
    pub(super) identity: RwSignal<Option<Identity>>,
    /// What the address asks for, until it is done.
    pub(super) asked: StoredValue<Option<String>>,
    announced: RwSignal<String>,
    pub(super) toast: RwSignal<Option<Toast>>,
    pub snippets: Snippets,
    pub(super) session: Session,
    pub(super) proxy_notices: RwSignal<Vec<ProxyNotice>>,
    pub(super) is_ephemeral: RwSignal<bool>,
    /// Is anything under review? The review itself is in the lazy part.
    pub(super) is_reviewed: RwSignal<bool>,
    /// Is there anything in the browser's database?
    pub(super) has_stored: StoredValue<bool>,
    /// The forms that were opened. They live as long as the
    /// console, so that going to another operation and back loses nothing.
    pub(super) forms: StoredValue<Vec<Form>>,
    owner: StoredValue<Owner>,
}

/// How long it stands beside a button that a text was copied.
const COPIED_FOR: Duration = Duration::from_secs(4);

/// What to say beside a button that copies: done, or why not.
pub type CopyStatus = RwSignal<Option<Result<String, String>>>;

const REGION_KEY: &str = "formsmith.region";

impl Console {
    pub fn new(catalog: Vec<CatalogService>) -> Self {
        let kept = storage::read(REGION_KEY).filter(|region| REGIONS.contains(&region.as_str()));
        Self {
            // It lives as long as the page.
            catalog: catalog.leak(),
            models: RwSignal::new(Vec::new()),
            route: RwSignal::new(Route::Home),
            offered: RwSignal::new(None),
            chosen: RwSignal::new(None),
            is_region_chosen: RwSignal::new(kept.is_some()),
            region: RwSignal::new(kept.unwrap_or_else(|| REGIONS[0].to_owned())),
            identity: RwSignal::new(None),
            asked: StoredValue::new(None),
            announced: RwSignal::new(String::new()),
            toast: RwSignal::new(None),
            snippets: Snippets::new(),
            session: Session::new(),
            proxy_notices: RwSignal::new(Vec::new()),
            is_ephemeral: RwSignal::new(false),
            is_reviewed: RwSignal::new(false),
            has_stored: StoredValue::new(false),
            forms: StoredValue::new(Vec::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    pub fn route(self) -> Route {
        self.route.get()
    }

    /// What `make` makes lasts as long as the page.
    pub(super) fn permanent<T>(self, make: impl FnOnce() -> T) -> T {
        let owner = self.owner.get_value();
        untrack(|| owner.with(make))
    }

    /// The targets there are: the page's sandbox always, the proxy's as the proxy says.
    pub fn targets(self) -> Vec<Target> {
        let of_proxy = self.offered.get().map(|target| match target {
            ProxyTarget::Sandbox => Target::ProxySandbox,
            ProxyTarget::Aws => Target::ProxyAws,
        });
        of_proxy.into_iter().chain([Target::PageSandbox]).collect()
    }

    /// What was chosen, or else the first there is.
    pub fn target(self) -> Target {
        let targets = self.targets();
        let chosen = self.chosen.get();
        chosen
            .filter(|target| targets.contains(target))
            .unwrap_or(targets[0])
    }

    pub fn choose_target(self, key: &str) {
        let target = self
            .targets()
            .into_iter()
            .find(|target| target.key() == key);
        self.chosen.set(target);
    }

    pub fn region(self) -> String {
        self.region.get()
    }

    pub fn choose_region(self, region: String) {
        storage::write(REGION_KEY, &region);
        self.is_region_chosen.set(true);
        self.region.set(region);
    }

    pub fn transport(self) -> Transport {
        match self.target() {
            Target::PageSandbox => Transport::Sandbox,
            Target::ProxySandbox | Target::ProxyAws => Transport::Proxy {
                token: self.session.token.get_value(),
            },
        }
    }

    /// What the page's one status region says.
    pub fn announced(self) -> String {
        self.announced.get()
    }

    pub fn announce(self, sentence: impl Into<String>) {
        self.announced.set(sentence.into());
    }

    /// What says something for a part that knows no console.
    pub fn announcer(self) -> Callback<&'static str> {
        Callback::new(move |sentence| self.announce(sentence))
    }

    /// Copies a text and says so; `what` names it.
    pub fn copy(self, what: String, text: String, status: CopyStatus) {
        task::spawn(async move {
            let said = match clipboard::copy(&text).await {
                true => Ok(words::copied(&what)),
                false => Err(words::not_copied(&what)),
            };
            let (Ok(sentence) | Err(sentence)) = &said;
            self.announce(sentence.as_str());
            let is_done = said.is_ok();
            // The button may be gone by now.
            status.try_set(Some(said));
            if is_done {
                set_timeout(move || drop(status.try_set(None)), COPIED_FOR);
            }
        });
    }
}
