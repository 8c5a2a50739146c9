//! What a service says to a dry run.

use crate::verdict::Verdict;
use crate::{failure_title, texts};
use formsmith_api::dry_run::DryRun;
use formsmith_run::{Failure, Tone};

pub fn dry_run(told: &Result<DryRun, Failure>) -> Verdict {
    let (tone, title, detail) = match told {
        Ok(DryRun::Allowed) => (
            Tone::Success,
            texts::dry_run_allowed().to_owned(),
            String::new(),
        ),
        Ok(DryRun::Denied(message)) => {
            (Tone::Error, texts::dry_run_denied().into(), message.clone())
        }
        Ok(DryRun::Refused(name, message)) => {
            (Tone::Error, texts::dry_run_refused(name), message.clone())
        }
        Ok(DryRun::CarriedOut) => (
            Tone::Unknown,
            texts::dry_run_ignored().into(),
            texts::dry_run_ignored_detail().into(),
        ),
        Ok(DryRun::NotUnderstood) => (Tone::Unknown, texts::not_understood().into(), String::new()),
        Err(failure) => (Tone::Error, failure_title(failure), String::new()),
    };
    Verdict {
        tone,
        title,
        detail,
    }
}
