//! How requests name billing groups and custom line items: by ARN, or by the ID at its end.

const ACCOUNT: &str = "arn:aws:billingconductor::123456789012:";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    BillingGroup,
    CustomLineItem,
}

/// A name that has been read; the service's pattern lets nothing else through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    /// In this account and partition, or a bare ID, which always is.
    pub is_of_this_account: bool,
    /// `None` for a bare ID that is neither an account's nor a line item's.
    pub kind: Option<Kind>,
    pub id: &'a str,
}

impl<'a> Reference<'a> {
    pub fn parse(text: &'a str) -> Self {
        let Some((before, id)) = text.rsplit_once('/') else {
            return Self {
                is_of_this_account: true,
                kind: bare_kind(text),
                id: text,
            };
        };
        let kind = match before.rsplit(':').next() {
            Some("billinggroup") => Some(Kind::BillingGroup),
            Some("customlineitem") => Some(Kind::CustomLineItem),
            _ => None,
        };
        Self {
            is_of_this_account: before.starts_with(ACCOUNT),
            kind,
            id,
        }
    }

    /// The end of the ARN, which is what associations are kept by.
    pub fn key(&self) -> Option<String> {
        self.kind.map(|kind| key(kind, self.id))
    }
}

/// Billing groups are named after their primary account.
fn bare_kind(id: &str) -> Option<Kind> {
    match id.len() {
        12 if id.bytes().all(|byte| byte.is_ascii_digit()) => Some(Kind::BillingGroup),
        10 => Some(Kind::CustomLineItem),
        _ => None,
    }
}

pub fn key(kind: Kind, id: &str) -> String {
    match kind {
        Kind::BillingGroup => format!("billinggroup/{id}"),
        Kind::CustomLineItem => format!("customlineitem/{id}"),
    }
}

/// The ARN in this account that ends so.
pub fn arn(key: &str) -> String {
    format!("{ACCOUNT}{key}")
}

pub fn billing_group_arn(id: &str) -> String {
    arn(&key(Kind::BillingGroup, id))
}

pub fn custom_line_item_arn(id: &str) -> String {
    arn(&key(Kind::CustomLineItem, id))
}
