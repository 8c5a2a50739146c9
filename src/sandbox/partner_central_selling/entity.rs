//! Entities that can be linked to an opportunity, and what their identifiers look like.

/// The value of `RelatedEntityType` for partner solutions, of which an opportunity keeps one.
pub const SOLUTIONS: &str = "Solutions";
pub const AWS_PRODUCTS: &str = "AwsProducts";
pub const MARKETPLACE_OFFERS: &str = "AwsMarketplaceOffers";
pub const MARKETPLACE_OFFER_SETS: &str = "AwsMarketplaceOfferSets";
pub const MARKETPLACE_SOLUTIONS: &str = "AwsMarketplaceSolutions";
pub const MARKETPLACE_PRODUCTS: &str = "AwsMarketplaceProducts";

pub const TYPES: [&str; 6] = [
    SOLUTIONS,
    AWS_PRODUCTS,
    MARKETPLACE_OFFERS,
    MARKETPLACE_OFFER_SETS,
    MARKETPLACE_SOLUTIONS,
    MARKETPLACE_PRODUCTS,
];

/// Can this identify an entity of this type?
pub fn fits(entity_type: &str, identifier: &str) -> bool {
    let is_arn = identifier.starts_with("arn:");
    match entity_type {
        SOLUTIONS => identifier.strip_prefix("S-").is_some_and(|digits| {
            (1..=19).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        }),
        AWS_PRODUCTS => identifier.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        MARKETPLACE_OFFERS => is_arn && identifier.contains(":AWSMarketplace/Offer/"),
        MARKETPLACE_OFFER_SETS => {
            is_arn && identifier.contains(":AWSMarketplace/OfferSet/offerset-")
        }
        _ => is_arn,
    }
}
