//! That a request is one of a list, told by the list's root alone: a Merkle tree over the hashes
//! of its requests.
//!
//! A leaf is SHA-256 of a zero byte and a request's hash, a node SHA-256 of a one byte and its two
//! children; where a row has an odd number, the last is carried up as it is. So no node can be
//! passed off as a leaf, and index and number of leaves give the one shape that a proof can have.

use crate::hash::{Hash, read_hex, sha256};
use crate::limits;

/// The way from one leaf to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The leaf's place in the list, from 0.
    pub index: u32,
    /// What stands beside it, then beside its parent, and so on.
    siblings: Vec<Hash>,
}

impl Proof {
    /// Reads `INDEX:hex.hex.hex`, from the leaf to the root. A list of one request has no
    /// siblings.
    pub fn read(text: &str) -> Option<Self> {
        let (index, siblings) = text.split_once(':')?;
        let is_number = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
        let has_one_spelling = index == "0" || !index.starts_with('0');
        let siblings = match siblings {
            "" => Vec::new(),
            some => {
                let words = some.split('.').take(limits::CONSENT_PROOF_HASHES + 1);
                words.map(read_hex).collect::<Option<_>>()?
            }
        };
        let is_fit =
            is_number && has_one_spelling && siblings.len() <= limits::CONSENT_PROOF_HASHES;
        Some(Self {
            index: index.parse().ok().filter(|_| is_fit)?,
            siblings,
        })
    }

    /// Does it lead from this request to the root of a list with so many?
    pub fn holds(&self, request: &Hash, root: &Hash, count: u32) -> bool {
        if self.index >= count {
            return false;
        }
        let mut siblings = self.siblings.iter();
        let (mut hash, mut index, mut width) = (leaf(request), self.index, count);
        while width > 1 {
            let is_carried_up = index % 2 == 0 && index + 1 == width;
            if !is_carried_up {
                let Some(sibling) = siblings.next() else {
                    return false;
                };
                hash = match index % 2 {
                    0 => node(&hash, sibling),
                    _ => node(sibling, &hash),
                };
            }
            (index, width) = (index / 2, width.div_ceil(2));
        }
        siblings.next().is_none() && hash == *root
    }
}

/// What stands for a request in the tree.
pub fn leaf(request: &Hash) -> Hash {
    sha256(&[&[0], request])
}

/// What stands for two neighbours.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}
