//! What is on its way to a tab arrives, some of it twice.

use super::World;
use formsmith_run::{Event, Failure, Notification};

impl World<'_> {
    /// One of the things that are on their way, in whatever order.
    pub fn deliver(&mut self, tab: usize, which: usize) {
        let coming = &mut self.tabs[tab].coming;
        // What is stored is told in the order in which it was asked for.
        let stored = |event: &Event| match event {
            Event::Stored { run, seq } | Event::StoreFailed { run, seq, .. } => {
                Some((run.clone(), *seq))
            }
            _ => None,
        };
        let which = match stored(&coming[which].1) {
            None => which,
            Some((run, _)) => (0..coming.len())
                .filter_map(|at| Some((at, stored(&coming[at].1)?)))
                .filter(|(_, (of, _))| *of == run)
                .min_by_key(|(_, (_, seq))| *seq)
                .map_or(which, |(at, _)| at),
        };
        let (due_ms, event) = coming.remove(which);
        let event = self.as_stored(tab, event);
        self.now_ms = self.now_ms.max(due_ms);
        if let Event::Stored { run, seq } = &event {
            // Written in the order in which it was asked for: what came before is, too.
            self.write_up_to(tab, run, *seq);
        }
        let answered = match &event {
            Event::Answered {
                run,
                attempt,
                result: Ok(response),
            } => {
                self.tabs[tab].delivered.push(event.clone());
                let known = self.tabs[tab].machine.run(run);
                assert!(
                    known.is_some(),
                    "the answer to {run} {attempt} reaches nobody"
                );
                let known = known.and_then(|run| run.attempts.get(*attempt));
                let is_open = known.is_some_and(|it| it.answer().is_none());
                let told = known.and_then(|it| it.failure().cloned());
                let is_final = matches!(told, Some(ref it) if *it != Failure::Stopped);
                (is_open && !is_final).then(|| (run.clone(), *attempt, response.clone()))
            }
            _ => None,
        };
        self.happen(tab, event);
        if let Some((run, attempt, response)) = answered {
            let is_told = |it: &Notification| match it {
                Notification::Ended { run: of }
                | Notification::CameLate { run: of, .. }
                | Notification::TryingAgain { run: of, .. } => *of == run,
                _ => false,
            };
            assert!(
                self.notifications.iter().any(is_told),
                "the answer to {run} {attempt} is not told"
            );
            let run = self.tabs[tab]
                .machine
                .run(&run)
                .expect("the run of an answer");
            let answer = run.attempts[attempt]
                .answer()
                .expect("an answer was dropped");
            assert_eq!(answer.response(), &response);
        }
    }

    /// An answer comes a second time: nothing changes.
    pub fn repeat(&mut self, tab: usize) {
        let many = self.tabs[tab].delivered.len();
        if many == 0 {
            return;
        }
        let event = self.tabs[tab].delivered[self.script.choose(many)].clone();
        let before = format!("{:?}", self.tabs[tab].machine.runs().collect::<Vec<_>>());
        self.happen(tab, event);
        let after = format!("{:?}", self.tabs[tab].machine.runs().collect::<Vec<_>>());
        assert_eq!(before, after, "an answer that came twice changed something");
    }
}
