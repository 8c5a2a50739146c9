//! The built console, served from the proxy's own origin.

#[cfg(feature = "page")]
mod embedded;
mod inside;

use crate::body::{Body, Request, Response};
use crate::config::Page;
use crate::failure::Failure;
use crate::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use inside::Inside;
use std::io;
use std::path::Path;
use tower_http::services::ServeDir;
use tower_http::services::fs::{Backend, DefaultServeDirFallback};

/// What the page may do. It is in the page as well, but only a header can forbid framing.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; connect-src 'self'; img-src 'self' data:; manifest-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
     trusted-types formsmith-worker formsmith-offline";

/// For what is no page: should a browser ever show it as one, it may do nothing.
const ANSWER_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// For what answers for services, and holds what others wrote: it is never shown as a document.
const ENDPOINT_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The characters of the hash in the names of built files and folders; Trunk leaves leading zeros
/// out.
const HASH: std::ops::RangeInclusive<usize> = 12..=16;

type Files<B> = ServeDir<DefaultServeDirFallback, B>;

#[derive(Debug, Clone)]
pub struct Site {
    page: PageFiles,
    /// Those that the proxy signs for. Without them the page has its own, if it was built with any.
    models: Option<Files<Inside>>,
}

#[derive(Debug, Clone)]
enum PageFiles {
    Folder(Files<Inside>),
    #[cfg(feature = "page")]
    Embedded(Files<embedded::Embedded>),
}

impl Site {
    /// Serves `name.br` or `name.gz` in place of `name` to whoever accepts it.
    pub fn new(page: &Page, models: Option<&Path>) -> Self {
        let in_folder = |folder: &Path| precompressed(folder, Inside::new(folder));
        Self {
            page: match page {
                Page::Folder(folder) => PageFiles::Folder(in_folder(folder)),
                #[cfg(feature = "page")]
                Page::Embedded => {
                    let top = Path::new(embedded::TOP);
                    PageFiles::Embedded(precompressed(top, embedded::Embedded))
                }
            },
            models: models.map(in_folder),
        }
    }

    pub async fn answer(&self, request: Request) -> Response {
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return Failure::method_not_allowed().into_response();
        }
        let path = request.uri().path().to_owned();
        if is_hidden(&path) {
            return Failure::not_found().into_response();
        }
        let mut response = match self.file(request).await {
            Ok(response) if response.status() != StatusCode::NOT_FOUND => response,
            _ => return Failure::not_found().into_response(),
        };
        let caching = if is_hashed(&path) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let headers = response.headers_mut();
        set(headers, CONTENT_SECURITY_POLICY, PAGE_POLICY);
        set(headers, CACHE_CONTROL, caching);
        // For every answer, the short "not modified" too: a cache keys on it.
        set(headers, VARY, "accept-encoding");
        response
    }

    async fn file(&self, request: Request) -> io::Result<Response> {
        let answer = match (&self.models, in_models(request.uri()), &self.page) {
            (Some(models), Some(uri), _) => {
                let (mut parts, body) = request.into_parts();
                parts.uri = uri;
                let request = Request::from_parts(parts, body);
                models.clone().try_call(request).await
            }
            (_, _, PageFiles::Folder(page)) => page.clone().try_call(request).await,
            #[cfg(feature = "page")]
            (_, _, PageFiles::Embedded(page)) => page.clone().try_call(request).await,
        };
        answer.map(|response| response.map(Body::new))
    }
}

/// Where the page looks for the models of AWS.
const MODELS: &str = "/models/aws/";

/// The address within the folder of models, of what is there.
fn in_models(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_prefix(MODELS)?;
    format!("/{path}").parse().ok()
}

fn precompressed<B: Backend>(folder: &Path, backend: B) -> Files<B> {
    ServeDir::with_backend(folder, backend)
        .redirect_to_trailing_slash(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Answering for services.
    Endpoint,
    /// The console's files.
    Site,
}

/// Gives an answer the headers every one has, and the strict ones where it has none of its own.
pub fn protect(headers: &mut HeaderMap, kind: Kind) {
    let opener = HeaderName::from_static("cross-origin-opener-policy");
    let resource = HeaderName::from_static("cross-origin-resource-policy");
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "no-referrer");
    set(headers, opener, "same-origin");
    if kind == Kind::Endpoint {
        set(headers, CONTENT_SECURITY_POLICY, ENDPOINT_POLICY);
        set(headers, CONTENT_DISPOSITION, "attachment");
    }
    for (name, value) in [
        (resource, "same-origin"),
        (CONTENT_SECURITY_POLICY, ANSWER_POLICY),
        (CACHE_CONTROL, "no-store"),
    ] {
        if !headers.contains_key(&name) {
            set(headers, name, value);
        }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Parents and dot files, however they are spelt.
fn is_hidden(path: &str) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".");
    path.contains("/.") || path.contains("//") || path.contains("%2f") || path.contains("%5c")
}

/// `boot-0123456789abcdef.js`, `formsmith-0123456789abcdef/formsmith.js`: a file whose address
/// changes with what is in it.
fn is_hashed(path: &str) -> bool {
    path.split(['-', '_', '.', '/']).any(|part| {
        HASH.contains(&part.len())
            && part
                .chars()
                .all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
    })
}
