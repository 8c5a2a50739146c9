//! All records, and which is the newest of a provisioned product.

use super::record::{Course, Record};
use crate::Call;
use crate::bounded::Bounded;
use crate::digest::Digest;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

#[derive(Default, Deserialize)]
#[serde(from = "Bounded<Record>")]
pub struct Records {
    kept: Bounded<Record>,
    /// The newest record of each provisioned product.
    latest: BTreeMap<String, String>,
}

impl Records {
    pub fn insert(&mut self, id: String, record: Record) {
        let product = record.provisioned_product.clone();
        self.latest.insert(product, id.clone());
        self.kept.insert(id, record);
    }

    /// Adds the record of a run that is accepted now, and gives its ID.
    pub fn run(&mut self, provisioned_product: &str, fails: bool, call: &Call) -> String {
        let id = record_id(provisioned_product, call);
        let record = Record {
            provisioned_product: provisioned_product.into(),
            kind: "UPDATE_PROVISIONED_PRODUCT".into(),
            created_ms: call.now_ms,
            course: Course::Run { fails },
        };
        self.insert(id.clone(), record);
        id
    }

    pub fn get(&self, id: &str) -> Option<&Record> {
        self.kept.get(id)
    }

    pub fn newest_first(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.kept.newest_first()
    }

    /// The ID of the newest record of a provisioned product.
    pub fn latest_of(&self, provisioned_product: &str) -> Option<&str> {
        self.latest.get(provisioned_product).map(String::as_str)
    }

    /// Is there a change to this provisioned product that has not ended?
    pub fn is_under_change(&self, provisioned_product: &str, now_ms: u64) -> bool {
        let latest = self.latest_of(provisioned_product);
        let record = latest.and_then(|id| self.get(id));
        record.is_some_and(|record| !record.has_ended(now_ms))
    }
}

impl From<Bounded<Record>> for Records {
    fn from(kept: Bounded<Record>) -> Self {
        let newest_first = kept.newest_first();
        let mut latest = BTreeMap::new();
        for (id, record) in newest_first {
            let product = record.provisioned_product.clone();
            latest.entry(product).or_insert_with(|| id.to_owned());
        }
        Self { kept, latest }
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(serializer)
    }
}

/// `rec-` and thirteen letters and digits: 64 bits fill exactly thirteen places in base 36.
fn record_id(provisioned_product: &str, call: &Call) -> String {
    let request = Digest::new().text(provisioned_product);
    let mut rest = request.text(&call.request_id).number();
    let mut id = String::from("rec-");
    for _ in 0..13 {
        let digit = u32::try_from(rest % 36).unwrap_or_default();
        id.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= 36;
    }
    id
}
