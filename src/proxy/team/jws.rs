//! A signed token in its compact form (JWS, RFC 7515): three parts with dots between them. Nothing
//! in it is believed before its signature is verified, except which key to look for.

use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Map, Value};

/// Load balancers write the padding that the standard leaves out, and sign it as well.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub type Claims = Map<String, Value>;

/// A token that was read, and not yet verified.
#[derive(Debug)]
pub struct Unverified<'a> {
    pub header: Claims,
    /// Header and payload as they were signed.
    signed: &'a str,
    payload: &'a str,
    signature: Vec<u8>,
}

impl<'a> Unverified<'a> {
    /// None for what is no such token, or wants something of its reader that isn't known here.
    pub fn read(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header = object(header).filter(|header| !header.contains_key("crit"))?;
        (!payload.contains('.')).then_some(Self {
            header,
            signed,
            payload,
            signature: BASE64.decode(signature).ok()?,
        })
    }

    /// What the token says, if it was signed with this key of the curve P-256, by ES256: no other
    /// way of signing is known here, so that none can be asked for.
    pub fn claims(&self, key: &[u8]) -> Option<Claims> {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key);
        key.verify(self.signed.as_bytes(), &self.signature).ok()?;
        object(self.payload)
    }
}

fn object(part: &str) -> Option<Claims> {
    match serde_json::from_slice(&BASE64.decode(part).ok()?).ok()? {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
