//! Names of things on the page.

use crate::language::{capitalised, in_sentence};
use crate::texts;
use formsmith_run::{Place, Target};

/// The title of the document: that of the page, if it has one, with whether something is wrong.
#[must_use]
pub fn title_of_document(page: Option<&str>, has_errors: bool) -> String {
    match (page, has_errors) {
        (None, _) => crate::PRODUCT.to_owned(),
        (Some(page), true) => texts::document_title_errors(page),
        (Some(page), false) => texts::document_title(page),
    }
}

#[must_use]
pub fn target(target: Target) -> &'static str {
    match target {
        Target::PageSandbox => texts::target_page_sandbox(),
        Target::ProxySandbox => texts::target_proxy_sandbox(),
        Target::ProxyAws => texts::target_proxy_aws(),
    }
}

/// The same as a person chooses it: for `profile`, or at an `endpoint` in the place of AWS.
#[must_use]
pub fn target_choice(target: Target, profile: Option<&str>, endpoint: Option<&str>) -> String {
    match (target, profile, endpoint) {
        (Target::ProxyAws, Some(profile), _) => {
            crate::list_comma(profile, endpoint.unwrap_or("AWS"))
        }
        (Target::ProxyAws, None, Some(endpoint)) => texts::target_endpoint(endpoint),
        _ => self::target(target).into(),
    }
}

/// A sandbox by where it is, and what holds for it.
#[must_use]
pub fn sandbox_label(target: Target) -> (&'static str, &'static str) {
    let name = match target {
        Target::PageSandbox => texts::sandbox_of_page(),
        _ => texts::sandbox_of_proxy(),
    };
    (name, texts::sandbox_reaches_nothing())
}

/// What a place is called that requests are signed for: its name, or that of its profile or endpoint.
#[must_use]
pub fn place_called(name: Option<&str>) -> String {
    name.unwrap_or("AWS").to_owned()
}

/// Who answers at a place.
#[must_use]
pub fn target_of(place: &Place) -> String {
    target_choice(place.target, None, place.endpoint.as_deref())
}

/// Who will answer, in a sentence; `only_reads` is about the operation at hand.
#[must_use]
pub fn target_explained(target: Target, endpoint: Option<&str>, only_reads: bool) -> String {
    match (target, endpoint) {
        (Target::PageSandbox | Target::ProxySandbox, _) => texts::sandbox_explained().into(),
        (Target::ProxyAws, Some(endpoint)) => texts::endpoint_explained(endpoint),
        (Target::ProxyAws, None) if only_reads => texts::aws_reading_explained().into(),
        (Target::ProxyAws, None) => texts::aws_explained().into(),
    }
}

#[must_use]
pub fn remove_item(item: &str, number: usize) -> String {
    texts::remove_numbered(item, &number.to_string())
}

#[must_use]
pub fn item_number(item: &str, number: usize) -> String {
    texts::numbered(&capitalised(item), &number.to_string())
}

#[must_use]
pub fn item_removed(item: &str, number: usize) -> String {
    texts::numbered_removed(&capitalised(item), &number.to_string())
}

/// How many more fit.
#[must_use]
pub fn room(room: usize, item: &str, items: &str) -> String {
    match room {
        0 => texts::no_room(items),
        room => texts::room_left(room, item, items),
    }
}

/// Among the choices, as long as none is chosen.
#[must_use]
pub fn nothing_chosen(title: &str) -> String {
    texts::choose(&in_sentence(title))
}

/// How long a text may be, or how many items there may be in a list or map.
#[must_use]
pub fn length(min: Option<usize>, max: Option<usize>, is_text: bool) -> String {
    let one = |count, of_text: fn(usize) -> String, of_items: fn(usize) -> String| match is_text {
        true => of_text(count),
        false => of_items(count),
    };
    match (min, max) {
        (Some(min), Some(max)) if min == max => {
            one(max, texts::characters_exactly, texts::items_exactly)
        }
        (Some(min), Some(max)) => {
            let min = crate::grouped(min);
            match is_text {
                true => texts::characters_between(&min, max),
                false => texts::items_between(&min, max),
            }
        }
        (Some(min), None) => one(min, texts::characters_least, texts::items_least),
        (None, Some(max)) => one(max, texts::characters_most, texts::items_most),
        (None, None) => String::new(),
    }
}

#[must_use]
pub fn copy(what: &str) -> String {
    texts::copy_named(&in_sentence(what))
}

/// What a button says that shows a secret, and hides it again; `title` names it.
#[must_use]
pub fn secret_switch(title: &str) -> (String, String) {
    let title = in_sentence(title);
    (texts::show_secret(&title), texts::hide_secret(&title))
}
