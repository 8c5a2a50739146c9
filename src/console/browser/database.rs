//! Texts kept in the browser's database, by key, for more than local storage holds.
//!
//! A connection lives as long as one transaction: no page ever keeps another from changing the
//! database. What a transaction reads stays as it is until the transaction ends, so two pages
//! that read, decide and write don't overwrite each other's decisions.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "formsmith";
/// Goes up when pages of an earlier version must not write any more.
const VERSION: u32 = 2;
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
    pub async fn begin(writes: bool) -> Result<Self, Trouble> {
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
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>, Trouble> {
        let found = answer(self.store.get(&JsValue::from_str(key))).await?;
        Ok(found.as_string())
    }

    /// Gives all texts whose keys begin so, each with what follows in its key, in the order of their
    /// keys. Between some and the next the page goes on: however many there are, it does not stand
    /// still.
    pub async fn each(
        &self,
        prefix: &str,
        mut take: impl FnMut(&str, &str),
    ) -> Result<(), Trouble> {
        self.each_boxed(prefix, &mut |key, text| take(key, text))
            .await
    }

    async fn each_boxed(
        &self,
        prefix: &str,
        take: &mut dyn FnMut(&str, &str),
    ) -> Result<(), Trouble> {
        let end = end_of(prefix);
        let mut range = starting_with(prefix);
        loop {
            let known = range.map_err(|_| Trouble::Failed)?;
            let keys = self.store.get_all_keys_with_key_and_limit(&known, SOME);
            let texts = self.store.get_all_with_key_and_limit(&known, SOME);
            let keys = Array::from(&answer(keys).await?);
            let texts = Array::from(&answer(texts).await?);
            for (key, text) in keys.iter().zip(texts.iter()) {
                if let (Some(key), Some(text)) = (key.as_string(), text.as_string()) {
                    take(&key[prefix.len()..], &text);
                }
            }
            if keys.length() < SOME {
                return Ok(());
            }
            let last = keys.get(SOME - 1);
            range = IdbKeyRange::bound_with_lower_open(&last, &end, true);
        }
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

    /// Waits until everything is written.
    pub async fn end(self) -> Result<(), Trouble> {
        let event = JsFuture::from(self.ended.clone()).await;
        let event: Option<Event> = event.ok().map(JsCast::unchecked_into);
        match event.is_some_and(|event| event.type_() == "complete") {
            true => Ok(()),
            false => Err(Trouble::of(self.inner.error())),
        }
    }
}

impl Drop for Transaction {
    /// It is closed once its transaction has ended.
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Follows all keys that begin so.
fn end_of(prefix: &str) -> JsValue {
    JsValue::from_str(&format!("{prefix}\u{FFFF}"))
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

async fn answer(request: Result<IdbRequest, JsValue>) -> Result<JsValue, Trouble> {
    let request = request.map_err(|_| Trouble::Failed)?;
    wait(&request, |_| {}).await;
    match request.error() {
        Ok(None) => request.result().map_err(|_| Trouble::Failed),
        Ok(error) => Err(Trouble::of(error)),
        Err(_) => Err(Trouble::Failed),
    }
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
