//! A folder that a team keeps, such as a checkout of git (`--team`): `policy.toml`, which is read
//! anew whenever it has changed.

use crate::permits::Permits;
use crate::policy_file;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::time::sleep;

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// The policy in such a folder.
pub fn policy(folder: &Path) -> PathBuf {
    folder.join("policy.toml")
}

/// Reads a policy file again whenever it is another than before. Whoever is told of an error goes
/// on with what was there: a mistake opens nothing.
pub async fn follow(file: PathBuf, told: impl Fn(Result<Permits, String>)) {
    let mut seen = state(&file);
    loop {
        sleep(LOOK).await;
        let now = state(&file);
        if now != seen {
            seen = now;
            told(policy_file::read(&file));
        }
    }
}

/// What changes with a file; nothing if there is none.
fn state(file: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(file).ok()?;
    Some((about.modified().ok()?, about.len()))
}
