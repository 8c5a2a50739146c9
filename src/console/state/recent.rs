//! The operations that were sent last, as far as the history has them.

use super::history::QueryFuture;
use super::{Console, Query, latest_runs};
use crate::watch::watch;
use formsmith_run::Head;
use leptos::prelude::*;
use std::cell::Cell;

/// So many are listed.
const MOST: usize = 6;

/// Service and operation, the one that was sent last first.
pub(super) struct Recent(RwSignal<Vec<(String, String)>>);

impl Recent {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Console {
    pub fn recent(self) -> Vec<(String, String)> {
        self.ways.recent.0.get()
    }

    /// The last run of each of them, the newest first; always as they are. This is in the later part.
    pub fn recent_runs(self) -> Query<Head> {
        thread_local! {
            /// Whoever shows them reads the same ones.
            static RUNS: Cell<Option<Query<Head>>> = const { Cell::new(None) };
        }
        RUNS.get().unwrap_or_else(|| {
            let read = || -> QueryFuture<Head> {
                Box::pin(async {
                    let mut last = latest_runs(1).await;
                    last.truncate(MOST);
                    Ok(last)
                })
            };
            let runs = self.permanent(|| self.query(read));
            RUNS.set(Some(runs));
            runs
        })
    }

    /// The last run of a service, if there was one. This is in the later part.
    pub fn last_run_of(self, service: String) -> Query<Head> {
        self.query(move || {
            let service = service.clone();
            Box::pin(async move {
                let mut last = latest_runs(1).await;
                last.retain(|head| head.service == service);
                last.truncate(1);
                Ok(last)
            })
        })
    }

    /// From the first time that anything asks for the history.
    pub(super) fn follow_recent(self) {
        let runs = self.recent_runs();
        self.permanent(|| {
            watch(move || {
                if let Some(Ok(runs)) = runs.get() {
                    let named = runs.into_iter().map(|head| (head.service, head.operation));
                    self.ways.recent.0.set(named.collect());
                }
            });
        });
    }
}
