//! Drafts written as JSON, read from it, and kept.
#![allow(clippy::unwrap_used)]

use super::{Content, Draft, Edit, JsonMistake, MistakeKind, PasteRefused};
use crate::json;
use crate::model::Model;
use serde_json::Value;

fn read(name: &str, text: &str) -> Result<Draft, JsonMistake> {
    let model = Model::embedded().unwrap();
    let mut services = model.services().iter();
    let operation = services.find_map(|service| service.operation(name));
    Draft::from_text(&model, operation.unwrap(), text).unwrap()
}

/// Reads an input for running a service action.
fn run(text: &str) -> Result<Draft, JsonMistake> {
    read("ExecuteProvisionedProductServiceAction", text)
}

fn mistake(text: &str) -> (usize, usize, MistakeKind) {
    let mistake = run(text).unwrap_err();
    (mistake.line, mistake.column, mistake.kind)
}

#[test]
fn what_was_written_comes_back() {
    let model = Model::embedded().unwrap();
    for text in [
        r#"{"ExecuteToken":"a \"b\" \\ \u00e9\n","Parameters":{"B":["2","}"],"A":[],"":["["]}}"#,
        r#" { "Parameters" : { } , "AcceptLanguage" : null } "#,
        "{}",
    ] {
        let mut written: Value = serde_json::from_str(text).unwrap();
        if let Value::Object(members) = &mut written {
            members.retain(|_, value| !value.is_null());
        }
        let draft = run(text).unwrap();
        let read = draft.to_json(&model, draft.root());
        // Members stand in the model's order then; entries keep their own.
        assert_eq!(read, written);
        assert_eq!(
            read["Parameters"].to_string(),
            written["Parameters"].to_string()
        );
    }
}

#[test]
fn absent_and_empty_are_two_things() {
    let model = Model::embedded().unwrap();
    let draft = run(r#"{"AcceptLanguage": "", "ExecuteToken": null}"#).unwrap();
    let content = |name| draft.content(draft.member(draft.root(), name).unwrap());
    assert_eq!(content("AcceptLanguage"), &Content::Text(String::new()));
    assert_eq!(content("ExecuteToken"), &Content::Absent);
    assert_eq!(content("Parameters"), &Content::Absent);
    assert!(draft.fits(&model));
}

#[test]
fn mistakes_are_told_where_they_begin() {
    let wrong = |expected| MistakeKind::WrongType { expected };
    let text = "{\n  \"ExecuteToken\": \"é\", \"AcceptLanguage\": 5\n}";
    assert_eq!(mistake(text), (2, 42, wrong("string")));
    let text = "{\"Parameters\": {\n\"TARGET\": [\"i-1\",\r\n  null]}}";
    assert_eq!(mistake(text), (3, 3, wrong("string")));
    assert_eq!(mistake("\n []"), (2, 2, wrong("object")));

    let twice = |name: &str| MistakeKind::Twice { name: name.into() };
    let text = "{\"ExecuteToken\": \"a\",\n \"ExecuteToken\": \"b\"}";
    assert_eq!(mistake(text), (2, 2, twice("ExecuteToken")));
    let text = "{\"Parameters\": {\"A\": [],\n\n\"\\u0041\": []}}";
    assert_eq!(mistake(text), (3, 1, twice("A")));

    let (line, column, kind) = mistake("{\n\n   \"Token\": {\"a\": [1, \"]\"]}}");
    assert_eq!((line, column), (3, 4));
    let MistakeKind::UnknownMember { name, known } = kind else {
        unreachable!("{kind:?}");
    };
    assert_eq!(name, "Token");
    assert!(known.iter().any(|name| name == "ExecuteToken"));
}

#[test]
fn text_that_is_no_json_is_told_where_it_departs() {
    for (text, line, column) in [
        ("{\n \"ExecuteToken\": \"a\",\n}", 3, 1),
        ("{\"ExecuteToken\": é}", 1, 18),
        ("", 1, 1),
        ("{} {}", 1, 4),
    ] {
        let (found_line, found_column, kind) = mistake(text);
        assert_eq!((found_line, found_column), (line, column), "{text}");
        assert!(matches!(kind, MistakeKind::Syntax(reason) if !reason.contains("line")));
    }
}

#[test]
fn a_draft_survives_being_kept() {
    let model = Model::embedded().unwrap();
    for operation in model.services().iter().flat_map(|s| &s.operations) {
        let mut draft = Draft::new(&model, operation, &mut || "token".into()).unwrap();
        for id in draft.children(draft.root()) {
            draft.apply(&model, Edit::Include(id));
            let first = draft.apply(&model, Edit::Add(id));
            let second = draft.apply(&model, Edit::Add(id));
            // The same key twice, which no request could hold.
            for added in [first, second].into_iter().flatten() {
                if draft.content(added) != &Content::Text(String::new()) {
                    continue;
                }
                draft.apply(&model, Edit::SetText(added, "same \"é\"\n".into()));
            }
            let gone = draft.apply(&model, Edit::Add(id));
            gone.map(|gone| draft.apply(&model, Edit::Remove(gone)));
        }
        let kept = json::compact(&draft.to_snapshot(&model));
        let read = Draft::from_snapshot(&json::parse(kept.as_bytes()).unwrap()).unwrap();
        assert_eq!(read, draft);
        assert!(read.fits(&model));
    }
}

#[test]
fn what_is_no_snapshot_is_not_read() {
    for text in [
        "null",
        "[]",
        "[0]",
        "[0,[[]]]",
        r#"[0,[[null,"root",null,"a#B","list",[0]]]]"#,
        r#"[0,[[null,"root",null,"a#B","map",[1]]]]"#,
        r#"[0,[[null,"member",null,"a#B","text","a"]]]"#,
        r#"[-1,[]]"#,
    ] {
        let value = json::parse(text.as_bytes()).unwrap();
        assert_eq!(Draft::from_snapshot(&value), None, "{text}");
    }
}

#[test]
fn rows_of_a_spreadsheet_fill_a_list() {
    let model = Model::embedded().unwrap();
    let name = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let mut services = model.services().iter();
    let operation = services.find_map(|service| service.operation(name));
    let mut draft = Draft::new(&model, operation.unwrap(), &mut String::new).unwrap();
    let list = draft.member(draft.root(), "ServiceActionAssociations");
    let list = list.unwrap();

    assert_eq!(draft.paste(&model, list, "\"act-1"), None);
    let unclosed = draft.paste(&model, list, "act-1\t\"pa-1\nprod-1");
    assert_eq!(unclosed, Some(Err(PasteRefused::NotATable)));

    let text = "product_id\tservice action\u{a0}ID\r\nprod-1\t\"act-\"\"1\"\r\nprod-2\tact-2\r\n";
    let (_, count) = draft.paste(&model, list, text).unwrap().unwrap();
    assert_eq!(count, 2);
    let rows = &draft.to_json(&model, list);
    assert_eq!(
        json::compact(rows),
        r#"[{"ServiceActionId":"act-\"1","ProductId":"prod-1"},{"ServiceActionId":"act-2","ProductId":"prod-2"}]"#
    );

    let unknown = draft.paste(&model, list, "Product ID\tFarbe\nprod-1\tblau");
    let Some(Err(PasteRefused::UnknownColumn { name, .. })) = unknown else {
        unreachable!("{unknown:?}");
    };
    assert_eq!(name, "Farbe");
}
