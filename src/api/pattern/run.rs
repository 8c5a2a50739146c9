//! A text led through the machines of a pattern.

use super::class::Class;
use super::program::{Machine, Program, Step};
use super::{Mismatch, Verdict};
use std::collections::VecDeque;

/// How often a step is looked at for one value: about 50 milliseconds of work.
const MAX_WORK: usize = 2_000_000;

impl Program {
    pub fn verdict(&self, text: &[char]) -> Verdict {
        let mut run = Run {
            text,
            held: Vec::new(),
            ignores_looks: true,
            work: 0,
        };
        let Some((last, others)) = self.machines.split_last() else {
            return Verdict::NotChecked;
        };
        // Without what is asked of the places around, a pattern allows more: a value that can't go
        // on even so shows where it departs.
        let found = run.search(&last.steps);
        if others.is_empty() || found != Verdict::Matches {
            return found;
        }
        run.ignores_looks = false;
        if !others.iter().all(|machine| run.hold(machine)) {
            return Verdict::NotChecked;
        }
        match run.search(&last.steps) {
            Verdict::Departs(_) => Verdict::Differs,
            found => found,
        }
    }
}

struct Run<'a> {
    text: &'a [char],
    /// For each machine that was run, whether it matched at each place.
    held: Vec<Vec<bool>>,
    ignores_looks: bool,
    work: usize,
}

impl Run<'_> {
    /// Notes at which places a machine has matched; false where that is too much work.
    fn hold(&mut self, machine: &Machine) -> bool {
        let mut states = States::new(&machine.steps);
        let end = self.text.len();
        let mut held = vec![false; end + 1];
        if let [
            Step::Class {
                class,
                min: 1,
                max: Some(1),
            },
            Step::Match,
        ] = &*machine.steps
        {
            let shift = usize::from(!machine.is_backward);
            for (at, &c) in self.text.iter().enumerate() {
                held[at + shift] = class.contains(c);
            }
            self.held.push(held);
            return true;
        }
        for index in 0..=end {
            let (at, next) = match machine.is_backward {
                true => (end - index, end.wrapping_sub(index + 1)),
                false => (index, index),
            };
            self.follow(&mut states, 0, at, at == 0);
            held[at] = states.matched;
            if self.work > MAX_WORK {
                return false;
            }
            if let Some(&c) = self.text.get(next).filter(|_| index < end) {
                let next = if machine.is_backward { next } else { at + 1 };
                self.advance(&mut states, c, next);
            }
        }
        self.held.push(held);
        true
    }

    fn search(&mut self, steps: &[Step]) -> Verdict {
        let mut states = States::new(steps);
        let starts_once = self.starts_once(steps);
        let departure = |states: &States<'_>, list: &[usize], position, found| Mismatch {
            position,
            found,
            expected: states.expected(list),
            is_uniform: is_uniform(steps),
        };
        for at in 0..=self.text.len() {
            // A search may begin anywhere.
            if at == 0 || !starts_once {
                self.follow(&mut states, 0, at, at == 0);
            }
            if states.matched {
                return Verdict::Matches;
            }
            if self.work > MAX_WORK {
                return Verdict::NotChecked;
            }
            let Some(&c) = self.text.get(at) else {
                let mismatch = departure(&states, &states.list, at, None);
                return match mismatch.expected.is_empty() {
                    true => Verdict::Differs,
                    false => Verdict::Departs(mismatch),
                };
            };
            self.advance(&mut states, c, at + 1);
            if starts_once && states.is_dead() {
                states.taken -= 1;
                return Verdict::Departs(departure(&states, &states.before, at, Some(c)));
            }
        }
        Verdict::Differs
    }

    /// Can a match begin only at the first character?
    fn starts_once(&mut self, steps: &[Step]) -> bool {
        let mut later = States::new(steps);
        let ignores_looks = std::mem::replace(&mut self.ignores_looks, true);
        self.follow(&mut later, 0, self.text.len(), false);
        self.ignores_looks = ignores_looks;
        !later.matched && later.is_dead()
    }

    /// Takes one character, which leads to a place.
    fn advance(&mut self, states: &mut States<'_>, c: char, to: usize) {
        self.work += states.list.len();
        std::mem::swap(&mut states.list, &mut states.before);
        states.list.clear();
        states.matched = false;
        states.taken += 1;
        // Those that can take another character go on first, so that whoever enters one of them
        // finds it as it now is.
        let before = std::mem::take(&mut states.before);
        let mut left = std::mem::take(&mut states.left);
        for &at in &before {
            if states.take(at, c) {
                left.push(at + 1);
            }
        }
        for from in left.drain(..) {
            self.follow(states, from, to, to == 0);
        }
        (states.before, states.left) = (before, left);
    }

    /// Adds a step and all that can be reached from it without a character.
    fn follow(&mut self, states: &mut States<'_>, from: usize, place: usize, is_start: bool) {
        let mut pending = std::mem::take(&mut states.pending);
        pending.push(from);
        while let Some(at) = pending.pop() {
            self.work += 1;
            let is_new = std::mem::replace(&mut states.seen[at], states.taken) != states.taken;
            match &states.steps[at] {
                Step::Class { min, max, .. } => {
                    if is_new {
                        states.list.push(at);
                    }
                    if is_counted(*min, *max) {
                        states.count(at, is_new);
                    }
                    if *min == 0 && is_new {
                        pending.push(at + 1);
                    }
                }
                _ if !is_new => {}
                Step::Match => states.matched = true,
                Step::Jump(to) => pending.push(*to),
                Step::Split(one, other) => pending.extend([*other, *one]),
                Step::Start if is_start => pending.push(at + 1),
                Step::Start => {}
                Step::End => match place == self.text.len() {
                    true => pending.push(at + 1),
                    false => states.list.push(at),
                },
                Step::Look {
                    machine,
                    is_negative,
                } => {
                    if self.ignores_looks || self.held[*machine][place] != *is_negative {
                        pending.push(at + 1);
                    }
                }
            }
        }
        states.pending = pending;
    }
}

/// The steps a machine is at.
struct States<'a> {
    steps: &'a [Step],
    /// The classes and ends it waits at.
    list: Vec<usize>,
    /// The list before the last character.
    before: Vec<usize>,
    /// How many characters were taken, from 1, when a step was last reached.
    seen: Vec<usize>,
    taken: usize,
    /// When a class that counts was entered, in ascending order: all ways through it are at once
    /// followed by that alone.
    entered: Vec<VecDeque<usize>>,
    matched: bool,
    pending: Vec<usize>,
    left: Vec<usize>,
}

impl<'a> States<'a> {
    fn new(steps: &'a [Step]) -> Self {
        Self {
            steps,
            list: Vec::new(),
            before: Vec::new(),
            seen: vec![0; steps.len()],
            taken: 1,
            entered: vec![VecDeque::new(); steps.len()],
            matched: false,
            pending: Vec::new(),
            left: Vec::new(),
        }
    }

    /// Enters a class that counts; what was counted there before is void if it is new.
    fn count(&mut self, at: usize, is_new: bool) {
        let entered = &mut self.entered[at];
        if is_new {
            entered.clear();
        }
        if entered.back() != Some(&self.taken) {
            entered.push_back(self.taken);
        }
    }

    /// Lets the class at a step take a character. Has it then taken enough to be left?
    fn take(&mut self, at: usize, c: char) -> bool {
        let Step::Class { class, min, max } = &self.steps[at] else {
            return false;
        };
        if !class.contains(c) {
            return false;
        }
        if !is_counted(*min, *max) {
            if max.is_none() {
                self.seen[at] = self.taken;
                self.list.push(at);
            }
            return true;
        }
        let entered = &mut self.entered[at];
        let count = |from: &usize| self.taken - from;
        if let Some(max) = max {
            while entered.front().is_some_and(|it| count(it) > *max as usize) {
                entered.pop_front();
            }
        } else {
            // Without a bound, who came first is ahead of the others for good.
            entered.truncate(1);
        }
        let Some(first) = entered.front() else {
            return false;
        };
        self.seen[at] = self.taken;
        self.list.push(at);
        count(first) >= *min as usize
    }

    /// The class of a step, if that can take another character.
    fn class(&self, at: usize) -> Option<&'a Class> {
        let Step::Class { class, min, max } = &self.steps[at] else {
            return None;
        };
        let last = self.entered[at].back();
        let is_full = |max: u32| last.is_none_or(|it| self.taken - it >= max as usize);
        (!is_counted(*min, *max) || !max.is_some_and(is_full)).then_some(class)
    }

    /// What those of a list would take.
    fn expected(&self, list: &[usize]) -> Class {
        list.iter()
            .filter_map(|&at| self.class(at))
            .fold(Class::default(), |all, class| all.union(class))
    }

    /// No character and no end can lead to a match any more. (An end that has not come yet
    /// still counts as alive: the next character is then the one too many.)
    fn is_dead(&self) -> bool {
        let is_alive =
            |&at: &usize| self.class(at).is_some() || matches!(self.steps[at], Step::End);
        !self.matched && !self.list.iter().any(is_alive)
    }
}

/// Does it matter how many characters a class has taken, beyond the first?
fn is_counted(min: u32, max: Option<u32>) -> bool {
    min > 1 || max.is_some_and(|max| max > 1)
}

fn is_uniform(steps: &[Step]) -> bool {
    let mut classes = steps.iter().filter_map(|step| match step {
        Step::Class { class, .. } => Some(class),
        _ => None,
    });
    let first = classes.next();
    classes.all(|class| Some(class) == first)
}
