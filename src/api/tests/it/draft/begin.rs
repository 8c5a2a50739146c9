//! Drafts that are begun by others.

use super::{BATCH, member, with};
use formsmith_api::draft::Draft;

#[test]
fn what_a_link_leaves_open_begins_as_in_an_empty_form() {
    with("servicecatalog", BATCH, |model, operation| {
        let mut draft = Draft::from_saved(model, operation, "{}").unwrap().unwrap();
        let rows = member(&draft, "ServiceActionAssociations");
        assert!(draft.children(rows).is_empty());
        draft.begin_required(model);
        assert_eq!(draft.children(rows).len(), 1);
        let given = r#"{"ServiceActionAssociations": []}"#;
        let mut draft = Draft::from_saved(model, operation, given).unwrap().unwrap();
        draft.begin_required(model);
        let rows = member(&draft, "ServiceActionAssociations");
        assert!(
            draft.children(rows).is_empty(),
            "it says that there are none"
        );
    });
}
