//! What is shown only when the person asks for it.

use crate::ui::{Markup, MarkupFn, switched};
use formsmith_api::secret::MASK;
use formsmith_words as words;

/// A mask, and the button that shows what is behind it. `title` names it.
pub fn hidden(title: &str, shown: MarkupFn) -> Markup {
    switched(
        words::secret_switch(title),
        move |is_shown| match is_shown {
            true => shown.run(),
            false => MASK.into(),
        },
    )
}
