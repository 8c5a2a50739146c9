//! The console as a whole: its parts, each with the file that alone changes it.

use super::announcement::Announcement;
use super::appearance::Appearance;
use super::favorites::Favorites;
use super::identity::ShownIdentity;
use super::models::Models;
use super::navigation::{NamedService, Navigation};
use super::place_label::ShownLabel;
use super::prefill::Asked;
use super::proxy_notice::ProxyNotices;
use super::recent::Recent;
use super::region::Region;
use super::review::UnderReview;
use super::runs::HasStored;
use super::scenario::Played;
use super::search::Search;
use super::session::Session;
use super::shortcuts::Shortcuts;
use super::sign_in::ShownSignIn;
use super::snippets::Snippets;
use super::target::Targets;
use super::toast::ShownToast;
use super::tour::Tour;
use super::update::Update;
use formsmith_api::model::CatalogService;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Console {
    /// What the models describe, before any of them is there.
    pub catalog: &'static [CatalogService],
    pub snippets: Snippets,
    pub(super) models: Models,
    pub(super) navigation: Navigation,
    pub(super) targets: Targets,
    pub(super) region: Region,
    pub(super) identity: ShownIdentity,
    pub(super) place_label: ShownLabel,
    pub(super) asked: Asked,
    pub(super) announcement: Announcement,
    pub(super) toast: ShownToast,
    pub(super) session: Session,
    pub(super) search: Search,
    pub(super) sign_in: ShownSignIn,
    pub(super) proxy_notices: ProxyNotices,
    pub(super) under_review: UnderReview,
    pub(super) has_stored: HasStored,
    pub(super) ways: &'static Ways,
    owner: StoredValue<Owner>,
}

/// What leads the person from page to page, and what they want of all pages.
pub(super) struct Ways {
    pub favorites: Favorites,
    pub recent: Recent,
    pub played: Played,
    pub shortcuts: Shortcuts,
    pub tour: Tour,
    pub appearance: Appearance,
    pub named: NamedService,
    pub update: Update,
}

impl Console {
    pub fn new(catalog: Vec<CatalogService>) -> Self {
        Self {
            // It lives as long as the page.
            catalog: catalog.leak(),
            snippets: Snippets::new(),
            models: Models::new(),
            navigation: Navigation::new(),
            targets: Targets::new(),
            region: Region::new(),
            identity: ShownIdentity::new(),
            place_label: ShownLabel::new(),
            asked: Asked::new(),
            announcement: Announcement::new(),
            toast: ShownToast::new(),
            session: Session::new(),
            search: Search::new(),
            sign_in: ShownSignIn::new(),
            proxy_notices: ProxyNotices::new(),
            under_review: UnderReview::new(),
            has_stored: HasStored::new(),
            // They live as long as the page. All code that hands a console on is smaller for it.
            ways: Box::leak(Box::new(Ways {
                favorites: Favorites::new(),
                recent: Recent::new(),
                played: Played::new(),
                shortcuts: Shortcuts::new(),
                tour: Tour::new(),
                appearance: Appearance::new(),
                named: NamedService::new(),
                update: Update::new(),
            })),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// What `make` makes lasts as long as the page.
    pub(super) fn permanent<T>(self, make: impl FnOnce() -> T) -> T {
        let owner = self.owner.get_value();
        untrack(|| owner.with(make))
    }
}
