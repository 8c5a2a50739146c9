//! A pattern as machines whose states are followed all at once.

use super::class::Class;
use super::parse::Node;

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
    /// No way on.
    Never,
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
        machine.push(Step::Match);
        self.machines.push(machine);
        Some(self.machines.len() - 1)
    }
}

impl Machine {
    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    fn add(&mut self, node: &Node, program: &mut Program) -> Option<()> {
        if self.steps.len() > MAX_STEPS {
            return None;
        }
        let step = match node {
            Node::Empty => return Some(()),
            Node::Class(class) => Step::Class {
                class: class.clone(),
                min: 1,
                max: Some(1),
            },
            Node::Start => Step::Start,
            Node::End => Step::End,
            Node::Look(look) => Step::Look {
                machine: program.add(&look.node, !look.is_behind)?,
                is_negative: look.is_negative,
            },
            Node::Sequence(nodes) => {
                for at in 0..nodes.len() {
                    let at = if self.is_backward {
                        nodes.len() - 1 - at
                    } else {
                        at
                    };
                    self.add(&nodes[at], program)?;
                }
                return Some(());
            }
            Node::Either(branches) => {
                let mut exits = Vec::new();
                for branch in branches {
                    let split = self.push(Step::Never);
                    self.add(branch, program)?;
                    exits.push(self.push(Step::Never));
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                // After the last branch there is no other: this way ends.
                let end = self.push(Step::Never) + 1;
                for exit in exits {
                    self.steps[exit] = Step::Jump(end);
                }
                return Some(());
            }
            Node::Repeat { max: Some(0), .. } => return Some(()),
            Node::Repeat { node, min, max } => match &**node {
                Node::Class(class) => Step::Class {
                    class: class.clone(),
                    min: *min,
                    max: *max,
                },
                node => return self.repeat(node, *min, *max, program),
            },
        };
        self.push(step);
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
        let first = self.steps.len();
        let mut splits = Vec::new();
        for _ in min..max.unwrap_or(min + 1) {
            splits.push(self.push(Step::Never));
            self.add(node, program)?;
        }
        if max.is_none() {
            self.push(Step::Jump(first));
        }
        let end = self.steps.len();
        for split in splits {
            self.steps[split] = Step::Split(split + 1, end);
        }
        Some(())
    }
}
