//! A pattern as a machine whose states are followed all at once.

use super::Mismatch;
use super::class::Class;
use super::parse::Node;

#[derive(Debug, Clone)]
enum Step {
    /// One character, then the next step.
    Class(Class),
    /// Both ways at once.
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    Match,
}

#[derive(Debug, Clone)]
pub struct Program {
    steps: Vec<Step>,
}

/// A bound on memory; AWS's longest patterns take about 4,000 steps.
const MAX_STEPS: usize = 20_000;

impl Program {
    pub fn new(node: &Node) -> Option<Self> {
        let mut program = Self { steps: Vec::new() };
        program.add(node)?;
        program.push(Step::Match)?;
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<usize> {
        let at = self.steps.len();
        self.steps.push(step);
        (at < MAX_STEPS).then_some(at)
    }

    fn add(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Empty => {}
            Node::Class(class) => drop(self.push(Step::Class(class.clone()))?),
            Node::Start => drop(self.push(Step::Start)?),
            Node::End => drop(self.push(Step::End)?),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node))?,
            Node::Either(branches) => {
                let mut exits = Vec::new();
                for (at, branch) in branches.iter().enumerate() {
                    if at + 1 == branches.len() {
                        self.add(branch)?;
                        break;
                    }
                    let split = self.push(Step::Split(0, 0))?;
                    self.add(branch)?;
                    exits.push(self.push(Step::Jump(0))?);
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                let end = self.steps.len();
                for exit in exits {
                    self.steps[exit] = Step::Jump(end);
                }
            }
            Node::Repeat { node, min, max } => self.repeat(node, *min, *max)?,
        }
        Some(())
    }

    fn repeat(&mut self, node: &Node, min: u32, max: Option<u32>) -> Option<()> {
        for _ in 0..min {
            self.add(node)?;
        }
        match max {
            None => {
                let split = self.push(Step::Split(0, 0))?;
                self.add(node)?;
                self.push(Step::Jump(split))?;
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.push(Step::Split(0, 0))?);
                    self.add(node)?;
                }
                let end = self.steps.len();
                for split in splits {
                    self.steps[split] = Step::Split(split + 1, end);
                }
            }
        }
        Some(())
    }

    pub fn mismatch(&self, value: &str) -> Option<Option<Mismatch>> {
        let mut now = States::new(self.steps.len());
        let mut next = States::new(self.steps.len());
        let total = value.chars().count();
        for (position, c) in value.chars().chain([END]).enumerate() {
            let at_end = position == total;
            // A search may begin anywhere; `^` lets only the first beginning live.
            now.follow(&self.steps, 0, position == 0, at_end);
            if now.matched {
                return None;
            }
            let expected = || {
                now.classes(&self.steps)
                    .fold(Class::default(), |all, class| all.union(class))
            };
            if at_end {
                let mismatch = Mismatch {
                    position,
                    found: None,
                    expected: expected(),
                    is_uniform: self.is_uniform(),
                };
                return Some((!mismatch.expected.is_empty()).then_some(mismatch));
            }
            next.clear();
            for &at in &now.list {
                if matches!(&self.steps[at], Step::Class(class) if class.contains(c)) {
                    next.follow(&self.steps, at + 1, false, position + 1 == total);
                }
            }
            if next.is_dead(&self.steps) && self.starts_once() {
                return Some(Some(Mismatch {
                    position,
                    found: Some(c),
                    expected: expected(),
                    is_uniform: self.is_uniform(),
                }));
            }
            std::mem::swap(&mut now, &mut next);
        }
        None
    }

    fn is_uniform(&self) -> bool {
        let mut classes = self.steps.iter().filter_map(|step| match step {
            Step::Class(class) => Some(class),
            _ => None,
        });
        let first = classes.next();
        classes.all(|class| Some(class) == first)
    }

    /// Can a match begin only at the first character?
    fn starts_once(&self) -> bool {
        let mut later = States::new(self.steps.len());
        later.follow(&self.steps, 0, false, true);
        !later.matched && later.is_dead(&self.steps)
    }
}

/// Stands where the value has ended; never compared.
const END: char = '\0';

/// The steps the machine is at, each once.
struct States {
    list: Vec<usize>,
    seen: Vec<bool>,
    matched: bool,
}

impl States {
    fn new(steps: usize) -> Self {
        Self {
            list: Vec::new(),
            seen: vec![false; steps],
            matched: false,
        }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.seen.fill(false);
        self.matched = false;
    }

    /// Adds a step and all that can be reached from it without a character.
    fn follow(&mut self, steps: &[Step], from: usize, at_start: bool, at_end: bool) {
        let mut pending = vec![from];
        while let Some(at) = pending.pop() {
            if std::mem::replace(&mut self.seen[at], true) {
                continue;
            }
            self.list.push(at);
            match &steps[at] {
                Step::Class(_) => {}
                Step::Match => self.matched = true,
                Step::Jump(to) => pending.push(*to),
                Step::Split(one, other) => pending.extend([*other, *one]),
                Step::Start if at_start => pending.push(at + 1),
                Step::End if at_end => pending.push(at + 1),
                Step::Start | Step::End => {}
            }
        }
    }

    fn classes<'a>(&'a self, steps: &'a [Step]) -> impl Iterator<Item = &'a Class> {
        self.list.iter().filter_map(|&at| match &steps[at] {
            Step::Class(class) => Some(class),
            _ => None,
        })
    }

    /// No character and no end can lead to a match any more. (An end that has not come yet
    /// still counts as alive: the next character is then the one too many.)
    fn is_dead(&self, steps: &[Step]) -> bool {
        !self.matched
            && !self
                .list
                .iter()
                .any(|&at| matches!(steps[at], Step::Class(_) | Step::End))
    }
}
