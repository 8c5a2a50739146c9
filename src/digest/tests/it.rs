//! Digests in pieces; their values are checked where requests have them.

#![allow(clippy::unwrap_used)]

use formsmith_digest::Digest;
use proptest::prelude::*;

const ALGORITHMS: [&str; 8] = [
    "CRC32",
    "CRC32C",
    "CRC64NVME",
    "MD5",
    "SHA1",
    "SHA256",
    "SHA512",
    "TREE",
];

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    let bytes = (0..length).map(|at| (at as u8).wrapping_mul(31) ^ seed);
    bytes.collect()
}

fn digest<'a>(algorithm: &str, pieces: impl Iterator<Item = &'a [u8]>) -> String {
    let mut digest = Digest::new(algorithm).unwrap();
    pieces.for_each(|piece| digest.update(piece));
    digest.text()
}

#[test]
fn a_tree_of_hashes_is_the_same_in_pieces() {
    let bytes = bytes(2 * 1_048_576 + 1, 7);
    let whole = digest("TREE", [&*bytes].into_iter());
    assert_eq!(digest("TREE", bytes.chunks(700_001)), whole);
    assert_eq!(digest("TREE", bytes.chunks(1_048_576)), whole);
}

proptest! {
    /// However a file is cut into pieces, its digest is that of the whole.
    #[test]
    fn pieces_give_the_digest_of_the_whole(
        seed in any::<u8>(),
        length in 0_usize..5_000,
        piece in 1_usize..700,
    ) {
        let bytes = bytes(length, seed);
        for algorithm in ALGORITHMS {
            let whole = digest(algorithm, [&*bytes].into_iter());
            prop_assert_eq!(digest(algorithm, bytes.chunks(piece)), whole, "{}", algorithm);
        }
    }
}
