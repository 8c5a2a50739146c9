//! Rows from a spreadsheet become entries of a list, or nothing changes.

use super::{BATCH, blank, json, member, with};
use formsmith_api::draft::{Draft, Edit, PasteRefused};
use formsmith_api::model::Model;

fn paste(draft: &mut Draft, model: &Model, text: &str) -> Option<Result<usize, PasteRefused>> {
    let list = member(draft, "ServiceActionAssociations");
    draft
        .paste(model, list, text)
        .map(|result| result.map(|(_, rows)| rows))
}

#[test]
fn pasted_rows_fill_the_list() {
    let row = |n: usize| json!({"ServiceActionId": format!("act-{n}"), "ProductId": format!("prod-{n}"), "ProvisioningArtifactId": format!("pa-{n}")});
    for text in [
        "act-1\tprod-1\tpa-1\nact-2\tprod-2\tpa-2\n",
        "act-1,prod-1,pa-1\r\nact-2, prod-2, pa-2",
        "\"act-1\",\"prod-1\",\"pa-1\"\nact-2,prod-2,pa-2\n\n",
        "ServiceActionId\tProductId\tProvisioningArtifactId\nact-1\tprod-1\tpa-1\nact-2\tprod-2\tpa-2",
        "product version id,service action ID,Product_ID\npa-1,act-1,prod-1\npa-2,act-2,prod-2",
    ] {
        with("servicecatalog", BATCH, |model, operation| {
            let mut draft = blank(model, operation);
            assert_eq!(paste(&mut draft, model, text), Some(Ok(2)), "{text}");
            let input = json(model, &draft);
            assert_eq!(
                input["ServiceActionAssociations"],
                json!([row(1), row(2)]),
                "{text}"
            );
        });
    }
}

#[test]
fn rows_that_do_not_fit_are_refused_and_nothing_changes() {
    with("servicecatalog", BATCH, |model, operation| {
        let mut draft = blank(model, operation);
        let begun = draft.children(member(&draft, "ServiceActionAssociations"))[0];
        let action = draft.member(begun, "ServiceActionId").unwrap();
        draft.apply(model, Edit::SetText(action, "act-mine".into()));
        let before = draft.clone();
        let many = "act\tprod\tpa\n".repeat(50);
        let refused = PasteRefused::TooManyRows { rows: 50, room: 49 };
        assert_eq!(paste(&mut draft, model, &many), Some(Err(refused)));
        let wide = paste(&mut draft, model, "a\tb\tc\td\ne\tf\tg\th");
        assert!(matches!(
            wide,
            Some(Err(PasteRefused::TooManyCells {
                row: 1,
                cells: 4,
                columns: 3
            }))
        ));
        let unknown = paste(&mut draft, model, "ProductId,Nonsense\nx,y");
        assert!(
            matches!(unknown, Some(Err(PasteRefused::UnknownColumn { name, .. })) if name == "Nonsense")
        );
        assert_eq!(paste(&mut draft, model, "act-single"), None);
        assert_eq!(draft, before);
        assert_eq!(
            paste(&mut draft, model, &"act\tprod\tpa\n".repeat(49)),
            Some(Ok(49))
        );
        assert_eq!(
            json(model, &draft)["ServiceActionAssociations"][0]["ServiceActionId"],
            "act-mine"
        );
    });
}
