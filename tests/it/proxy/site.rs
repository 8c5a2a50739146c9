//! The built console, served by the proxy.

use super::running::{Answer, Running, start};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with a console and, beside it, a file that is nobody's business.
fn folder(name: &str) -> PathBuf {
    let outside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&outside);
    let site = outside.join("dist");
    fs::create_dir_all(site.join("deep")).unwrap();
    fs::create_dir_all(site.join("formsmith-fedcba9876543210")).unwrap();
    fs::write(outside.join("secret.txt"), "not for the web").unwrap();
    for file in [
        "index.html",
        "boot.js",
        "formsmith-0123456789abcdef.js",
        "formsmith-0123456789abcdef_bg.wasm",
        "formsmith-fedcba9876543210.css",
        "favicon-ABCDEF.svg",
        "boot-89abcdef012345.js",
        "formsmith-fedcba9876543210/later.wasm",
        ".hidden",
        "deep/page.html",
    ] {
        fs::write(site.join(file), format!("the content of {file}")).unwrap();
    }
    site
}

fn serving(name: &str) -> Running {
    let folder = folder(name);
    start(|config| config.site = Some(folder))
}

#[test]
fn the_files_come_with_their_types_and_a_fitting_cache_policy() {
    let proxy = serving("site-types");
    let forever = "public, max-age=31536000, immutable";
    for (path, content_type, caching) in [
        ("/", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/boot.js", "text/javascript", "no-cache"),
        ("/formsmith-0123456789abcdef.js", "text/javascript", forever),
        (
            "/formsmith-0123456789abcdef_bg.wasm",
            "application/wasm",
            forever,
        ),
        ("/formsmith-fedcba9876543210.css", "text/css", forever),
        ("/boot-89abcdef012345.js", "text/javascript", forever),
        (
            "/formsmith-fedcba9876543210/later.wasm",
            "application/wasm",
            forever,
        ),
        ("/favicon-ABCDEF.svg", "image/svg+xml", "no-cache"),
        ("/deep/page.html", "text/html", "no-cache"),
    ] {
        let answer = proxy.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("Content-Type"), Some(content_type), "{path}");
        assert_eq!(answer.header("Cache-Control"), Some(caching), "{path}");
        let file = if path == "/" {
            "index.html"
        } else {
            &path[1..]
        };
        assert_eq!(answer.body, format!("the content of {file}").as_bytes());
    }
    let host = proxy.address.to_string();
    let head = proxy.send("HEAD", "/", &[("Host", &host)], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

fn get(proxy: &Running, path: &str, more: &[(&str, &str)]) -> Answer {
    let host = proxy.address.to_string();
    let headers = [&[("Host", host.as_str())], more].concat();
    proxy.send("GET", path, &headers, b"")
}

#[test]
fn a_browser_gets_the_compressed_file_it_accepts_as_if_it_were_the_file_itself() {
    let folder = folder("site-compressed");
    let wasm = "formsmith-0123456789abcdef_bg.wasm";
    for (file, endings) in [
        ("index.html", &["br", "gz"][..]),
        (wasm, &["br", "gz"]),
        ("boot.js", &["gz"]),
    ] {
        for ending in endings {
            let place = folder.join(format!("{file}.{ending}"));
            fs::write(place, format!("{file} in {ending}")).unwrap();
        }
    }
    let proxy = start(|config| config.site = Some(folder));
    let modern = "gzip, deflate, br, zstd";
    for (path, accepts, encoding, body) in [
        ("/", modern, Some("br"), "index.html in br"),
        ("/index.html", modern, Some("br"), "index.html in br"),
        ("/index.html", "gzip", Some("gzip"), "index.html in gz"),
        (
            "/index.html",
            "br;q=0, gzip;q=0.5",
            Some("gzip"),
            "index.html in gz",
        ),
        ("/index.html", "identity", None, "the content of index.html"),
        (
            "/index.html",
            "br;q=0, gzip;q=0",
            None,
            "the content of index.html",
        ),
        ("/boot.js", modern, Some("gzip"), "boot.js in gz"),
        ("/boot.js", "br", None, "the content of boot.js"),
        (
            "/favicon-ABCDEF.svg",
            modern,
            None,
            "the content of favicon-ABCDEF.svg",
        ),
    ] {
        let plain = get(&proxy, path, &[]);
        let answer = get(&proxy, path, &[("Accept-Encoding", accepts)]);
        let asked = format!("{path} for {accepts}");
        assert_eq!(answer.status, 200, "{asked}");
        assert_eq!(answer.header("Content-Encoding"), encoding, "{asked}");
        assert_eq!(String::from_utf8_lossy(&answer.body), body, "{asked}");
        let length = body.len().to_string();
        assert_eq!(answer.header("Content-Length"), Some(&*length), "{asked}");
        assert_eq!(answer.header("Vary"), Some("accept-encoding"), "{asked}");
        assert_eq!(plain.header("Vary"), Some("accept-encoding"), "{path}");
        for same in [
            "Content-Type",
            "Cache-Control",
            "Content-Security-Policy",
            "X-Content-Type-Options",
        ] {
            assert!(plain.header(same).is_some(), "{same} {path}");
            assert_eq!(answer.header(same), plain.header(same), "{same} {asked}");
        }
    }
    let module = get(&proxy, &format!("/{wasm}"), &[("Accept-Encoding", modern)]);
    assert_eq!(module.header("Content-Type"), Some("application/wasm"));
    assert_eq!(module.header("Content-Encoding"), Some("br"));
    let missing = get(&proxy, "/nothing.js", &[("Accept-Encoding", modern)]);
    assert_eq!(
        (missing.status, missing.code().as_deref()),
        (404, Some("not-found"))
    );
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let proxy = serving("site-again");
    let first = proxy.get("/boot.js");
    let tag = first.header("ETag").unwrap();
    let again = get(&proxy, "/boot.js", &[("If-None-Match", tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("Cache-Control"), Some("no-cache"));
    assert_eq!(again.header("Vary"), Some("accept-encoding"));
}

#[test]
fn the_page_is_held_by_a_policy_and_cannot_be_framed() {
    let proxy = serving("site-headers");
    let answer = proxy.get("/");
    let policy = answer.header("Content-Security-Policy").unwrap();
    let parts: Vec<_> = policy.split("; ").collect();
    assert_eq!(
        parts,
        [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    );
    for path in ["/", "/boot.js", "/nothing", "/api/status", "/sandbox/"] {
        let answer = proxy.get(path);
        assert_eq!(
            answer.header("X-Content-Type-Options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("Referrer-Policy"),
            Some("no-referrer"),
            "{path}"
        );
        let policy = answer.header("Content-Security-Policy").unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None, "{path}");
    }
    assert_eq!(
        proxy.get("/api/status").header("Cache-Control"),
        Some("no-store")
    );
}

#[test]
fn nothing_outside_the_folder_and_nothing_hidden_is_served() {
    let proxy = serving("site-traversal");
    for path in [
        "/nothing",
        "/nothing.js",
        "/deep",
        "/.hidden",
        "/%2ehidden",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E/secret.txt",
        "/..%2fsecret.txt",
        "/deep/../../secret.txt",
        "/deep/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/index.html/secret.txt",
        "/%00",
        "/%ff",
    ] {
        let answer = proxy.get(path);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (404, Some("not-found")),
            "{path}"
        );
    }
    let host = proxy.address.to_string();
    for method in ["POST", "PUT", "DELETE"] {
        let answer = proxy.send(method, "/index.html", &[("Host", &host)], b"");
        assert_eq!(answer.status, 405, "{method}");
    }
    let foreign = proxy.send("GET", "/", &[("Host", "evil.example")], b"");
    assert_eq!(foreign.status, 403);
}
