//! What kind of thing an ID names can be seen from how it begins.

use crate::input::Input;

/// A member that holds an ID, what its IDs begin with and what they name.
pub struct IdMember {
    member: &'static str,
    prefix: &'static str,
    named: &'static str,
}

pub const SERVICE_ACTION: IdMember = IdMember {
    member: "ServiceActionId",
    prefix: "act-",
    named: "a service action",
};
pub const PRODUCT: IdMember = IdMember {
    member: "ProductId",
    prefix: "prod-",
    named: "a product",
};
pub const PROVISIONING_ARTIFACT: IdMember = IdMember {
    member: "ProvisioningArtifactId",
    prefix: "pa-",
    named: "a provisioning artifact",
};
pub const PROVISIONED_PRODUCT: IdMember = IdMember {
    member: "ProvisionedProductId",
    prefix: "pp-",
    named: "a provisioned product",
};

pub const PORTFOLIO: IdMember = IdMember {
    member: "PortfolioId",
    prefix: "port-",
    named: "a portfolio",
};

/// The first of the members whose ID is of another kind, as a sentence.
pub fn check(input: Input<'_>, members: &[IdMember]) -> Result<(), String> {
    for IdMember {
        member,
        prefix,
        named,
    } in members
    {
        let id = input.text(member);
        if !id.starts_with(prefix) {
            return Err(format!("{member} {id} is not {named} ID."));
        }
    }
    Ok(())
}
