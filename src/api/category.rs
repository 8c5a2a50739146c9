//! AWS's categories of services, as its console groups them.

/// A category a line, each with the names of its services.
const CATEGORIES: &str = include_str!("curated/categories.txt");

/// The key of each category, with the names of its services.
pub fn all() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let lines = CATEGORIES.lines();
    let parts = lines.filter_map(|line| line.split_once(": "));
    parts.map(|(key, services)| (key, services.split(' ')))
}

/// The key of the category that a service is in, by the name of the service.
#[must_use]
pub fn of(service: &str) -> Option<&'static str> {
    let mut categories = all();
    categories.find_map(|(key, mut services)| services.any(|name| name == service).then_some(key))
}
