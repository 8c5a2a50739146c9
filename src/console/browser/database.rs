//! Texts kept in the browser's database, by key, for more than local storage holds.
//!
//! A connection lives as long as one transaction: no page ever keeps another from changing the
//! database. What a transaction reads stays as it is until the transaction ends, so two pages
//! that read, decide and write don't overwrite each other's decisions.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use std::pin::Pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbCursorDirection, IdbCursorWithValue, IdbDatabase, IdbKeyRange,
    IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "formsmith";
/// Goes up when pages of an earlier version must not write any more.
const VERSION: u32 = 3;
const STORE: &str = "texts";

/// So many texts are read at a time.
const SOME: u32 = 100;

/// A database that says nothing for this long is taken as one that doesn't work.
const PATIENCE_MS: i32 = 5000;

/// Why nothing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser allows no database here.
    Forbidden,
    /// The browser gives this page no more room.
    Full,
    /// Anything else.
    Failed,
}

impl Trouble {
    fn of(error: Option<DomException>) -> Self {
        let name = error.map(|error| error.name()).unwrap_or_default();
        match name.as_str() {
            "QuotaExceededError" => Self::Full,
            "SecurityError" | "NotAllowedError" | "InvalidStateError" => Self::Forbidden,
            _ => Self::Failed,
        }
    }
}

/// Has a page of this origin ever kept anything? True where the browser does not tell.
pub async fn exists() -> bool {
    let listed = || {
        let factory = window().indexed_db().ok().flatten()?;
        let list = Reflect::get(&factory, &"databases".into()).ok()?;
        let list: Function = list.dyn_into().ok()?;
        list.call0(&factory).ok()?.dyn_into::<Promise>().ok()
    };
    let Some(listed) = listed() else { return true };
    let Ok(all) = JsFuture::from(listed).await else {
        return true;
    };
    let name = |one: JsValue| Reflect::get(&one, &"name".into()).ok()?.as_string();
    Array::from(&all)
        .iter()
        .any(|one| name(one).as_deref() == Some(NAME))
}

/// What comes later. Boxed, as the code of a future would be in each that waits for it.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + 'a>>;

/// Gets what follows the beginning of a key, and the text.
type Take<'a> = Box<dyn FnMut(&str, &str) + 'a>;

/// Some texts read and written together: all of it happens, or nothing. It ends by itself when
/// something else than its own reading is waited for.
pub struct Transaction {
    database: IdbDatabase,
    inner: IdbTransaction,
    store: IdbObjectStore,
    /// Gives the event that ends it.
    ended: Promise,
}

impl Transaction {
    pub fn begin(writes: bool) -> Reply<'static, Self> {
        Box::pin(async move {
            let mode = match writes {
                true => IdbTransactionMode::Readwrite,
                false => IdbTransactionMode::Readonly,
            };
            let database = open().await?;
            let begun = database
                .transaction_with_str_and_mode(STORE, mode)
                .and_then(|inner| Ok((inner.object_store(STORE)?, inner)));
            let Ok((store, inner)) = begun else {
                database.close();
                return Err(Trouble::Failed);
            };
            let ended = Promise::new(&mut |resolve, _| {
                inner.set_oncomplete(Some(&resolve));
                inner.set_onabort(Some(&resolve));
            });
            Ok(Self {
                database,
                inner,
                store,
                ended,
            })
        })
    }

    pub fn get(&self, key: &str) -> Reply<'_, Option<String>> {
        let request = self.store.get(&JsValue::from_str(key));
        Box::pin(async move { Ok(answer(request).await?.as_string()) })
    }

    /// Gives all texts whose keys begin so, each with what follows in its key, in the order of their
    /// keys. Between some and the next the page goes on: however many there are, it does not stand
    /// still.
    pub fn each<'a>(&'a self, prefix: &'a str, take: impl FnMut(&str, &str) + 'a) -> Reply<'a, ()> {
        self.each_in(starting_with(prefix), prefix, u32::MAX, Box::new(take))
    }

    /// The same for those that follow `prefix` with more than `after`.
    pub fn each_after<'a>(
        &'a self,
        prefix: &'a str,
        after: &str,
        take: impl FnMut(&str, &str) + 'a,
    ) -> Reply<'a, ()> {
        let after = JsValue::from_str(&[prefix, after, LAST].concat());
        let range = IdbKeyRange::bound(&after, &end_of(prefix));
        self.each_in(range, prefix, u32::MAX, Box::new(take))
    }

    /// The first so many of them.
    pub fn first<'a>(
        &'a self,
        prefix: &'a str,
        count: u32,
        take: impl FnMut(&str, &str) + 'a,
    ) -> Reply<'a, ()> {
        self.each_in(starting_with(prefix), prefix, count, Box::new(take))
    }

    fn each_in<'a>(
        &'a self,
        range: Result<IdbKeyRange, JsValue>,
        prefix: &'a str,
        mut count: u32,
        mut take: Take<'a>,
    ) -> Reply<'a, ()> {
        Box::pin(async move {
            let mut range = range.map_err(|_| Trouble::Failed)?;
            loop {
                let some = count.min(SOME);
                let keys = self.store.get_all_keys_with_key_and_limit(&range, some);
                let texts = self.store.get_all_with_key_and_limit(&range, some);
                let keys = Array::from(&answer(keys).await?);
                let texts = Array::from(&answer(texts).await?);
                for (key, text) in keys.iter().zip(texts.iter()) {
                    if let (Some(key), Some(text)) = (key.as_string(), text.as_string()) {
                        take(&key[prefix.len()..], &text);
                    }
                }
                count -= some;
                if count == 0 || keys.length() < some {
                    return Ok(());
                }
                let last = keys.get(some - 1);
                let rest = IdbKeyRange::bound_with_lower_open(&last, &end_of(prefix), true);
                range = rest.map_err(|_| Trouble::Failed)?;
            }
        })
    }

    /// Gives them from the last to the first, until `take` says that it is enough.
    pub fn each_from_end<'a>(
        &'a self,
        prefix: &'a str,
        mut take: impl FnMut(&str, &str) -> bool + 'a,
    ) -> Reply<'a, ()> {
        Box::pin(async move {
            let range = starting_with(prefix).map_err(|_| Trouble::Failed)?;
            let back = IdbCursorDirection::Prev;
            let cursors = self
                .store
                .open_cursor_with_range_and_direction(&range, back);
            let cursors = cursors.map_err(|_| Trouble::Failed)?;
            loop {
                let found = answer(Ok(cursors.clone())).await?;
                let Ok(cursor) = found.dyn_into::<IdbCursorWithValue>() else {
                    return Ok(());
                };
                let key = cursor.key().ok().and_then(|key| key.as_string());
                let text = cursor.value().ok().and_then(|text| text.as_string());
                let is_enough = match (key, text) {
                    (Some(key), Some(text)) => take(&key[prefix.len()..], &text),
                    _ => false,
                };
                if is_enough || cursor.continue_().is_err() {
                    return Ok(());
                }
            }
        })
    }

    /// Lets the page go on until what was asked for so far is done.
    pub async fn catch_up(&self) -> Result<(), Trouble> {
        self.get("").await.map(drop)
    }

    /// Whether it worked shows when the transaction ends.
    pub fn put(&self, key: &str, text: &str) {
        let (text, key) = (JsValue::from_str(text), JsValue::from_str(key));
        if self.store.put_with_key(&text, &key).is_err() {
            let _ = self.inner.abort();
        }
    }

    pub fn delete(&self, key: &str) {
        if self.store.delete(&JsValue::from_str(key)).is_err() {
            let _ = self.inner.abort();
        }
    }

    /// Deletes all texts whose keys begin so.
    pub fn delete_each(&self, prefix: &str) {
        let range = starting_with(prefix);
        if !range.is_ok_and(|range| self.store.delete(&range).is_ok()) {
            let _ = self.inner.abort();
        }
    }

    /// Nothing of it happens.
    pub fn give_up(&self) {
        let _ = self.inner.abort();
    }

    /// Waits until everything is written.
    pub fn end(self) -> Reply<'static, ()> {
        Box::pin(async move {
            let event = JsFuture::from(self.ended.clone()).await;
            let event: Option<Event> = event.ok().map(JsCast::unchecked_into);
            match event.is_some_and(|event| event.type_() == "complete") {
                true => Ok(()),
                false => Err(Trouble::of(self.inner.error())),
            }
        })
    }
}

impl Drop for Transaction {
    /// It is closed once its transaction has ended.
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Follows all that keys are made of.
const LAST: &str = "\u{FFFF}";

/// Follows all keys that begin so.
fn end_of(prefix: &str) -> JsValue {
    JsValue::from_str(&[prefix, LAST].concat())
}

fn starting_with(prefix: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&JsValue::from_str(prefix), &end_of(prefix))
}

async fn open() -> Result<IdbDatabase, Trouble> {
    let factory = window().indexed_db().ok().flatten();
    let request = factory.and_then(|factory| factory.open_with_u32(NAME, VERSION).ok());
    let request: IdbOpenDbRequest = request.ok_or(Trouble::Forbidden)?;
    let upgraded = request.clone();
    let upgrade = Closure::once(move || {
        if let Ok(database) = upgraded.result() {
            // It fails where the database is of an earlier version and has it already; any other
            // failure ends the opening with an error.
            let _ = database
                .unchecked_into::<IdbDatabase>()
                .create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    wait(&request, |done| {
        request.set_onblocked(Some(done));
        // Without a timer the browser's own patience is all there is.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(done, PATIENCE_MS);
    })
    .await;
    let database = request.result().ok();
    database
        .and_then(|database| database.dyn_into().ok())
        .ok_or_else(|| Trouble::of(request.error().ok().flatten()))
}

fn answer(request: Result<IdbRequest, JsValue>) -> Reply<'static, JsValue> {
    Box::pin(async move {
        let request = request.map_err(|_| Trouble::Failed)?;
        wait(&request, |_| {}).await;
        match request.error() {
            Ok(None) => request.result().map_err(|_| Trouble::Failed),
            Ok(error) => Err(Trouble::of(error)),
            Err(_) => Err(Trouble::Failed),
        }
    })
}

/// Until a request has succeeded or failed, or `also` calls what it is given.
async fn wait(request: &IdbRequest, also: impl Fn(&Function)) {
    let done = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
        also(&resolve);
    });
    let _ = JsFuture::from(done).await;
}
