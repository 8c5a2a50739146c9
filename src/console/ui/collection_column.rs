//! A column of a collection.

/// The heading of a column, and whether one of its values can be asked for.
#[derive(Clone, Debug)]
pub struct CollectionColumn {
    pub title: String,
    pub filter: Filter,
}

/// The values to choose from, each with the number of its rows.
#[derive(Clone, Debug)]
pub enum Filter {
    None,
    /// Those of the rows.
    Found,
    /// These, which are known before all rows are there.
    Known(Vec<(String, usize)>),
    /// From one day to another; the texts begin with theirs: `2026-11-21 14:06`.
    Days,
}

impl CollectionColumn {
    pub fn plain(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            filter: Filter::None,
        }
    }

    /// One whose values can be chosen from.
    pub fn filter(title: &str) -> Self {
        Self::filter_if(true, title)
    }

    /// The same, if they are to be.
    pub fn filter_if(is_filter: bool, title: &str) -> Self {
        Self {
            filter: if is_filter {
                Filter::Found
            } else {
                Filter::None
            },
            ..Self::plain(title)
        }
    }

    /// One whose rows can be those of some days.
    pub fn days(title: &str) -> Self {
        Self {
            filter: Filter::Days,
            ..Self::plain(title)
        }
    }

    /// One with these values to choose from.
    pub fn filter_of(title: &str, values: Vec<(String, usize)>) -> Self {
        Self {
            filter: Filter::Known(values),
            ..Self::plain(title)
        }
    }
}
