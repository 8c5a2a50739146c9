//! How much is kept, and what goes first.

use super::KeptRun;

/// What all runs together may take up, in bytes of their JSON.
pub const LIMIT: usize = 20_000_000;

/// The runs to drop so that one of a size fits: the oldest that are not pinned. Nothing if it
/// doesn't fit even then.
pub fn dropped<'a>(kept: &[&'a KeptRun], size: usize, limit: usize) -> Option<Vec<&'a KeptRun>> {
    let mut total = size + kept.iter().map(|run| run.size()).sum::<usize>();
    if total <= limit {
        // So it mostly is, and then nothing has to be put in order.
        return Some(Vec::new());
    }
    let unpinned = kept.iter().filter(|run| !run.is_pinned());
    let mut oldest: Vec<&KeptRun> = unpinned.copied().collect();
    oldest.sort_by(|one, other| one.started_ms().total_cmp(&other.started_ms()));
    let mut dropped = Vec::new();
    for run in oldest {
        if total <= limit {
            break;
        }
        total -= run.size();
        dropped.push(run);
    }
    (total <= limit).then_some(dropped)
}

/// The limit where no more is to be taken up than is now: as much goes as comes, as far as
/// there is something to go.
pub fn tight(kept: &[&KeptRun], size: usize) -> usize {
    let sizes = |all: bool| {
        let counted = kept.iter().filter(|run| all || run.is_pinned());
        counted.map(|run| run.size()).sum::<usize>()
    };
    sizes(true).max(sizes(false) + size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(id: &str, started: u32, pinned: bool) -> KeptRun {
        KeptRun(json!({"id": id, "startedMs": started, "pinned": pinned, "size": 10}))
    }

    #[test]
    fn the_oldest_that_are_not_pinned_make_room() {
        let kept = [run("c", 3, false), run("a", 1, true), run("b", 2, false)];
        let kept: Vec<&KeptRun> = kept.iter().collect();
        let ids = |size, limit| {
            let dropped = dropped(&kept, size, limit)?;
            Some(dropped.iter().map(|run| run.id()).collect::<Vec<_>>())
        };
        assert_eq!(ids(10, 40), Some(vec![]));
        assert_eq!(ids(11, 40), Some(vec!["b"]));
        assert_eq!(ids(21, 40), Some(vec!["b", "c"]));
        assert_eq!(ids(30, 40), Some(vec!["b", "c"]));
        assert_eq!(ids(31, 40), None, "what is pinned stays");
        assert_eq!(ids(50, 40), None);
        assert_eq!(ids(10, tight(&kept, 10)), Some(vec!["b"]));
        assert_eq!(ids(15, tight(&kept, 15)), Some(vec!["b", "c"]));
        assert_eq!(ids(90, tight(&kept, 90)), Some(vec!["b", "c"]));
    }
}
