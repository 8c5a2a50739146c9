//! Services in AWS's categories, each folded until somebody opens it.

use crate::state::{IndexedService, Route};
use crate::ui::{Container, ExpandableSection, Markup, el, live};
use formsmith_api::category;
use formsmith_api::model::CatalogService;
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;

/// A service of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    pub title: &'static str,
    pub category: &'static str,
    pub operations: Vec<&'static str>,
}

impl Row {
    pub fn indexed(service: &'static IndexedService) -> Self {
        let operations = service.operations().map(|operation| &*operation.name);
        Self::new(&service.name, &service.title, operations.collect())
    }

    pub fn built_in(service: &'static CatalogService) -> Self {
        let operations = service.operations.iter().map(|operation| &*operation.name);
        Self::new(&service.name, &service.title, operations.collect())
    }

    fn new(name: &'static str, title: &'static str, operations: Vec<&'static str>) -> Self {
        let category = category::of(name).and_then(words::category);
        Self {
            name,
            title,
            category: category.unwrap_or(words::category_other()),
            operations,
        }
    }

    pub fn link(&self) -> Markup {
        let link = el("a").attr("href", &Route::of_service(self.name));
        link.child(self.title).into()
    }
}

/// The categories that have services, and at last what is in none.
pub fn by_category(services: &[Row]) -> Markup {
    let services: Rc<[Row]> = services.into();
    let names = category::all().filter_map(|(key, _)| words::category(key));
    let names = names.chain([words::category_other()]);
    let mut sections = el("div").class("categories");
    for name in names.filter(|name| services.iter().any(|it| it.category == *name)) {
        sections = sections.child(section(name, services.clone()));
    }
    let content = Markup::from(sections);
    view! { <Container title=words::services_by_category()>{content}</Container> }.into()
}

fn section(name: &'static str, services: Rc<[Row]>) -> Markup {
    let of_it = move |services: &Rc<[Row]>| -> Vec<Row> {
        let its = services.iter().filter(|service| service.category == name);
        its.cloned().collect()
    };
    let count = of_it(&services).len();
    let is_open = RwSignal::new(false);
    let list = live(move || {
        is_open.get().then(|| {
            let mut list = el("ul").attr("role", "list");
            for service in of_it(&services) {
                list = list.child(el("li").child(service.link()));
            }
            list
        })
    });
    view! {
        <ExpandableSection
            summary=name
            // Both are in one line, as text.
            caption=[" ", &words::service_count(count)].concat()
            on_open=Callback::new(move |()| is_open.set(true))
        >
            {list}
        </ExpandableSection>
    }
    .into()
}
