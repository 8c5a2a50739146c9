//! What search finds, prepared once: the services and operations that are built in, those of the
//! index of all of AWS once it is there, and the page's own pages.

use super::{Console, Listing, Route};
use formsmith_api::class::Class;
use formsmith_api::model::{CatalogOperation, CatalogService};
use formsmith_search::{Index, Operation};
use formsmith_words as words;
use std::cell::Cell;

thread_local! {
    /// Each lives as long as the page: without all services, and with them.
    static PREPARED: [Cell<Option<&'static Searchable>>; 2] = const { [Cell::new(None), Cell::new(None)] };
}

pub struct Searchable {
    pub index: Index,
    /// In the order of the index.
    pub items: Vec<Item>,
    /// Where each service stands, with its operations after it.
    services: Vec<(&'static str, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Service {
        name: &'static str,
        title: &'static str,
        operations: usize,
    },
    Operation {
        service: &'static str,
        service_title: &'static str,
        name: &'static str,
        /// Empty where it has none but its name.
        title: &'static str,
        class: Class,
    },
    Page {
        title: &'static str,
        address: &'static str,
    },
}

impl Console {
    pub fn searchable(self) -> &'static Searchable {
        let listing = self.all_services();
        let at = usize::from(matches!(listing, Listing::There(_)));
        PREPARED.with(|prepared| {
            prepared[at].get().unwrap_or_else(|| {
                let made: &'static Searchable = Box::leak(Box::new(self.prepared(listing)));
                prepared[at].set(Some(made));
                made
            })
        })
    }

    fn prepared(self, listing: Listing) -> Searchable {
        let mut all = Searchable {
            index: Index::new(),
            items: Vec::new(),
            services: Vec::new(),
        };
        let services = match listing {
            Listing::There(services) => services,
            _ => &[],
        };
        for service in services {
            let listed = self.listed(&service.name);
            let count = service.operations().count();
            all.add_service(&service.name, &service.title, &service.names, count);
            let built_in = listed.map_or(&[][..], |listed| &listed.operations);
            for operation in built_in {
                all.add_built_in(&service.name, &service.title, operation);
            }
            for operation in service.operations() {
                if listed.is_none_or(|listed| listed.operation(&operation.name).is_none()) {
                    let (name, class) = (operation.name.as_str(), operation.class);
                    all.add(&service.name, &service.title, name, "", class);
                }
            }
        }
        let is_listed = |it: &CatalogService| services.iter().any(|other| other.name == it.name);
        for service in self.catalog.iter().filter(|it| !is_listed(it)) {
            all.add_service(&service.name, &service.title, &[], service.operations.len());
            for operation in &service.operations {
                all.add_built_in(&service.name, &service.title, operation);
            }
        }
        for (title, address) in [
            (words::start(), Route::HOME),
            (words::all_services(), Route::SERVICES),
            (words::history(), Route::HISTORY),
            (words::presets(), Route::PRESETS),
            (words::settings(), Route::SETTINGS),
        ] {
            all.index.add_page(title);
            all.items.push(Item::Page { title, address });
        }
        all
    }
}

impl Searchable {
    fn add_service(
        &mut self,
        name: &'static str,
        title: &'static str,
        names: &[String],
        operations: usize,
    ) {
        self.index.add_service(name, title, names);
        self.services.push((name, self.items.len()));
        self.items.push(Item::Service {
            name,
            title,
            operations,
        });
    }

    fn add_built_in(
        &mut self,
        service: &'static str,
        service_title: &'static str,
        operation: &'static CatalogOperation,
    ) {
        let CatalogOperation {
            name, title, class, ..
        } = operation;
        self.add(service, service_title, name, title, *class);
    }

    /// Those that have a title are built in.
    fn add(
        &mut self,
        service: &'static str,
        service_title: &'static str,
        name: &'static str,
        title: &'static str,
        class: Class,
    ) {
        self.index.add_operation(Operation {
            name,
            title,
            reads: matches!(class, Class::Read | Class::Secret),
            is_built_in: !title.is_empty(),
        });
        self.items.push(Item::Operation {
            service,
            service_title,
            name,
            title,
            class,
        });
    }

    /// An operation by the names of its service and its own.
    pub fn operation(&self, service: &str, operation: &str) -> Option<usize> {
        let (_, at) = self.services.iter().find(|(name, _)| *name == service)?;
        let names = self.items[at + 1..].iter().map_while(|item| match item {
            Item::Operation { name, .. } => Some(*name),
            _ => None,
        });
        Some(at + 1 + names.into_iter().position(|name| name == operation)?)
    }
}
