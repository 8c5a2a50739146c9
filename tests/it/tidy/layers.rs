//! Who may import what, and who may change what.

use super::{assert_none, files, offenders};

#[test]
fn layers_import_only_what_is_below_them() {
    let rules: [(&str, &[&str]); 18] = [
        ("src/wire", &["formsmith_"]),
        ("src/digest", &["formsmith_"]),
        ("src/api", &["formsmith_"]),
        ("src/endpoints", &["formsmith_"]),
        ("src/search", &["formsmith_"]),
        (
            "src/sandbox",
            &[
                "formsmith_run",
                "formsmith_proxy",
                "formsmith_snippets",
                "formsmith_words",
            ],
        ),
        (
            "src/snippets",
            &[
                "formsmith_run",
                "formsmith_sandbox",
                "formsmith_proxy",
                "formsmith_words",
            ],
        ),
        (
            "src/proxy",
            &["formsmith_run", "formsmith_snippets", "formsmith_words"],
        ),
        (
            "src/run",
            &[
                "formsmith_bulk",
                "formsmith_sandbox",
                "formsmith_proxy",
                "formsmith_snippets",
                "formsmith_words",
            ],
        ),
        (
            "src/bulk",
            &[
                "formsmith_sandbox",
                "formsmith_proxy",
                "formsmith_snippets",
                "formsmith_words",
            ],
        ),
        (
            "src/words",
            &["formsmith_sandbox", "formsmith_proxy", "formsmith_snippets"],
        ),
        (
            "src/console/ui",
            &[
                "formsmith_",
                "crate::form",
                "crate::state",
                "crate::result",
                "crate::transport",
            ],
        ),
        (
            "src/console/form",
            &["crate::transport", "crate::result", "crate::pages"],
        ),
        (
            "src/console/result",
            &["crate::transport", "crate::form", "crate::pages"],
        ),
        (
            "src/console/transport",
            &["crate::state", "crate::form", "crate::result", "crate::ui"],
        ),
        (
            "src/console/state",
            &["crate::form", "crate::result", "crate::pages", "crate::ui"],
        ),
        (
            "src/console/browser",
            &[
                "formsmith_run",
                "formsmith_words",
                "formsmith_wire",
                "crate::state",
                "crate::transport",
                "crate::form",
                "crate::result",
                "crate::pages",
                "crate::ui",
            ],
        ),
        ("src/console/pages", &["crate::transport", "crate::app"]),
    ];
    // The one crate that each of these may stand on.
    let allowed = [
        ("src/api", "formsmith_digest"),
        ("src/endpoints", "formsmith_api"),
        ("src/search", "formsmith_api"),
    ];
    // Each import names its folder, so that the rules can see it.
    let evasive = offenders(&files("src/console", ".rs"), |name, line| {
        let is_root = name.ends_with("/mod.rs") && name.matches('/').count() == 3;
        line.contains("use crate::{")
            || line.contains("super::super::")
            || (is_root && line.contains("super::"))
    });
    assert_none("imports that name no folder", &evasive);
    for (folder, forbidden) in rules {
        let own = allowed.iter().find(|(of, _)| *of == folder);
        // A crate's tests and examples stand above it.
        let found = offenders(&files(folder, ".rs"), |name, line| {
            !name.contains("/tests/")
                && !name.contains("/examples/")
                && !line.trim_start().starts_with("//")
                && forbidden.iter().any(|it| match own {
                    Some((_, own)) => line.replace(own, "").contains(it),
                    None => line.contains(it),
                })
        });
        assert_none(&format!("{folder} reaches upwards"), &found);
    }
}

#[test]
fn only_the_file_that_owns_a_signal_writes_it() {
    // A writable signal is in a private field, and no function of `state/` hands it out or takes it.
    let state = files("src/console/state", ".rs");
    let is_signal = |text: &str| text.contains("RwSignal<") || text.contains("WriteSignal<");
    let mut found = offenders(&state, |_, line| {
        let line = line.trim_start();
        let is_field = line.starts_with("pub") && !line.contains("fn ") && !line.contains('(');
        is_signal(line) && (is_field || line.contains("(pub"))
    });
    let mut signatures = 0;
    for (name, text) in &state {
        for function in text.split("fn ").skip(1) {
            let signature = function.split(['{', ';']).next().unwrap_or_default();
            signatures += 1;
            if is_signal(signature) {
                found.push(format!("{name}: fn {signature}"));
            }
        }
    }
    assert_none("signals that other files could write", &found);
    let owned = offenders(&state, |_, line| is_signal(line));
    assert!(
        owned.len() > 20 && signatures > 200,
        "the rule sees no signal"
    );
}
