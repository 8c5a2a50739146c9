//! All service actions, by their IDs.

use super::store::Store;
use super::{language, listing, view};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let actions = store.service_actions.iter();
    let actions = actions.map(|(id, action)| (id.as_str(), action));
    let members = listing::members(
        "ListServiceActions",
        input,
        "ServiceActionSummaries",
        actions,
        |(id, _)| *id,
        view::service_action,
    )?;
    Ok(Answer::output(members))
}
