//! Service actions: eight with a use of their own, and 25 runbooks.

use super::{FLUSH, PATCH, RESIZE, RESTART, ROTATE, SNAPSHOT, START, STOP};
use crate::service_catalog::store::{Change, ServiceAction};

const NAMED: [(&str, &str, &str, Change, bool); 8] = [
    (
        RESTART,
        "restart-instance",
        "Restarts the instance.",
        Change::Plain,
        true,
    ),
    (
        STOP,
        "stop-instance",
        "Stops the instance.",
        Change::Plain,
        true,
    ),
    (
        START,
        "start-instance",
        "Starts the instance.",
        Change::Plain,
        true,
    ),
    (
        SNAPSHOT,
        "snapshot-database",
        "Takes a snapshot of the database.",
        Change::Plain,
        false,
    ),
    (
        ROTATE,
        "rotate-credentials",
        "Puts new credentials in the place of the old.",
        Change::FirstIsThrottled,
        false,
    ),
    (
        FLUSH,
        "flush-cache",
        "Empties the cache of the content delivery network.",
        Change::FirstFailsInternally,
        false,
    ),
    (
        PATCH,
        "patch-windows",
        "Installs the updates of Windows.",
        Change::IsLimited,
        false,
    ),
    (
        RESIZE,
        "resize-volume",
        "Makes the volume larger.",
        Change::Plain,
        false,
    ),
];

pub fn all() -> impl Iterator<Item = (String, ServiceAction)> {
    let named = NAMED.into_iter();
    let named = named.map(|(id, name, description, change, runs_on_instances)| {
        let action = ServiceAction {
            name: name.into(),
            description: description.into(),
            change,
            runs_on_instances,
        };
        (id.to_owned(), action)
    });
    named.chain((1..=25).map(|number| (runbook_id(number), runbook(number))))
}

fn runbook(number: usize) -> ServiceAction {
    ServiceAction {
        name: format!("runbook-{number:02}"),
        description: format!("Follows runbook {number} of the web team."),
        change: Change::Plain,
        runs_on_instances: false,
    }
}

pub fn runbook_id(number: usize) -> String {
    format!("act-runbook{number:06}")
}
