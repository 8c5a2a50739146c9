//! Rows written for other programs: what a CSV reader makes of them is what was in them.

use formsmith_api::table::{Column, csv, tabbed};
use proptest::prelude::*;
use serde_json::{Value, json};

fn columns(count: usize) -> Vec<Column> {
    let column = |at| Column {
        member: format!("M{at}"),
        title: format!("Title {at}"),
    };
    (0..count).map(column).collect()
}

fn row(cells: &[String]) -> Value {
    let members = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| (format!("M{at}"), Value::from(cell.as_str())));
    Value::Object(members.collect())
}

fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|record| record.unwrap());
    rows.map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// What a spreadsheet shows for a cell: the apostrophe only says that it is text.
fn defused(text: &str) -> String {
    let is_formula = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠",
    ]
    .iter()
    .any(|begin| text.starts_with(begin));
    format!("{}{text}", if is_formula { "'" } else { "" })
}

fn cell_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\"",
        "\"\"",
        ",",
        ";",
        "'",
        " ",
        "a",
        "1",
        "é",
        "漢",
        "🦀",
        "\u{feff}",
        "＝",
        "＋",
        "－",
        "＠",
        "cmd|' /C calc'!A0",
    ]);
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

fn table_of_cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1..5_usize).prop_flat_map(|width| {
        let row = prop::collection::vec(cell_text(), width);
        prop::collection::vec(row, 0..6)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_reader_of_csv_gets_every_cell_back_and_no_formula(cells in table_of_cells()) {
        let width = cells.first().map_or(1, Vec::len);
        let rows: Vec<Value> = cells.iter().map(|cells| row(cells)).collect();
        let expected: Vec<Vec<String>> = cells
            .iter()
            .map(|cells| cells.iter().map(|cell| defused(cell)).collect())
            .collect();
        prop_assert_eq!(read(&csv(&columns(width), &rows), b','), expected.clone());
        prop_assert_eq!(read(&tabbed(&columns(width), &rows), b'\t'), expected);
    }
}

#[test]
fn the_file_is_as_rfc_4180_has_it() {
    let rows = [
        json!({"M0": "act-1", "M1": "a \"quoted\", one"}),
        json!({"M0": "=1+1", "M1": null}),
        json!({"M1": [1, {"a": true}], "M2": "in no column"}),
        json!({"M0": 12345678901234567890_u64, "M1": "two\r\nlines"}),
    ];
    let text = csv(&columns(2), &rows);
    let lines = [
        "\u{feff}M0,M1",
        "act-1,\"a \"\"quoted\"\", one\"",
        "'=1+1,",
        ",\"[1,{\"\"a\"\":true}]\"",
        "12345678901234567890,\"two\r\nlines\"",
        "",
    ];
    assert_eq!(text, lines.join("\r\n"));
    assert_eq!(
        tabbed(&columns(2), &rows[..1]),
        "Title 0\tTitle 1\r\nact-1\t\"a \"\"quoted\"\", one\"\r\n"
    );
}

#[test]
fn a_semicolon_separates_nothing_in_a_file() {
    let rows = [json!({"M0": "a;=1+1", "M1": "b"})];
    let text = csv(&columns(2), &rows);
    assert!(text.ends_with("\r\n\"a;=1+1\",b\r\n"), "{text}");
    // A spreadsheet that takes semicolons for separators finds no cell that is a formula.
    let cells = read(&text, b';').concat();
    assert!(cells.iter().all(|cell| !cell.starts_with('=')), "{cells:?}");
    assert_eq!(
        tabbed(&columns(2), &rows),
        "Title 0\tTitle 1\r\na;=1+1\tb\r\n"
    );
}

#[test]
fn a_heading_is_no_formula_either() {
    let column = Column {
        member: "=HYPERLINK(1)".into(),
        title: "=HYPERLINK(2)".into(),
    };
    let columns = [column];
    assert_eq!(csv(&columns, &[]), "\u{feff}'=HYPERLINK(1)\r\n");
    assert_eq!(tabbed(&columns, &[]), "'=HYPERLINK(2)\r\n");
}
