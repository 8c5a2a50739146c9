//! Digests of bodies, made piece by piece: a file is larger than what is held of it at a time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

static CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
static CRC32C: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64> = Crc::<u64>::new(&CRC_64_NVME);

/// Amazon S3 Glacier hashes each of them alone.
const TREE_LEAF: usize = 1 << 20;

/// A digest of bytes that come one after the other.
#[derive(Clone)]
pub struct Digest(Kind);

#[derive(Clone)]
enum Kind {
    Crc32(crc::Digest<'static, u32>),
    Crc64(crc::Digest<'static, u64>),
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Box<Sha512>),
    Tree(Tree),
}

/// The hashes of leaves, and the leaf that is not whole yet.
#[derive(Clone, Default)]
struct Tree {
    leaves: Vec<Vec<u8>>,
    leaf: Sha256,
    length: usize,
}

impl Digest {
    /// By an algorithm as S3 names it, or `TREE`, the hash of hashes that Amazon S3 Glacier takes.
    /// `None` for one that is not done.
    pub fn new(algorithm: &str) -> Option<Self> {
        Some(Self(match algorithm {
            "CRC32" => Kind::Crc32(CRC32.digest()),
            "CRC32C" => Kind::Crc32(CRC32C.digest()),
            "CRC64NVME" => Kind::Crc64(CRC64NVME.digest()),
            "MD5" => Kind::Md5(Md5::new()),
            "SHA1" => Kind::Sha1(Sha1::new()),
            "SHA256" => Kind::Sha256(Sha256::new()),
            "SHA512" => Kind::Sha512(Box::default()),
            "TREE" => Kind::Tree(Tree::default()),
            _ => return None,
        }))
    }

    /// Takes the bytes that follow.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Kind::Crc32(digest) => digest.update(bytes),
            Kind::Crc64(digest) => digest.update(bytes),
            Kind::Md5(digest) => digest.update(bytes),
            Kind::Sha1(digest) => digest.update(bytes),
            Kind::Sha256(digest) => digest.update(bytes),
            Kind::Sha512(digest) => digest.update(bytes),
            Kind::Tree(tree) => tree.update(bytes),
        }
    }

    /// The digest of all bytes.
    pub fn bytes(self) -> Vec<u8> {
        match self.0 {
            Kind::Crc32(digest) => digest.finalize().to_be_bytes().to_vec(),
            Kind::Crc64(digest) => digest.finalize().to_be_bytes().to_vec(),
            Kind::Md5(digest) => digest.finalize().to_vec(),
            Kind::Sha1(digest) => digest.finalize().to_vec(),
            Kind::Sha256(digest) => digest.finalize().to_vec(),
            Kind::Sha512(digest) => digest.finalize().to_vec(),
            Kind::Tree(tree) => tree.root(),
        }
    }

    /// The same as text in base64.
    pub fn text(self) -> String {
        STANDARD.encode(self.bytes())
    }
}

impl Tree {
    fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.length == TREE_LEAF {
                self.end_leaf();
            }
            let (part, rest) = bytes.split_at(bytes.len().min(TREE_LEAF - self.length));
            self.leaf.update(part);
            self.length += part.len();
            bytes = rest;
        }
    }

    fn end_leaf(&mut self) {
        self.leaves.push(self.leaf.finalize_reset().to_vec());
        self.length = 0;
    }

    fn root(mut self) -> Vec<u8> {
        // Of nothing there is one leaf, too.
        self.end_leaf();
        let mut level = self.leaves;
        while level.len() > 1 {
            let pairs = level.chunks(2).map(|pair| match pair {
                [alone] => alone.clone(),
                pair => Sha256::digest(pair.concat()).to_vec(),
            });
            level = pairs.collect();
        }
        level.remove(0)
    }
}
