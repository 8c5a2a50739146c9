//! What the person has made of places: their names, what they are for, and their colours. All of it
//! is in the later part.

use super::{Console, TargetChoice};
use crate::browser::storage;
use formsmith_api::class::Class;
use formsmith_run::{
    Mark, MarkedPlace, Place, Target, marked, marked_places_from_text, marked_places_to_text,
};
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;

const KEY: &str = "formsmith.places";

type Marked = RwSignal<Arc<Vec<MarkedPlace>>>;

thread_local! {
    static MARKED: Cell<Option<Marked>> = const { Cell::new(None) };
}

impl Console {
    fn marked(self) -> Marked {
        MARKED.with(Cell::get).unwrap_or_else(|| {
            let marked = self.permanent(|| RwSignal::new(stored()));
            // What is marked in another tab counts here as well.
            storage::on_change(move |key| {
                if key.is_none_or(|key| key == KEY) {
                    marked.set(stored());
                }
            });
            MARKED.with(|cell| cell.set(Some(marked)));
            marked
        })
    }

    /// Where requests go now.
    pub fn place(self) -> Place {
        let place = self.place_of(self.target_choice());
        let signs = place.target == Target::ProxyAws;
        Place {
            account: self.account().filter(|_| signs),
            ..place
        }
    }

    /// Where they would go by another choice, whose account nobody has asked for.
    pub fn place_of(self, choice: TargetChoice) -> Place {
        let signs = choice.target == Target::ProxyAws;
        Place {
            target: choice.target,
            region: self.region(),
            account: None,
            profile: choice.profile,
            endpoint: self.endpoint().filter(|_| signs),
        }
    }

    /// What the person has made of the place that is reviewed.
    pub fn reviewed_mark(self) -> Option<MarkedPlace> {
        let review = self.review()?;
        let Some(Ok(proposal)) = &review.proposal else {
            return self.mark_of(&review.intent.place);
        };
        self.mark_of(&Place {
            account: proposal.identity.account().map(str::to_owned),
            ..review.intent.place.clone()
        })
    }

    /// The name that has to be typed before what is reviewed can be confirmed, if one has to be: in
    /// production, for what can't be undone and for what says who may do what.
    pub fn name_to_type(self) -> Option<String> {
        let review = self.review()?;
        let proposal = review.proposal.as_ref()?.as_ref().ok()?;
        let class = Class::from_word(&proposal.class)?;
        let is_grave = matches!(class, Class::Destroys | Class::Permissions);
        let marked = self.reviewed_mark().filter(|_| is_grave)?;
        let is_production = marked.mark == Some(Mark::Production);
        let account = proposal.identity.account().unwrap_or_default();
        let name = match marked.name.as_str() {
            "" => account,
            name => name,
        };
        (is_production && !name.is_empty()).then(|| name.to_owned())
    }

    pub fn marked_places(self) -> Arc<Vec<MarkedPlace>> {
        self.marked().get()
    }

    /// What the person has made of this place, if anything.
    pub fn mark_of(self, place: &Place) -> Option<MarkedPlace> {
        self.marked().with(|all| marked(all, place).cloned())
    }

    /// False if the browser does not keep it.
    pub fn mark_place(self, place: MarkedPlace) -> bool {
        self.change_marked(|all| {
            all.retain(|it| it.place != place.place);
            all.push(place);
        })
    }

    pub fn unmark_place(self, place: &Place) -> bool {
        self.change_marked(|all| all.retain(|it| it.place != *place))
    }

    fn change_marked(self, change: impl FnOnce(&mut Vec<MarkedPlace>)) -> bool {
        // Another tab may have changed it.
        let mut all = marked_places_from_text(&storage::read(KEY).unwrap_or_default());
        change(&mut all);
        let is_stored = storage::write(KEY, &marked_places_to_text(&all));
        self.marked().set(Arc::new(all));
        is_stored
    }
}

fn stored() -> Arc<Vec<MarkedPlace>> {
    let stored = storage::read(KEY).unwrap_or_default();
    Arc::new(marked_places_from_text(&stored))
}
