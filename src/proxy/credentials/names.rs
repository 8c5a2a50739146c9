//! Which profiles there are to choose from.

use super::aside::aside;
use super::files;
use crate::limits;
use tokio::time::timeout;

/// What makes a profile one that has credentials.
const SOURCES: [&str; 5] = [
    "aws_access_key_id",
    "credential_process",
    "role_arn",
    "sso_account_id",
    "credential_source",
];

/// The profiles of AWS's files that have credentials of some kind, by name. The error is a sentence.
pub async fn profile_names() -> Result<Vec<String>, String> {
    let found = aside(|| async {
        let files = files::read(None).map_err(|trouble| trouble.to_string())?;
        let sections = files::sections(&files, None).await;
        let sections = sections.map_err(|_| "--profiles: AWS's files can't be read".to_owned())?;
        let has_some = |name: &&str| {
            let profile = sections.get_profile(name);
            profile.is_some_and(|profile| SOURCES.iter().any(|it| profile.get(it).is_some()))
        };
        let mut names: Vec<_> = sections
            .profiles()
            .filter(has_some)
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        Ok::<Vec<_>, String>(names)
    });
    let found = timeout(limits::REGION_TIME, found).await;
    let names = found
        .ok()
        .flatten()
        .ok_or("--profiles: AWS's files could not be read in time")??;
    match names.is_empty() {
        true => Err("--profiles: no profile in AWS's files has credentials".into()),
        false => Ok(names),
    }
}
