//! Elements of the page.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::Element;

use super::Markup;
use crate::watch::{listen, watch};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element, made and filled step by step: `el("p").class("description").child(text)`.
///
/// `view!` would give each element, attribute and child a type of its own and compile the code
/// around it for each. Here every step is one call, which is a third of the bytes. `view!`
/// stays for putting components together.
#[derive(Clone)]
pub struct El(Element);

/// A new HTML element.
pub fn el(tag: &'static str) -> El {
    // The tags are all written in this crate, and valid.
    El(document().create_element(tag).unwrap_throw())
}

/// A new SVG element.
pub fn svg(tag: &'static str) -> El {
    El(document().create_element_ns(Some(SVG), tag).unwrap_throw())
}

impl El {
    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    pub fn attr(self, name: &'static str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// An attribute that may be missing.
    pub fn attr_if(self, name: &'static str, value: Option<&str>) -> Self {
        set(&self.0, name, value);
        self
    }

    /// An attribute that changes; absent while there is no value.
    pub fn attr_live(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        set_live(&self.0, name, Box::new(value));
        self
    }

    /// An attribute that has this value while a condition holds, and otherwise is absent.
    pub fn attr_while(
        self,
        name: &'static str,
        value: &'static str,
        condition: impl Fn() -> bool + 'static,
    ) -> Self {
        set_while(&self.0, name, value, Box::new(condition));
        self
    }

    /// What an input or a select holds. For a select this comes after its options.
    pub fn value(self, value: Signal<String>) -> Self {
        let element = self.0.clone();
        watch(move || {
            let value = JsValue::from_str(&value.get());
            let _ = js_sys::Reflect::set(&element, &JsValue::from_str("value"), &value);
        });
        self
    }

    pub fn on<E: JsCast>(self, name: &'static str, hear: impl FnMut(E) + 'static) -> Self {
        listen(&self.0, name, hear);
        self
    }

    pub fn child(self, child: impl Into<Markup>) -> Self {
        child.into().append_to(&self.0);
        self
    }
}

impl From<El> for Markup {
    fn from(element: El) -> Self {
        Self::new(element.0)
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for a name that no attribute can have.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn set_live(element: &Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let element = element.clone();
    watch(move || set(&element, name, value().as_deref()));
}

fn set_while(
    element: &Element,
    name: &'static str,
    value: &'static str,
    condition: Box<dyn Fn() -> bool>,
) {
    let element = element.clone();
    watch(move || set(&element, name, condition().then_some(value)));
}
