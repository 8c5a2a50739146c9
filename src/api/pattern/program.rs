//! A pattern as machines whose states are followed all at once.

use super::class::Class;
use super::parse::{Look, Node};

#[derive(Debug, Clone)]
pub enum Step {
    /// From `min` to `max` characters, then the next step.
    Class {
        class: Class,
        min: u32,
        max: Option<u32>,
    },
    /// Both ways at once.
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    /// On where the machine of this number, from 0, has matched, or has not.
    Look {
        machine: usize,
        is_negative: bool,
    },
    Match,
}

/// One way through the text that every place of it is tried for.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    pub steps: Vec<Step>,
    /// It goes from the end of the text to its start, so that at each place it knows what follows.
    pub is_backward: bool,
}

/// What stands behind and ahead is found out by a machine each; those that others ask come first,
/// and the pattern itself is the last.
#[derive(Debug, Clone)]
pub struct Program {
    pub machines: Vec<Machine>,
}

/// A bound on memory; AWS's longest patterns take about 4,000 steps.
const MAX_STEPS: usize = 20_000;

impl Program {
    pub fn new(node: &Node) -> Option<Self> {
        let mut program = Self {
            machines: Vec::new(),
        };
        program.add(node, false)?;
        Some(program)
    }

    /// Adds a machine, after those it asks, and tells its number.
    fn add(&mut self, node: &Node, is_backward: bool) -> Option<usize> {
        let mut machine = Machine {
            steps: Vec::new(),
            is_backward,
        };
        machine.add(node, self)?;
        machine.push(Step::Match)?;
        self.machines.push(machine);
        Some(self.machines.len() - 1)
    }
}

impl Machine {
    fn push(&mut self, step: Step) -> Option<usize> {
        let at = self.steps.len();
        self.steps.push(step);
        (at < MAX_STEPS).then_some(at)
    }

    fn class(&mut self, class: &Class, min: u32, max: Option<u32>) -> Option<()> {
        if max == Some(0) {
            return Some(());
        }
        let class = class.clone();
        self.push(Step::Class { class, min, max }).map(drop)
    }

    fn add(&mut self, node: &Node, program: &mut Program) -> Option<()> {
        match node {
            Node::Empty => {}
            Node::Class(class) => self.class(class, 1, Some(1))?,
            Node::Start => drop(self.push(Step::Start)?),
            Node::End => drop(self.push(Step::End)?),
            Node::Look(Look {
                node,
                is_behind,
                is_negative,
            }) => {
                let machine = program.add(node, !is_behind)?;
                let is_negative = *is_negative;
                self.push(Step::Look {
                    machine,
                    is_negative,
                })?;
            }
            Node::Sequence(nodes) if self.is_backward => {
                nodes
                    .iter()
                    .rev()
                    .try_for_each(|node| self.add(node, program))?;
            }
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node, program))?,
            Node::Either(branches) => {
                let mut exits = Vec::new();
                for (at, branch) in branches.iter().enumerate() {
                    if at + 1 == branches.len() {
                        self.add(branch, program)?;
                        break;
                    }
                    let split = self.push(Step::Split(0, 0))?;
                    self.add(branch, program)?;
                    exits.push(self.push(Step::Jump(0))?);
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                let end = self.steps.len();
                for exit in exits {
                    self.steps[exit] = Step::Jump(end);
                }
            }
            Node::Repeat { node, min, max } => match &**node {
                Node::Class(class) => self.class(class, *min, *max)?,
                node => self.repeat(node, *min, *max, program)?,
            },
        }
        Some(())
    }

    fn repeat(
        &mut self,
        node: &Node,
        min: u32,
        max: Option<u32>,
        program: &mut Program,
    ) -> Option<()> {
        for _ in 0..min {
            self.add(node, program)?;
        }
        match max {
            None => {
                let split = self.push(Step::Split(0, 0))?;
                self.add(node, program)?;
                self.push(Step::Jump(split))?;
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.push(Step::Split(0, 0))?);
                    self.add(node, program)?;
                }
                let end = self.steps.len();
                for split in splits {
                    self.steps[split] = Step::Split(split + 1, end);
                }
            }
        }
        Some(())
    }
}
