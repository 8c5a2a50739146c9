//! The best of what was found.

use crate::find::{Found, Results};
use crate::index::Kind;

/// What fits worse than so much of the best, in hundredths, is about something else.
const LEAST: u32 = 65;

/// Something that has words of the query.
pub struct Candidate {
    pub kind: Kind,
    pub item: usize,
    /// How well the words fit, all together.
    pub fit: u32,
    pub score: u32,
    /// Shorter names come first where nothing else decides.
    pub length: u32,
}

/// Those that have as many words of the query as any has.
#[derive(Default)]
pub struct Candidates {
    all: Vec<Candidate>,
    pub matched: usize,
}

impl Candidates {
    /// One that has at least as many words as those before it.
    pub fn take(&mut self, candidate: Candidate, matched: usize) {
        if matched > self.matched {
            self.all.clear();
            self.matched = matched;
        }
        self.all.push(candidate);
    }

    /// The best, at most so many of each kind.
    pub fn best(self, most: usize) -> Results {
        let mut found = Results::default();
        let best = self.all.iter().map(|it| it.fit).max().unwrap_or_default();
        for candidate in self.all {
            if candidate.fit * 100 < best * LEAST {
                continue;
            }
            found.count += 1;
            let list = match candidate.kind {
                Kind::Service => &mut found.services,
                Kind::Operation => &mut found.operations,
                Kind::Page => &mut found.pages,
            };
            let found = Found {
                item: candidate.item,
                score: 100 * candidate.score + 99_u32.saturating_sub(candidate.length),
            };
            let at = list.partition_point(|other| other.score >= found.score);
            if at < most {
                list.insert(at, found);
                list.truncate(most);
            }
        }
        found
    }
}
