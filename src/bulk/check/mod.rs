//! What a row lacks or has wrong, as facts.

mod export;
mod suggest;

pub use export::problem_rows;

use crate::mapping::{Builder, Mapping};
use crate::sheet::Sheet;
use formsmith_api::model::{Place, ShapeKind};
use formsmith_api::validate::{self, Located, Path, PathSegment, Violation};
use formsmith_run::OperationRef;
use serde_json::Value;

/// Why a row is held back.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// From 0.
    pub row: u32,
    /// The column it comes from; none where no column goes there.
    pub column: Option<u32>,
    /// The place in the input.
    pub path: Path,
    pub what: What,
    /// What the cell can be instead: it passes all checks, and is what was meant as far as anybody
    /// can tell.
    pub suggestion: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It departs from the model.
    Violation(Violation),
    /// A spreadsheet has written digits as `2.10988E+11`: those that are missing are lost.
    ScientificNotation,
    /// White space before or behind a text, which the service would take for a part of it.
    SpaceAround,
    /// More cells than there are columns: a separator within a cell may lack its quotes.
    TooManyCells { cells: u32, columns: u32 },
}

impl What {
    /// The name that exports have.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::ScientificNotation => "scientific-notation",
            Self::SpaceAround => "space-around",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::Violation(violation) => match violation {
                Violation::Required | Violation::NotKept => "missing",
                Violation::TooShort { .. } | Violation::TooFewBytes { .. } => "too-short",
                Violation::TooLong { .. } | Violation::TooManyBytes { .. } => "too-long",
                Violation::NotBase64 => "not-base64",
                Violation::TooFew { .. } => "too-few",
                Violation::TooMany { .. } => "too-many",
                Violation::Pattern { .. } => "pattern",
                Violation::Character { .. } => "character",
                Violation::Unfinished { .. } => "unfinished",
                Violation::UnknownValue { .. } => "unknown-value",
                Violation::NotANumber => "not-a-number",
                Violation::NotAnInteger => "not-an-integer",
                Violation::NotABoolean => "not-a-boolean",
                Violation::NotAMoment => "not-a-moment",
                Violation::BelowMinimum { .. } => "below-minimum",
                Violation::AboveMaximum { .. } => "above-maximum",
                Violation::Duplicate => "duplicate",
                Violation::WrongType { .. } => "wrong-type",
                Violation::UnknownMember => "unknown-member",
                Violation::NotOneMember { .. } => "not-one-member",
                Violation::Placeholder => "placeholder",
                Violation::NotJson { .. } => "not-json",
            },
        }
    }
}

/// Checks the rows of a sheet as a mapping sends them.
pub struct Checker {
    op: OperationRef,
    builder: Builder,
    tokens: Vec<&'static str>,
}

impl Checker {
    /// Anew after each change of the mapping; not of cells.
    #[must_use]
    pub fn new(op: OperationRef, sheet: &Sheet, mapping: &Mapping) -> Self {
        Self {
            op,
            builder: Builder::new(op, sheet, mapping),
            tokens: op.tokens().collect(),
        }
    }

    /// The input of a row, or all that keeps it from being sent.
    pub fn check(&self, sheet: &Sheet, row: u32) -> Result<Value, Vec<Problem>> {
        let input = self.builder.input(sheet, row);
        let mut problems = self.of_cells(sheet, row);
        let root = self.op.model.input(self.op.operation);
        let found = root.map(|root| validate::input(self.op.model, root, &input));
        for located in found.unwrap_or_default() {
            if !located.violation.is_warning() && !self.is_of_token(&located) {
                self.add(sheet, row, located, &mut problems);
            }
        }
        match problems.is_empty() {
            true => Ok(input),
            false => Err(problems),
        }
    }

    /// The run gives its requests their tokens.
    fn is_of_token(&self, located: &Located) -> bool {
        match located.path.0.as_slice() {
            [PathSegment::Member(name)] => {
                located.violation == Violation::Required && self.tokens.contains(&name.as_str())
            }
            _ => false,
        }
    }

    /// What no model tells.
    fn of_cells(&self, sheet: &Sheet, row: u32) -> Vec<Problem> {
        let mut problems = Vec::new();
        let problem = |column, what, suggestion| Problem {
            row,
            column,
            path: Path::default(),
            what,
            suggestion,
        };
        let (cells, columns) = (sheet.cells_of(row), sheet.columns().len() as u32);
        if cells > columns {
            problems.push(problem(None, What::TooManyCells { cells, columns }, None));
        }
        for column in self.builder.columns() {
            let cell = sheet.cell(row, column.at);
            let is_text = column.place.is_some_and(|place| {
                matches!(place.shape.kind, ShapeKind::String | ShapeKind::Enum(_))
            });
            let at = Some(column.at);
            if is_text && suggest::is_scientific(cell) {
                problems.push(problem(at, What::ScientificNotation, None));
            } else if is_text && cell.trim() != cell {
                let trimmed = column.place.and_then(|place| suggest::trimmed(place, cell));
                problems.push(problem(at, What::SpaceAround, trimmed));
            }
        }
        problems
    }

    fn add(&self, sheet: &Sheet, row: u32, located: Located, problems: &mut Vec<Problem>) {
        let Located { path, violation } = located;
        let column = self.builder.column_of(&path).or_else(|| self.below(&path));
        let at = column.map(|column| column.at);
        // One reason is enough for a cell; what is lacking is told for every place.
        if at.is_some() && problems.iter().any(|it| it.column == at) {
            return;
        }
        let mut violation = violation;
        let mut suggestion = None;
        if let Some(column) = column
            && let Some(place) = column.place
        {
            let cell = sheet.cell(row, column.at);
            let item = match path.0.last() {
                Some(PathSegment::Item(at)) if path.0.len() > column.steps.len() => Some(*at),
                _ => None,
            };
            if item.is_none() && matches!(violation, Violation::WrongType { .. }) {
                violation = of_text(place, cell).unwrap_or(violation);
            }
            suggestion = suggest::suggestion(place, cell, item);
        }
        problems.push(Problem {
            row,
            column: at,
            path,
            what: What::Violation(violation),
            suggestion,
        });
    }

    /// A column that would fill what is lacking.
    fn below(&self, path: &Path) -> Option<&crate::mapping::Column> {
        use crate::mapping::Step;
        let is_below = |steps: &[Step]| {
            let mut steps = steps.iter();
            path.0.iter().all(|segment| match (segment, steps.next()) {
                (PathSegment::Member(name), Some(Step::Member(step))) => name == step,
                (PathSegment::Item(0), Some(Step::Entry)) => true,
                _ => false,
            })
        };
        self.builder.columns().iter().find(|it| is_below(&it.steps))
    }
}

/// What is wrong with a text that should be something else.
fn of_text(place: Place<'_>, cell: &str) -> Option<Violation> {
    let mut found = validate::text(place, cell).into_iter();
    found.find(|it| !it.is_warning())
}
