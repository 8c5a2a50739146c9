//! Operations that the person has marked as favorites. They are kept in this browser, and are the
//! same in all its tabs.

use super::{Console, Route};
use crate::browser::storage;
use formsmith_api::class::Class;
use formsmith_api::model::{CatalogOperation, CatalogService};
use leptos::prelude::*;

const KEY: &str = "formsmith.favorites";

/// An operation as the page shows it without its model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Favorite {
    pub service: String,
    pub operation: String,
    /// What the service was called when it was marked.
    pub service_title: String,
    pub class: Class,
}

impl Favorite {
    pub fn of_catalog(service: &CatalogService, operation: &CatalogOperation) -> Self {
        Self {
            service: service.name.clone(),
            operation: operation.name.clone(),
            service_title: service.title.clone(),
            class: operation.class,
        }
    }

    pub fn address(&self) -> String {
        Route::of_operation(&self.service, &self.operation)
    }

    /// What tells it from others, as it begins its line.
    fn key(service: &str, operation: &str) -> String {
        [service, "/", operation, " "].concat()
    }

    fn line(&self) -> String {
        let key = Self::key(&self.service, &self.operation);
        [&key, self.class.word(), " ", &self.service_title, "\n"].concat()
    }

    /// None for a line of another version of the page.
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, ' ');
        let (service, operation) = parts.next()?.split_once('/')?;
        Some(Self {
            service: service.to_owned(),
            operation: operation.to_owned(),
            class: Class::from_word(parts.next()?)?,
            service_title: parts.next()?.to_owned(),
        })
    }
}

/// A line each, as they are stored; the one that was marked last comes last.
pub(super) struct Favorites(RwSignal<String>);

impl Favorites {
    pub fn new() -> Self {
        let favorites = Self(RwSignal::new(stored()));
        storage::on_change(move |key| {
            if key.is_none_or(|key| key == KEY) {
                favorites.0.set(stored());
            }
        });
        favorites
    }
}

fn stored() -> String {
    storage::read(KEY).unwrap_or_default()
}

fn is_of(line: &str, service: &str, operation: &str) -> bool {
    line.starts_with(&Favorite::key(service, operation))
}

impl Console {
    pub fn favorites(self) -> Vec<Favorite> {
        let lines = self.ways.favorites.0.get();
        lines.lines().filter_map(Favorite::read).collect()
    }

    pub fn is_favorite(self, service: &str, operation: &str) -> bool {
        let lines = self.ways.favorites.0;
        lines.with(|lines| lines.lines().any(|line| is_of(line, service, operation)))
    }

    /// Marks it, or takes the mark away. Where the browser stores nothing it lasts as long as the page.
    pub fn turn_favorite(self, favorite: &Favorite) {
        let Favorite {
            service, operation, ..
        } = favorite;
        self.ways.favorites.0.update(|lines| {
            let others = lines.split_inclusive('\n');
            let others = others.filter(|line| !is_of(line, service, operation));
            let mut changed: String = others.collect();
            if changed.len() == lines.len() {
                changed.push_str(&favorite.line());
            }
            storage::write(KEY, &changed);
            *lines = changed;
        });
    }
}
