//! What a person gets of a run that is over: a table, what failed again, the way back, a comparison.

use crate::world::cases::{Case, Kind};
use crate::world::{World, setup};
use formsmith_bulk::sheet::{ReadSettings, Reader, Sheet};
use formsmith_bulk::{Again, Bulk, Event, Record, RowState, Undo, compare, result_rows, row_key};
use serde_json::{Value, json};

/// The file that a case's rows could have come from.
fn sheet(case: Case) -> Sheet {
    let mut text = String::from("id,message\n");
    for row in 0..case.rows {
        text += &format!("{},=row {row}\n", case.key(row).join("/"));
    }
    let mut reader = Reader::new(ReadSettings::default());
    reader.push(text.as_bytes()).unwrap();
    reader.finish().unwrap().0
}

fn record(world: &World, at: u32) -> Option<Record> {
    Record::of_line(world.journal.get(at as usize)?)
}

#[test]
fn the_table_has_the_columns_that_came_in_and_what_became_of_each_row() {
    let case = Case::new(Kind::Batch, 5);
    let sheet = sheet(case);
    let mut world = World::new(case, 1, setup());
    let faults = json!({"faults": [
        {"fault": {"entries": {"code": "INVALID_PARAMETER", "at": [2]}}, "times": 1},
    ]});
    world.service.control("PUT", "/_faults", &faults);
    world.happen(Event::WentOn);
    world.settle();
    let read = |at| record(&world, at);
    let whole = result_rows(&world.bulk, &sheet, 0..5, read);
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}id,message,outcome,code,message (Formsmith),request id,attempts"
    );
    assert!(
        lines[1].contains(",'=row 0,done,,,00000000-0000-4000-8000-"),
        "{}",
        lines[1]
    );
    assert!(
        lines[3].contains(
            ",failed,INVALID_PARAMETER,INVALID_PARAMETER: the sandbox was asked to answer so.,0000"
        ),
        "{}",
        lines[3]
    );
    // In slices it is the same.
    let slices: Vec<String> = [0..2, 2..4, 4..9]
        .map(|rows| result_rows(&world.bulk, &sheet, rows, read))
        .into();
    assert_eq!(slices.concat(), whole);
    assert_eq!(world.bulk.records_of(0..5).len(), 1);
    // What failed, and nothing else, goes again.
    world.happen(Event::AskedAgain(Again::Failed));
    world.settle();
    assert_eq!((world.bulk.attempts(2), world.bulk.attempts(1)), (2, 1));
    assert_eq!(world.bulk.counts().done, 5);
    world.check_truth();
}

#[test]
fn what_was_done_is_taken_back_by_another_run() {
    let case = Case::new(Kind::IdempotentBatch, 40);
    let mut world = World::new(case, 1, setup());
    let faults = json!({"faults": [
        {"fault": {"entries": {"code": "ILLEGAL_CUSTOMLINEITEM", "at": [3]}}, "times": 1},
    ]});
    world.service.control("PUT", "/_faults", &faults);
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(
        (world.bulk.counts().done, world.bulk.counts().failed),
        (39, 1)
    );
    let mut undo = Undo::new(case.op, None).unwrap();
    let mut inputs: Vec<Value> = Vec::new();
    for row in 0..case.rows {
        inputs.extend(undo.add(&world.bulk, row, &case.input(row), None));
    }
    let op = undo.op();
    assert_eq!(
        op.operation.name(),
        "BatchDisassociateResourcesFromCustomLineItem"
    );
    assert_eq!(inputs[0], case.input(0));
    let (plan, rows) = undo.finish();
    assert_eq!((plan.rows(), plan.requests()), (39, 2));
    assert_eq!(&rows[..5], [0, 1, 2, 4, 5]);
    let mut setup = setup();
    setup.undoes = Some(world.bulk.id.clone());
    let (bulk, _) = Bulk::begin(plan, setup);
    assert_eq!(bulk.undoes.as_ref(), Some(&world.bulk.id));
    // Nothing takes back what was run.
    assert!(Undo::new(Case::new(Kind::Token, 1).op, None).is_none());
}

#[test]
fn two_runs_are_compared_by_their_rows() {
    use RowState::{Done, Failed, Unknown};
    let key = |text: &str| row_key(&json!({"Name": text}));
    let first = [
        (key("a"), Done),
        (key("b"), Failed),
        (key("c"), Unknown),
        (key("a"), Failed),
    ];
    let second = [
        (key("b"), Done),
        (key("a"), Done),
        (key("d"), Done),
        (key("a"), Failed),
    ];
    let found = compare(first, second);
    assert_eq!(found.same, 2);
    assert_eq!(found.changed, [([1, 0], [Failed, Done])]);
    assert_eq!((found.only_first, found.only_second), (vec![2], vec![2]));
}
