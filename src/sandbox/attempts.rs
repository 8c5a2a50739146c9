//! Failures that go away: they strike the first attempt only.

#[derive(Default)]
pub struct Attempts(Vec<Vec<String>>);

impl Attempts {
    /// Is this the first attempt at what the key names? From now on it has been tried.
    pub fn is_first(&mut self, key: &[&str]) -> bool {
        let is_first = !self.0.iter().any(|tried| tried == key);
        if is_first {
            self.0.push(key.iter().map(|&part| part.into()).collect());
        }
        is_first
    }
}
