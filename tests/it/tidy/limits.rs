//! Where the limits of the proxy stand.

use super::files;

#[test]
fn each_limit_of_the_proxy_stands_with_the_others_and_is_used() {
    // What only paces a loop and bounds nobody.
    let ticks = [
        "src/proxy/audit/log.rs AGAIN",
        "src/proxy/audit/log.rs LOOK",
        "src/proxy/audit/queue.rs IDLE",
        "src/proxy/audit/queue.rs TOGETHER",
        "src/proxy/credentials/process.rs TICK",
        "src/proxy/enter.rs LOOK",
        "src/proxy/enter.rs PAUSE",
        "src/proxy/serve.rs PAUSE",
        "src/proxy/team_folder.rs LOOK",
    ];
    let code = files("src/proxy", ".rs");
    let (limits, others): (Vec<_>, Vec<_>) = code
        .into_iter()
        .filter(|(name, _)| !name.contains("/tests/"))
        .partition(|(name, _)| name == "src/proxy/limits.rs");
    let times = others.iter().flat_map(|(name, text)| {
        constants(text)
            .filter(|(_, kind)| kind.ends_with("Duration"))
            .map(move |(constant, _)| format!("{name} {constant}"))
    });
    assert_eq!(times.collect::<Vec<_>>(), ticks);
    let text: String = others.into_iter().map(|(_, text)| text).collect();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let names: Vec<_> = limits
        .iter()
        .flat_map(|(_, text)| constants(text))
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() > 50, "{names:?}");
    let unused: Vec<_> = names.iter().filter(|name| !words.contains(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Each constant of a file that is defined on a line of its own, with its type.
fn constants(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let (before, constant) = line.split_once("const ")?;
        let is_defined = before.trim().is_empty() || before.trim_start().starts_with("pub");
        let (name, kind) = constant.split(" =").next()?.split_once(": ")?;
        is_defined.then_some((name, kind))
    })
}
