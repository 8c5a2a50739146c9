//! The language that a service is asked to speak.

use super::{BATCH, blank, json, member, with};
use formsmith_api::draft::Edit;
use serde_json::Value;

#[test]
fn a_language_that_the_service_speaks_is_proposed_and_can_be_taken_out() {
    with("servicecatalog", BATCH, |model, operation| {
        for (tag, value) in [("ja", Some("jp")), ("zh-Hans", Some("zh")), ("de", None)] {
            let mut draft = blank(model, operation);
            draft.propose_language(model, tag);
            let language = member(&draft, "AcceptLanguage");
            let input = json(model, &draft);
            assert_eq!(input.get("AcceptLanguage").and_then(Value::as_str), value);
            assert!(draft.is_as_proposed(model, tag));
            draft.apply(model, Edit::SetText(language, "en".into()));
            assert!(!draft.is_as_proposed(model, tag));
            draft.apply(model, Edit::Omit(language));
            assert_eq!(json(model, &draft).get("AcceptLanguage"), None);
        }
    });
}
