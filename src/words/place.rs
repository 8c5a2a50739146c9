//! What a person has made of places.

use crate::texts;
use formsmith_run::{Colour, Mark};

#[must_use]
pub fn place_mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Production => texts::place_production(),
        Mark::Staging => texts::place_staging(),
        Mark::Sandbox => texts::place_sandbox(),
    }
}

#[must_use]
pub fn place_colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => texts::place_red(),
        Colour::Orange => texts::place_orange(),
        Colour::Green => texts::place_green(),
        Colour::Blue => texts::place_blue(),
        Colour::Violet => texts::place_violet(),
        Colour::Grey => texts::place_grey(),
    }
}
