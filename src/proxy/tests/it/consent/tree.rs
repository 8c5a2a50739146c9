//! That a request is one of a list.

use formsmith_proxy::consent::merkle::{Proof, leaf, node};
use formsmith_proxy::hash::Hash;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

/// A tree as the console makes it, row by row: the leaves first, the root last.
pub struct Tree(Vec<Vec<Hash>>);

impl Tree {
    pub fn over(requests: &[Hash]) -> Self {
        let mut rows = vec![requests.iter().map(leaf).collect::<Vec<_>>()];
        while rows[rows.len() - 1].len() > 1 {
            let pairs = rows[rows.len() - 1].chunks(2);
            let next = pairs.map(|pair| match pair {
                [left, right] => node(left, right),
                _ => pair[0],
            });
            let next = next.collect();
            rows.push(next);
        }
        Self(rows)
    }

    pub fn root(&self) -> Hash {
        self.0[self.0.len() - 1][0]
    }

    pub fn proof(&self, index: usize) -> String {
        let siblings: Vec<_> = self
            .0
            .iter()
            .enumerate()
            .filter_map(|(row, hashes)| hashes.get((index >> row) ^ 1))
            .map(|hash| crate::running::hex(hash))
            .collect();
        format!("{index}:{}", siblings.join("."))
    }
}

fn requests(count: usize) -> Vec<Hash> {
    let of = |at: usize| {
        let mut hash = [7; 32];
        hash[..8].copy_from_slice(&at.to_be_bytes());
        hash
    };
    (0..count).map(of).collect()
}

fn holds(proof: &str, request: &Hash, root: &Hash, count: usize) -> bool {
    let proof = Proof::read(proof);
    proof.is_some_and(|proof| proof.holds(request, root, count as u32))
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

#[test]
fn every_request_of_a_list_has_a_proof() {
    for count in 1..=200 {
        let requests = requests(count);
        let tree = Tree::over(&requests);
        for (index, request) in requests.iter().enumerate() {
            let proof = tree.proof(index);
            assert!(
                holds(&proof, request, &tree.root(), count),
                "{index} of {count}"
            );
        }
    }
}

#[test]
fn a_proof_that_is_changed_anywhere_proves_nothing() {
    let change = (
        1..=200_usize,
        any::<Index>(),
        any::<Index>(),
        1..=255_u8,
        0..7_u8,
    );
    let changed = |(count, at, other, mask, what): (usize, Index, Index, u8, u8)| {
        let requests = requests(count);
        let tree = Tree::over(&requests);
        let index = at.index(count);
        let (mut request, mut root, mut leaves) = (requests[index], tree.root(), count);
        let mut proof = tree.proof(index);
        let (_, siblings) = proof.split_once(':').unwrap();
        let siblings: Vec<_> = siblings.split('.').map(str::to_owned).collect();
        let with = |siblings: &[String]| format!("{index}:{}", siblings.join("."));
        match what {
            0 => request[other.index(32)] ^= mask,
            1 => root[other.index(32)] ^= mask,
            // The place of another, whatever stands there.
            2 => {
                let another = (index + 1 + other.index(count.max(2) - 1)) % count.max(2);
                proof = format!("{another}:{}", siblings.join("."));
            }
            3 => {
                let at = other.index(proof.len());
                let byte = proof.as_bytes()[at];
                let replaced = if byte == b'0' { "1" } else { "0" };
                proof.replace_range(at..=at, replaced);
            }
            4 => proof = with(&siblings[..siblings.len() - 1]),
            5 => proof = with(&[&siblings[..], &["00".repeat(32)]].concat()),
            // A list of another length, where the tree has another shape at this place.
            _ => leaves = count * 2 + 1,
        }
        let is_same = proof == tree.proof(index)
            && (request, root, leaves) == (requests[index], tree.root(), count);
        prop_assert!(
            is_same || !holds(&proof, &request, &root, leaves),
            "{} of {}: {}",
            index,
            count,
            proof
        );
        Ok(())
    };
    runner(3000).run(&change, changed).unwrap();
}

#[test]
fn a_node_is_no_request() {
    let requests = requests(4);
    let tree = Tree::over(&requests);
    let [left, right] = [tree.0[1][0], tree.0[1][1]];
    let sibling = crate::running::hex(&right);
    // The tree of half as many, whose leaves would be the nodes.
    assert!(!holds(&format!("0:{sibling}"), &left, &tree.root(), 2));
}

#[test]
fn a_proof_has_one_spelling() {
    let (one, two) = ("ab".repeat(32), "cd".repeat(32));
    for right in ["0:", &format!("0:{one}"), &format!("12:{one}.{two}")] {
        assert!(Proof::read(right).is_some(), "{right}");
    }
    let many = vec![one.as_str(); 21].join(".");
    for wrong in [
        "",
        "0",
        ":",
        "00:",
        "01:",
        "+1:",
        "-1:",
        " 1:",
        "0x1:",
        "4294967296:",
        "0:.",
        &format!("0:{one}."),
        &format!("0:.{one}"),
        &format!("0:{}", &one[1..]),
        &format!("0:{}", one.to_uppercase()),
        &format!("0:{many}"),
    ] {
        assert!(Proof::read(wrong).is_none(), "{wrong}");
    }
}
