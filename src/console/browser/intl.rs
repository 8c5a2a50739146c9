//! What the browser knows of languages: how the page's language writes numbers, which plural forms it has, how
//! its texts are sorted, and what languages are called.

use super::page;
use js_sys::{Array, Function, JsString, Number, Object, Reflect};
use std::cell::OnceCell;
use std::cmp::Ordering;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Texts in the page's language that were fetched before they were needed: by `boot.js`, and with the
/// first part of the page, as `tools/split.mjs` has it.
pub fn texts(name: &str) -> Option<String> {
    Reflect::get(&js_sys::global(), &name.into())
        .ok()?
        .as_string()
}

/// How a number of so many tenths is written.
pub fn number(tenths: u64) -> String {
    let number = Number::from(tenths as f64 / 10.0);
    number.to_locale_string(&page::language()).into()
}

/// The category of CLDR that a count is in: `one`.
pub fn category(count: usize) -> String {
    thread_local! {
        static RULES: OnceCell<js_sys::Intl::PluralRules> = const { OnceCell::new() };
    }
    let select = |rules: &js_sys::Intl::PluralRules| rules.select(count as f64).into();
    RULES.with(|rules| {
        select(rules.get_or_init(|| js_sys::Intl::PluralRules::new(&locales(), &Object::new())))
    })
}

/// The page's language, as what the browser knows of it is asked for.
pub fn locales() -> Array {
    Array::of1(&page::language().into())
}

/// Compares texts by the order in which people who read the page's language look for them.
pub struct Collator(Function);

impl Collator {
    pub fn new() -> Self {
        Self(js_sys::Intl::Collator::new(&locales(), &Object::new()).compare())
    }

    pub fn compare(&self, one: &JsString, other: &JsString) -> Ordering {
        let order = self.0.call2(&JsValue::UNDEFINED, one, other);
        let order = order.ok().and_then(|order| order.as_f64());
        order.unwrap_or_default().total_cmp(&0.0)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method)]
    fn of(this: &DisplayNames, tag: &str) -> Option<String>;
}

/// What a language is called in itself: `Deutsch`.
pub fn own_name(tag: &str) -> String {
    let options = Object::new();
    // Fails for no object of our own.
    let _ = Reflect::set(&options, &"type".into(), &"language".into());
    let name = DisplayNames::new(tag, &options).ok();
    name.and_then(|names| names.of(tag))
        .unwrap_or_else(|| tag.to_owned())
}
