//! A text led through the machines of a pattern.

use super::class::Class;
use super::program::{Machine, Program, Step};
use super::{Mismatch, Verdict};

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
        let found = run.run(last, None);
        if others.is_empty() || !matches!(found, Verdict::Matches) {
            return found;
        }
        run.ignores_looks = false;
        for machine in others {
            let mut held = vec![false; text.len() + 1];
            if matches!(run.run(machine, Some(&mut held)), Verdict::NotChecked) {
                return Verdict::NotChecked;
            }
            run.held.push(held);
        }
        match run.run(last, None) {
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
    /// Searches, or notes at which places the machine matches. A search is over with the first
    /// match, or where no character can lead to one.
    fn run(&mut self, machine: &Machine, mut held: Option<&mut Vec<bool>>) -> Verdict {
        let mut states = States::new(&machine.steps);
        let end = self.text.len();
        let departs = |position, found, expected| {
            Verdict::Departs(Mismatch {
                position,
                found,
                expected,
                is_uniform: is_uniform(&machine.steps),
            })
        };
        for index in 0..=end {
            let (at, next) = match machine.is_backward {
                true => (end - index, end.wrapping_sub(index + 1)),
                false => (index, index),
            };
            // A match may begin anywhere.
            states.pending.push(0);
            self.follow(&mut states, at);
            if self.work > MAX_WORK {
                return Verdict::NotChecked;
            }
            match &mut held {
                Some(held) => held[at] = states.matched,
                None if states.matched => return Verdict::Matches,
                None if index > 0 && self.ignores_looks && states.is_dead() => {
                    // As it was before the character that was taken last.
                    states.taken -= 1;
                    let expected = states.expected(&states.before);
                    return departs(index - 1, self.text.get(index - 1).copied(), expected);
                }
                None => {}
            }
            if let Some(&c) = self.text.get(next) {
                let to = if machine.is_backward { next } else { at + 1 };
                self.advance(&mut states, c, to);
            }
        }
        let expected = states.expected(&states.list);
        match expected.is_empty() {
            true => Verdict::Differs,
            false => departs(end, None, expected),
        }
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
        for index in 0..states.before.len() {
            let at = states.before[index];
            if states.take(at, c) {
                states.pending.push(at + 1);
            }
        }
        self.follow(states, to);
    }

    /// Adds the steps that are pending, and all that can be reached from them without a character.
    fn follow(&mut self, states: &mut States<'_>, place: usize) {
        while let Some(at) = states.pending.pop() {
            self.work += 1;
            let is_new = states.at[at].seen != states.taken;
            states.at[at].seen = states.taken;
            let leads_on = match &states.steps[at] {
                Step::Class { min, max, .. } => {
                    if is_new {
                        states.list.push(at);
                    }
                    if is_counted(*min, *max) {
                        states.count(at, is_new);
                    }
                    *min == 0 && is_new
                }
                _ if !is_new => false,
                Step::Match => {
                    states.matched = true;
                    false
                }
                Step::Never => false,
                Step::Jump(to) => {
                    states.pending.push(*to);
                    false
                }
                Step::Split(one, other) => {
                    states.pending.extend([*other, *one]);
                    false
                }
                Step::Start => place == 0,
                Step::End if place == self.text.len() => true,
                Step::End => {
                    states.list.push(at);
                    false
                }
                Step::Look {
                    machine,
                    is_negative,
                } => self.ignores_looks || self.held[*machine][place] != *is_negative,
            };
            if leads_on {
                states.pending.push(at + 1);
            }
        }
    }
}

/// The steps a machine is at.
struct States<'a> {
    steps: &'a [Step],
    /// What is known of each step.
    at: Vec<State>,
    /// The classes and ends it waits at.
    list: Vec<usize>,
    /// The list before the last character.
    before: Vec<usize>,
    /// How many characters were taken, from 1.
    taken: usize,
    matched: bool,
    pending: Vec<usize>,
}

#[derive(Default)]
struct State {
    /// How many characters had been taken when the step was last reached.
    seen: usize,
    /// The same of each time that a class which counts was entered, in ascending order: all ways
    /// through it are at once followed by that alone.
    entered: Vec<usize>,
    /// The first of these that has not yet taken too many.
    first: usize,
}

impl<'a> States<'a> {
    fn new(steps: &'a [Step]) -> Self {
        Self {
            steps,
            at: steps.iter().map(|_| State::default()).collect(),
            list: Vec::new(),
            before: Vec::new(),
            taken: 1,
            matched: false,
            pending: Vec::new(),
        }
    }

    /// Enters a class that counts; what was counted there before is void if it is new.
    fn count(&mut self, at: usize, is_new: bool) {
        let state = &mut self.at[at];
        if is_new {
            state.entered.clear();
            state.first = 0;
        }
        if state.entered.last() != Some(&self.taken) {
            state.entered.push(self.taken);
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
        let state = &mut self.at[at];
        let mut is_enough = true;
        if is_counted(*min, *max) {
            let count = |from: usize| self.taken - from;
            match max {
                // Without a bound, who came first is ahead of the others for good.
                None => state.entered.truncate(1),
                Some(max) => {
                    let is_over = |from: &usize| count(*from) > *max as usize;
                    while state.entered.get(state.first).is_some_and(is_over) {
                        state.first += 1;
                    }
                }
            }
            match state.entered.get(state.first) {
                Some(&first) => is_enough = count(first) >= *min as usize,
                None => return false,
            }
        } else if max.is_some() {
            return true;
        }
        state.seen = self.taken;
        self.list.push(at);
        is_enough
    }

    /// The class of a step, if that can take another character.
    fn class(&self, at: usize) -> Option<&'a Class> {
        let Step::Class { class, min, max } = &self.steps[at] else {
            return None;
        };
        let last = self.at[at].entered.last();
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
