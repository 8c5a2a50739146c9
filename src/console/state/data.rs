//! What this browser keeps: how long, and the way to clear it.

use super::history::bulk;
use super::{Console, trail};
use crate::browser::{clock, kept_models, page, storage, task};
use formsmith_words as words;

/// So many days after it was sent a run that is not pinned is deleted; never, to begin with.
pub const AGE_LIMITS: [Option<u32>; 4] = [None, Some(30), Some(90), Some(365)];

const AGE_LIMIT_KEY: &str = "formsmith.age-limit";

/// All that the page keeps in local storage begins so.
const PREFIX: &str = "formsmith.";

const DAY_MS: f64 = 86_400_000.0;

impl Console {
    /// In days; none where runs stay until they make room for others.
    pub fn age_limit(self) -> Option<u32> {
        let days = storage::read(AGE_LIMIT_KEY)?.parse().ok();
        days.filter(|days| AGE_LIMITS.contains(&Some(*days)))
    }

    pub fn set_age_limit(self, days: Option<u32>) {
        match days {
            Some(days) => {
                storage::write(AGE_LIMIT_KEY, &days.to_string());
            }
            None => storage::remove(AGE_LIMIT_KEY),
        }
        self.delete_old_runs();
    }

    /// Deletes what is older than the person wants it kept.
    pub(super) fn delete_old_runs(self) {
        let Some(days) = self.age_limit() else {
            return;
        };
        let before_ms = clock::now_ms() - f64::from(days) * DAY_MS;
        task::spawn(async move {
            // Where the history can't be read there is nothing to delete.
            if let Ok(deleted) = bulk::delete_older(before_ms).await {
                self.forget_runs(deleted);
            }
        });
    }

    /// Deletes drafts, runs, settings and the page's sandbox from this browser, and begins anew.
    pub fn clear_data(self) {
        task::spawn(async move {
            if let Err(why) = bulk::delete_all().await {
                return self.tell(Err(words::history_trouble(why).into()));
            }
            storage::keys(PREFIX)
                .iter()
                .for_each(|key| storage::remove(key));
            trail::forget();
            kept_models::forget().await;
            page::reload();
        });
    }
}
