//! A column of a collection.

/// The heading of a column, and whether one of its values can be asked for.
#[derive(Clone, Debug)]
pub struct CollectionColumn {
    pub title: String,
    pub is_filter: bool,
}

impl CollectionColumn {
    pub fn plain(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            is_filter: false,
        }
    }

    /// One whose values can be chosen from.
    pub fn filter(title: &str) -> Self {
        Self {
            is_filter: true,
            ..Self::plain(title)
        }
    }
}
