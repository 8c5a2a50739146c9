//! A record as it is now, with its outputs page by page.

use super::store::Store;
use super::{language, listing, not_found};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let id = input.text("Id");
    let record = store.records.get(id);
    let record = record.ok_or_else(|| not_found(format!("Record {id} not found.")))?;
    let mut members = listing::members(
        "DescribeRecord",
        input,
        "RecordOutputs",
        record.outputs(id, call.now_ms),
        |output| output[0],
        |[key, value, description]| {
            object(vec![
                ("OutputKey", key.into()),
                ("OutputValue", value.into()),
                ("Description", description.into()),
            ])
        },
    )?;
    members.insert(
        0,
        ("RecordDetail", store.record_detail(id, call.now_ms).into()),
    );
    Ok(Answer::output(members))
}
