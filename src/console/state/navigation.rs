//! From an address to the page, the model and the form that it names.

use super::{Console, Form, Route};
use crate::browser::{focus, page, task};
use crate::lazy::{self, lazy};
use formsmith_api::model::Model;
use leptos::prelude::*;
use std::pin::Pin;

/// The page that is shown, and the forms that were opened. These live as long as the console, so
/// that going to another operation and back loses nothing.
#[derive(Clone, Copy)]
pub(super) struct Navigation {
    route: RwSignal<Route>,
    forms: RwSignal<Vec<Form>>,
}

impl Navigation {
    pub fn new() -> Self {
        Self {
            route: RwSignal::new(Route::Home),
            forms: RwSignal::new(Vec::new()),
        }
    }

    pub fn forms(self) -> Vec<Form> {
        self.forms.get_untracked()
    }
}

/// The name of the service whose page was opened last, and its title.
pub(super) struct NamedService(RwSignal<(String, String)>);

impl NamedService {
    pub fn new() -> Self {
        Self(RwSignal::default())
    }
}

impl Console {
    pub fn route(self) -> Route {
        self.navigation.route.get()
    }

    /// The name of the service that the page is about, and its title, once it is known that there
    /// is one.
    pub fn service_here(self) -> Option<(String, String)> {
        let (Route::Operation { service, .. } | Route::Service(service)) = self.route() else {
            return None;
        };
        let title = match (self.listed(&service), self.form()) {
            (Some(listed), _) => listed.title.clone(),
            (_, Some(form)) => form.service.title.clone(),
            _ => {
                let (name, title) = self.ways.named.0.get();
                Some(title).filter(|_| name == service)?
            }
        };
        Some((service, title))
    }

    /// What the service is called whose page is shown.
    pub fn name_service(self, name: &str, title: &str) {
        let named = (name.to_owned(), title.to_owned());
        self.ways.named.0.set(named);
    }

    /// True if it leads to another page, or asks something of this one.
    pub(super) fn follow_address(self) -> bool {
        let fragment = self.take_code(page::fragment());
        let (fragment, sought) = self.take_search(fragment);
        let route = Route::read(&self.take_asked(fragment));
        let leads_elsewhere = self.navigation.route.with_untracked(|now| *now != route);
        if leads_elsewhere {
            // A dialog that waits for its code does not open on another page, and going elsewhere
            // is no consent: the review has to be asked for again.
            self.snippets.close();
            self.close_review();
            self.close_search();
            self.take_toast_away();
            self.navigation.route.set(route);
        }
        if let Some(text) = sought {
            self.seek(text);
            self.open_search();
        }
        leads_elsewhere || self.asked.is_something()
    }

    /// Goes to another page, as a link does.
    pub fn go_to(self, fragment: &str) {
        page::go_to_fragment(fragment);
        self.follow_address();
        focus::soon_on_heading();
    }

    /// The form the address names, once it is open.
    pub fn form(self) -> Option<Form> {
        let Route::Operation { service, operation } = self.navigation.route.get() else {
            return None;
        };
        let model = self.model(&service, &operation)?;
        let service = model.service(&service)?;
        let operation = service.operation(&operation)?;
        let is_its = |form: &&Form| std::ptr::eq(form.operation, operation);
        let forms = self.navigation.forms;
        forms.with(|forms| forms.iter().find(is_its).copied())
    }

    /// Opens the form the address names, if its model is there.
    fn open_form(self) {
        if untrack(move || self.form()).is_some() {
            return;
        }
        let Route::Operation { service, operation } = self.navigation.route.get_untracked() else {
            return;
        };
        let opened = self.permanent(|| {
            let model = self.model(&service, &operation)?;
            let service = model.service(&service)?;
            let form = Form::new(self, model, service, service.operation(&operation)?)?;
            form.store_draft_on_change();
            form.prefetch_send_module();
            form.restore_last();
            Some(form)
        });
        if let Some(form) = opened {
            self.navigation.forms.update(|forms| forms.push(form));
        }
    }

    /// Fetches the model of an operation's page, if it isn't there.
    pub fn need_model(self) {
        task::spawn(self.load_needed_model());
    }

    pub(super) async fn load_needed_model(self) {
        if let Route::Operation { service, operation } = self.navigation.route.get_untracked() {
            if self.asked.is_something() {
                // A form that is to be filled does not show empty before.
                let _ = lazy::load().await;
            }
            self.load_form(&service, &operation).await;
            if let Ok(prefilling) = prefill(self).await {
                prefilling.await;
            }
        }
    }

    /// Fetches a model and the part that draws forms, and opens the form that the address names.
    async fn load_form(self, service: &str, operation: &str) -> Option<&'static Model> {
        // Neither waits for the other.
        task::spawn(async {
            let _ = prepare().await;
        });
        let model = self.load_model(service, operation).await?;
        match open_form(self).await {
            Ok(()) => Some(model),
            Err(_) => {
                self.tell_model_missing(service, operation);
                None
            }
        }
    }

    /// Goes to an operation; its form, once its model is there.
    pub(super) async fn open(self, service: &str, operation: &str) -> Option<Form> {
        let model = self.load_form(service, operation).await?;
        model.service(service)?.operation(operation)?;
        page::go_to_fragment(&Route::of_operation(service, operation));
        self.follow_address();
        open_form(self).await.ok()?;
        untrack(move || self.form())
    }
}

type Prefilling = Pin<Box<dyn Future<Output = ()>>>;

lazy! { in form: fn prepare() = (); }
lazy! { in form: fn open_form(console: Console) = console.open_form(); }
lazy! { in form: fn prefill(console: Console) -> Prefilling = Box::pin(console.prefill()); }
