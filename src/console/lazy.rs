//! The parts of the page that come when they are first needed; ARCHITECTURE.md lists them. Each is a
//! WebAssembly module of its own that shares the memory of the first, so what stands on either side
//! is ordinary code. What two of them reach goes to a module of its own.
//!
//! A function made by [`lazy!`] is the way in: whatever is reached through such functions alone
//! is moved to the other module by `tools/split.mjs`, for a page built with `--cfg split`, which
//! `tools/site` does. In any other build everything is there from the start.

/// A part of the page that comes later could not be fetched. Asking again tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// `lazy! { fn name(argument: Type) -> Result = expression; }` makes an async function that
/// fetches the part `lazy`, if it isn't there, and then evaluates the expression in it; what it
/// gives is a `Result<_, NotLoaded>`. `lazy! { in part: fn … }` names another part.
macro_rules! lazy {
    (in $part:ident: $visible:vis fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? = $body:expr;) => {
        // What crosses from one module to the other is declared as foreign.
        #[cfg(split)]
        #[allow(unsafe_code)]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        $visible fn $name($($argument: $type),*) -> Result<$crate::lazy::given!($($result)?), $crate::lazy::NotLoaded> {
            Ok($body)
        }

        #[cfg(not(split))]
        $visible async fn $name($($argument: $type),*) -> Result<$crate::lazy::given!($($result)?), $crate::lazy::NotLoaded> {
            Ok($body)
        }
    };
    ($visible:vis fn $($rest:tt)*) => {
        $crate::lazy::lazy! { in lazy: $visible fn $($rest)* }
    };
}

macro_rules! given {
    () => {
        ()
    };
    ($type:ty) => {
        $type
    };
}

pub(crate) use {given, lazy};

lazy! { pub fn load() = (); }

lazy! { in answers: pub fn load_answers() = (); }
