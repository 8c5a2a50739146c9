//! How much is stored, and what goes first.

use formsmith_run::Head;

/// What all runs together may take up, in bytes of their JSON.
pub const LIMIT: usize = 30_000_000;

/// May it go? Not what is pinned, and not what is still under way.
pub fn may_go(head: &Head) -> bool {
    !head.is_pinned && !head.is_open
}

/// The runs to drop so that one of a size fits: the oldest that may go. Each run comes with its
/// size in bytes. Nothing if it doesn't fit even then.
pub fn dropped<'a>(
    stored: &[&'a (Head, usize)],
    size: usize,
    limit: usize,
) -> Option<Vec<&'a str>> {
    let mut total = size + stored.iter().map(|(_, size)| size).sum::<usize>();
    if total <= limit {
        // So it mostly is, and then nothing has to be put in order.
        return Some(Vec::new());
    }
    let going = stored.iter().filter(|(head, _)| may_go(head));
    let mut oldest: Vec<&(Head, usize)> = going.copied().collect();
    oldest.sort_by(|(one, _), (other, _)| one.started_ms.total_cmp(&other.started_ms));
    let mut dropped = Vec::new();
    for (head, size) in oldest {
        if total <= limit {
            break;
        }
        total -= size;
        dropped.push(head.id.as_str());
    }
    (total <= limit).then_some(dropped)
}

/// The limit where no more is to be taken up than is now: as much goes as comes, as far as
/// there is something to go.
pub fn tight(stored: &[&(Head, usize)], size: usize) -> usize {
    let sizes = |all: bool| {
        let counted = stored.iter().filter(|(head, _)| all || !may_go(head));
        counted.map(|(_, size)| size).sum::<usize>()
    };
    sizes(true).max(sizes(false) + size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use formsmith_run::{Place, Said, Target, Tone, Verdict};

    fn run(id: &str, started: u32, is_pinned: bool) -> (Head, usize) {
        let head = Head {
            id: id.into(),
            service: "some-service".into(),
            operation: "DoIt".into(),
            place: Place {
                target: Target::PageSandbox,
                region: "us-east-1".into(),
                account: None,
                profile: None,
            },
            started_ms: started.into(),
            ended_ms: None,
            verdict: Verdict {
                tone: Tone::Success,
                said: Said::Done,
                last: None,
            },
            attempts: Vec::new(),
            is_open: false,
            undoes: None,
            undid: None,
            may_undo: false,
            is_imported: false,
            is_pinned,
        };
        (head, 10)
    }

    #[test]
    fn the_oldest_that_are_not_pinned_make_room() {
        let stored = [run("c", 3, false), run("a", 1, true), run("b", 2, false)];
        let stored: Vec<&(Head, usize)> = stored.iter().collect();
        let ids = |size, limit| dropped(&stored, size, limit);
        assert_eq!(ids(10, 40), Some(vec![]));
        assert_eq!(ids(11, 40), Some(vec!["b"]));
        assert_eq!(ids(21, 40), Some(vec!["b", "c"]));
        assert_eq!(ids(30, 40), Some(vec!["b", "c"]));
        assert_eq!(ids(31, 40), None, "what is pinned stays");
        assert_eq!(ids(50, 40), None);
        assert_eq!(ids(10, tight(&stored, 10)), Some(vec!["b"]));
        assert_eq!(ids(15, tight(&stored, 15)), Some(vec!["b", "c"]));
        assert_eq!(ids(90, tight(&stored, 90)), Some(vec!["b", "c"]));
    }

    #[test]
    fn what_is_under_way_makes_no_room() {
        let mut stored = [run("a", 1, false), run("b", 2, false)];
        stored[0].0.is_open = true;
        let stored: Vec<&(Head, usize)> = stored.iter().collect();
        assert_eq!(dropped(&stored, 10, 20), Some(vec!["b"]));
        assert_eq!(dropped(&stored, 11, 20), None);
        assert_eq!(dropped(&stored, 10, tight(&stored, 10)), Some(vec!["b"]));
    }
}
