//! The built console, served by the proxy.

use super::running::{Answer, Running, start, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::{Then, Upstream, http};
use formsmith_proxy::Limits;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with a console and, beside it, a file that is nobody's business.
pub fn folder(name: &str) -> PathBuf {
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
    start(|config| config.site = Some(folder.into()))
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
    let proxy = start(|config| config.site = Some(folder.into()));
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
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types formsmith-worker formsmith-offline",
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

#[test]
fn what_services_and_the_proxy_answer_is_never_shown_as_a_document() {
    let hostile = [
        ("Content-Type", "text/html"),
        ("Content-Disposition", "inline"),
        ("Content-Security-Policy", "default-src *"),
        ("X-Content-Type-Options", "none"),
    ];
    let upstream = Upstream::start(http("200 OK", &hostile, "<script>"), Then::Close);
    let aws = start_signing(&upstream.url(), Limits::default());
    let sandbox = serving("site-documents");
    let host = sandbox.address.to_string();
    let own = [("Host", host.as_str())];
    let foreign = [("Host", "evil.example")];
    let chunked = [("Host", host.as_str()), ("Transfer-Encoding", "chunked")];
    for (what, answer) in [
        ("a status", sandbox.get("/api/status")),
        ("a method", sandbox.send("PUT", "/api/status", &own, b"")),
        ("nothing", sandbox.get("/api/")),
        ("less", sandbox.get("/api")),
        ("no service", sandbox.get("/api/nothing/us-east-1/")),
        ("a session", sandbox.send("POST", "/api/session", &own, b"")),
        ("a ticket", sandbox.send("POST", "/api/ticket", &own, b"")),
        ("a host", sandbox.send("GET", "/api/status", &foreign, b"")),
        ("chunks", sandbox.send("POST", "/sandbox/", &chunked, b"")),
        ("an address", sandbox.get("http://evil.example/api/status")),
        ("a service", sandbox.console(PREFIX, &request(), &[])),
        ("a client", sandbox.console("/sandbox", &request(), &[])),
        ("a client's error", sandbox.get("/sandbox")),
        ("the ledger", sandbox.get("/sandbox/_ledger")),
        ("AWS", aws.reviewed(PREFIX, &request(), &[])),
        ("no token", aws.console(PREFIX, &request(), &[])),
        ("no sandbox", aws.get("/sandbox/")),
    ] {
        for (header, expected) in [
            (
                "Content-Security-Policy",
                "sandbox; default-src 'none'; frame-ancestors 'none'",
            ),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", "attachment"),
        ] {
            let values = answer.headers.iter();
            let values = values.filter(|(name, _)| name.eq_ignore_ascii_case(header));
            let values: Vec<_> = values.map(|(_, value)| value.as_str()).collect();
            assert_eq!(values, [expected], "{what}: {header}");
        }
    }
    for path in ["/", "/boot.js", "/apis", "/nothing"] {
        let answer = sandbox.get(path);
        assert_eq!(answer.header("Content-Disposition"), None, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn no_symlink_out_of_the_folder_is_followed() {
    use std::os::unix::fs::symlink;
    let site = folder("site-links");
    let outside = site.parent().unwrap();
    fs::create_dir_all(outside.join("elsewhere/deep")).unwrap();
    fs::create_dir_all(outside.join("dist-too")).unwrap();
    for file in [
        "elsewhere/deep/a.js",
        "elsewhere/index.html",
        "dist-too/a.js",
    ] {
        fs::write(outside.join(file), "not for the web").unwrap();
    }
    let absolute = outside.join("secret.txt");
    for (target, link) in [
        (absolute.to_str().unwrap(), "absolute.txt"),
        ("../secret.txt", "relative.txt"),
        ("../elsewhere", "folder"),
        ("..", "parent"),
        ("/", "disk"),
        ("../dist-too", "beginning-alike"),
        ("relative.txt", "twice.txt"),
        ("../secret.txt", "boot.js.br"),
        ("../secret.txt", "index.html.gz"),
        ("../nothing", "dangling.txt"),
        ("itself.txt", "itself.txt"),
        // And those that stay inside.
        ("boot.js", "same.js"),
        ("../dist/deep", "same-folder"),
        (site.join("boot.js").to_str().unwrap(), "absolute.js"),
    ] {
        symlink(target, site.join(link)).unwrap();
    }
    let proxy = start(|config| config.site = Some(site.clone().into()));
    for path in [
        "/absolute.txt",
        "/relative.txt",
        "/folder",
        "/folder/",
        "/folder/index.html",
        "/folder/deep/a.js",
        "/parent/secret.txt",
        "/parent/dist/index.html/../../secret.txt",
        "/disk/etc/hostname",
        "/beginning-alike/a.js",
        "/twice.txt",
        "/boot.js.br",
        "/dangling.txt",
        "/itself.txt",
    ] {
        let host = proxy.address.to_string();
        for method in ["GET", "HEAD"] {
            let answer = proxy.send(method, path, &[("Host", &host)], b"");
            assert_eq!(answer.status, 404, "{method} {path}");
            assert_eq!(answer.header("X-Formsmith-Error"), Some("not-found"));
        }
    }
    for (path, content) in [
        ("/same.js", "the content of boot.js"),
        ("/absolute.js", "the content of boot.js"),
        ("/same-folder/page.html", "the content of deep/page.html"),
        ("/parent/dist/boot.js", "the content of boot.js"),
    ] {
        let answer = proxy.get(path);
        assert_eq!(String::from_utf8_lossy(&answer.body), content, "{path}");
    }
    // What a browser would have got in place of the file.
    for (path, encoding) in [("/boot.js", "br"), ("/", "gzip"), ("/index.html", "gzip")] {
        let answer = get(&proxy, path, &[("Accept-Encoding", encoding)]);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(body.starts_with("the content of "), "{path}: {body}");
        assert_eq!(answer.header("Content-Encoding"), None, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_symlink_is_served_also_when_it_is_built_anew() {
    use std::os::unix::fs::symlink;
    let site = folder("site-is-a-link");
    let link = site.with_file_name("link");
    symlink(&site, &link).unwrap();
    let proxy = start(|config| config.site = Some(link.clone().into()));
    assert_eq!(proxy.get("/boot.js").body, b"the content of boot.js");
    let anew = site.with_file_name("anew");
    fs::create_dir(&anew).unwrap();
    fs::write(anew.join("boot.js"), "anew").unwrap();
    fs::remove_file(&link).unwrap();
    symlink(&anew, &link).unwrap();
    assert_eq!(proxy.get("/boot.js").body, b"anew");
    assert_eq!(proxy.get("/deep/page.html").status, 404);
}
