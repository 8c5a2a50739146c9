//! The invariants of ARCHITECTURE.md that can be read off the files.

mod layers;
mod limits;

use formsmith_api::curated;
use formsmith_api::model::Model;
use formsmith_test_support::snake;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

/// All files under a folder whose name ends so, with their paths from the repository's root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut pending = vec![root().join(folder)];
    while let Some(folder) = pending.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no {ending}");
    found.sort();
    found
}

fn offenders(files: &[(String, String)], is_wrong: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let lines = files.iter().flat_map(|(name, text)| {
        let wrong = text
            .lines()
            .enumerate()
            .filter(|(_, line)| is_wrong(name, line));
        wrong.map(move |(at, line)| format!("{name}:{}: {}", at + 1, line.trim()))
    });
    lines.collect()
}

fn assert_none(what: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{what}:\n{}", offenders.join("\n"));
}

#[test]
fn no_code_is_unsafe_but_the_two_places_that_say_why() {
    // The lint denies what is not allowed like this.
    let allowed = offenders(&files("src", ".rs"), |_, line| {
        line.contains("(unsafe_code)")
    });
    // The crossing between the modules of the page, and a word to the allocator.
    let [crossing, allocator] = allowed.as_slice() else {
        panic!("{allowed:?}");
    };
    assert!(crossing.starts_with("src/console/lazy.rs:"), "{crossing}");
    assert!(allocator.starts_with("src/proxy/memory.rs:"), "{allocator}");
}

#[test]
fn only_models_and_sandbox_services_name_an_operation() {
    let model = Model::embedded().unwrap();
    let names: Vec<String> = model
        .services()
        .iter()
        .flat_map(|service| &service.operations)
        .flat_map(|operation| [operation.name().to_owned(), snake(operation.name())])
        .collect();
    let code = code_of_no_service();
    let named = offenders(&code, |_, line| {
        names.iter().any(|name| line.contains(name))
    });
    assert_none("operations are named", &named);
}

/// All code that has to treat every service alike.
fn code_of_no_service() -> Vec<(String, String)> {
    let folders = [
        "src/api",
        "src/bulk",
        "src/console",
        "src/endpoints",
        "src/proxy",
        "src/run",
        "src/query",
        "src/search",
        "src/snippets",
        "src/page-snippets",
        "src/page-sandbox",
        "src/sandbox",
        "src/wire",
        "src/wire-tool",
        "src/words",
    ];
    let code = folders.iter().flat_map(|folder| files(folder, ".rs"));
    let code = code.filter(|(name, _)| {
        // `src/sandbox/<service>/…` is where handlers live; tests may name what they test.
        let is_handler = name.starts_with("src/sandbox/") && name.matches('/').count() > 2;
        !is_handler && !name.contains("/tests/") && !name.ends_with("/tests.rs")
    });
    code.collect()
}

#[test]
fn only_data_names_services_regions_and_errors() {
    // What is known of these stands in `src/api/models` and `src/api/curated`.
    let model = Model::embedded().unwrap();
    let services = model.services().iter();
    let mut names: Vec<&str> = services
        .flat_map(|service| [&*service.name, &*service.sdk_id, &*service.signing_name])
        .collect();
    names.extend(curated::HEADERS.iter().map(|[service, ..]| *service));
    // `s3` is a version of signatures, too.
    names.extend(curated::PATH_AS_SENT.iter().filter(|name| **name != "s3"));
    names.extend(curated::HASH_IN_HEADER);
    names.extend(curated::TREE_HASHES);
    names.extend([curated::BARE_IDS, curated::KEY_DIGESTS].concat().concat());
    // The default has to be named somewhere.
    names.extend(&curated::REGIONS[1..]);
    names.extend(curated::PARTITIONS.iter().map(|[_, _, suffix, _]| *suffix));
    names.extend(
        [
            curated::THROTTLING,
            curated::EXPIRED,
            curated::CLOCK,
            curated::SIGNATURE,
            curated::CREDENTIALS,
            curated::INVALID,
        ]
        .concat(),
    );
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    // Unit tests stand at the end of a file.
    let code: Vec<_> = code_of_no_service()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("src/sandbox/") && !name.contains("/examples/"))
        .map(|(name, text)| {
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            (name, code)
        })
        .collect();
    let named = offenders(&code, |_, line| {
        quoted.iter().any(|name| line.contains(name.as_str()))
    });
    assert_none("services, regions or errors are named", &named);
}

#[test]
fn all_crates_but_page_and_proxy_are_pure() {
    let pure = [
        "src/digest",
        "src/api",
        "src/bulk",
        "src/endpoints",
        "src/run",
        "src/query",
        "src/search",
        "src/wire",
        "src/sandbox",
        "src/snippets",
        "src/words",
    ];
    let code = pure.map(|folder| files(folder, ".rs"));
    let code = code.concat();
    let impure = [
        "std::time",
        "SystemTime",
        "Instant::now",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "async fn",
        ".await",
        "rand::",
        "web_sys",
        "js_sys",
        "println!",
        "std::process",
    ];
    // What builds or tests a crate is no part of it, nor is an example; and what is written is not
    // done.
    let others = [
        "/build.rs",
        "/build/",
        "/examples/",
        "/tests/",
        "src/snippets/write/rust.rs",
        // Reading a number is the same everywhere.
        "src/api/decimal.rs",
    ];
    let found = offenders(&code, |name, line| {
        !others.iter().any(|other| name.contains(other))
            && impure.iter().any(|word| line.contains(word))
    });
    assert_none("clock, chance, I/O, async or DOM", &found);
}

#[test]
fn views_hold_no_sentences() {
    // A literal between tags or in a text attribute: everything said stands in
    // src/words/languages.
    let code: Vec<_> = ["ui", "answer", "form", "result", "pages"]
        .iter()
        .flat_map(|folder| files(&format!("src/console/{folder}"), ".rs"))
        .collect();
    let found = offenders(&code, |_, line| {
        let line = line.trim_start();
        let pieces: Vec<&str> = line.split('"').collect();
        // What is quoted, with what stands before it: a list of classes is no sentence.
        let mut quoted = pieces.windows(2).step_by(2);
        !line.starts_with("//")
            && quoted.any(|pair| !pair[0].ends_with("class(") && is_said(pair[1]))
    });
    assert_none("sentences outside the catalogue", &found);
}

#[test]
fn every_text_is_said_somewhere() {
    let code: String = [files("src/console", ".rs"), files("src/words", ".rs")]
        .concat()
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let english = std::fs::read_to_string(root().join("src/words/languages/en.json")).unwrap();
    let english: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&english).unwrap();
    let is_said = |key: &&String| {
        ["words", "texts"].iter().any(|of| {
            let call = format!("{of}::{key}");
            code.match_indices(&call).any(|(at, said)| {
                !code[at + said.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    };
    let unsaid: Vec<&String> = english.keys().filter(|key| !is_said(key)).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

/// Three words, or two of which the first begins as a sentence does.
fn is_said(text: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let least = if text.starts_with(char::is_uppercase) {
        2
    } else {
        3
    };
    text.split(' ').filter(is_word).count() >= least
}

/// What turns text into markup or code: Trusted Types let no page do that, and this one has no
/// policy that would.
const SINKS: [&str; 20] = [
    " style=\"",
    "inner_html",
    "innerHTML",
    "outer_html",
    "outerHTML",
    "adjacent_html",
    "insertAdjacentHTML",
    "document.write",
    "document().write",
    "contextual_fragment",
    "createContextualFragment",
    "DomParser",
    "DOMParser",
    "srcdoc",
    "set_src(",
    "Worker::new",
    "Worker(",
    "eval(",
    "Function::new",
    "new Function",
];

#[test]
fn nothing_breaks_the_content_security_policy() {
    let page = ["src/console", "src/page-sandbox", "src/page-snippets"];
    let code: Vec<_> = page
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .chain(files("src/console", ".js"))
        .collect();
    let found = offenders(&code, |_, line| SINKS.iter().any(|it| line.contains(it)));
    assert_none("blocked by the policy", &found);
    // Both the page and the header of the proxy say so.
    for name in ["index.html", "src/proxy/site.rs"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let policy = text.replace("\\\n     ", "");
        let wanted =
            "require-trusted-types-for 'script'; trusted-types formsmith-worker formsmith-offline";
        assert!(policy.contains(wanted), "{name}");
    }
}

#[test]
fn views_have_components_and_no_elements() {
    // Leptos makes elements that never change from text, by innerHTML, which Trusted Types forbid.
    let is_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    let found = offenders(&files("src/console", ".rs"), |_, line| {
        let line = line.trim_start();
        let begins = line.strip_prefix('<').is_some_and(is_letter);
        let ends = line.split("</").skip(1).any(is_letter);
        // `<br />`, and no type such as `Vec<u8>` before it.
        let is_alone = line
            .strip_suffix("/>")
            .is_some_and(|line| line.rsplit_once('<').is_some_and(|(_, tag)| is_letter(tag)));
        !line.starts_with("//") && (begins || ends || is_alone)
    });
    assert_none("elements in views", &found);
}

#[test]
fn files_have_one_concern_and_a_size_to_match() {
    let code = [
        files("src", ".rs"),
        files("style", ".css"),
        files("tests/e2e", ".mjs"),
        files("tests/hostile", ".mjs"),
        files("tests", ".py"),
        files("tools/models.d", ".py"),
    ]
    .concat();
    let long: Vec<String> = code
        .iter()
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(name, text)| format!("{name}: {} lines", text.lines().count()))
        .collect();
    assert_none("files over 400 lines", &long);
}

#[test]
fn versions_stand_in_agreement() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let pinned = manifest
        .split("wasm-bindgen = \"=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{pinned}\"")));
    let package = std::fs::read_to_string(root().join("package.json")).unwrap();
    let trunk = std::fs::read_to_string(root().join("Trunk.toml")).unwrap();
    let binaryen = package
        .split("\"binaryen\": \"")
        .nth(1)
        .unwrap()
        .split('.')
        .next()
        .unwrap();
    assert!(
        trunk.contains(&format!("version_{binaryen}")),
        "wasm-opt differs"
    );
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let tests: String = files("src", ".rs")
        .into_iter()
        .filter(|(name, _)| name.contains("/tests/"))
        .chain(files("tests/it", ".rs"))
        .map(|(_, text)| text)
        .collect();
    let security = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let rows = security.lines().filter(|line| line.starts_with("| "));
    let mut count = 0;
    for row in rows {
        let Some(last) = row.trim_end_matches(" |").rsplit(" | ").next() else {
            continue;
        };
        for name in last.split('`').skip(1).step_by(2) {
            count += 1;
            let exists = match name.contains('/') {
                true => root().join(name).is_file(),
                false => tests.contains(&format!("fn {name}()")),
            };
            assert!(exists, "{name}");
        }
    }
    assert!(count > 30, "{count}");
}
