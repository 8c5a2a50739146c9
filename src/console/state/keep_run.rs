use super::run::Run;
use super::{Form, Request};
use crate::text::Verdict;

impl Form {
    pub(super) async fn keep_begun(self, _: &Run, _: &Request) -> bool {
        true
    }

    pub(super) fn keep_ended(self, _: &Run) {}

    pub(super) fn keep_followed(self, _: &str, _: &Verdict) {}
}
