//! The codes of the proxy's own failures.

use std::fmt;

macro_rules! codes {
    ($($name:ident = $text:literal,)*) => {
        /// Why there is no answer of a service. Stable: scripts may go by the text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $($name,)*
        }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// In kebab case, as it travels.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// None for a code of another version.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

codes! {
    AccountNotAllowed = "account-not-allowed",
    AuditUnwritable = "audit-unwritable",
    BodyMalformed = "body-malformed",
    Busy = "busy",
    ClockSkew = "clock-skew",
    CodeExpired = "code-expired",
    CodeUsed = "code-used",
    CodeWrong = "code-wrong",
    ConsentExpired = "consent-expired",
    ConsentMalformed = "consent-malformed",
    ConsentMissing = "consent-missing",
    ConsentUnconfirmed = "consent-unconfirmed",
    ConsentUnknown = "consent-unknown",
    ConsentUsed = "consent-used",
    ConsentWithdrawn = "consent-withdrawn",
    ConsentWrong = "consent-wrong",
    ContentTypeNotAllowed = "content-type-not-allowed",
    CredentialsExpired = "credentials-expired",
    CredentialsFailed = "credentials-failed",
    CredentialsNotAllowed = "credentials-not-allowed",
    CredentialsTimeout = "credentials-timeout",
    DestroyNotAllowed = "destroy-not-allowed",
    EndpointRefused = "endpoint-refused",
    FileCutOff = "file-cut-off",
    FileMismatch = "file-mismatch",
    FileNotAllowed = "file-not-allowed",
    FileNotTaken = "file-not-taken",
    ForwardedNotAllowed = "forwarded-not-allowed",
    HeadersTooLarge = "headers-too-large",
    HostMalformed = "host-malformed",
    HostMissing = "host-missing",
    HostNotAllowed = "host-not-allowed",
    IdentityChanged = "identity-changed",
    IdentityNotTold = "identity-not-told",
    Internal = "internal",
    LengthRequired = "length-required",
    MethodNotAllowed = "method-not-allowed",
    MfaCodeWrong = "mfa-code-wrong",
    MoveMalformed = "move-malformed",
    MoveUnknown = "move-unknown",
    NoCredentials = "no-credentials",
    NoSite = "no-site",
    NotFound = "not-found",
    NotSendable = "not-sendable",
    OperationDenied = "operation-denied",
    OperationNotAllowed = "operation-not-allowed",
    OriginMalformed = "origin-malformed",
    OriginNotAllowed = "origin-not-allowed",
    PermissionsNotAllowed = "permissions-not-allowed",
    PersonNotAllowed = "person-not-allowed",
    PersonUnknown = "person-unknown",
    ProfileMissing = "profile-missing",
    ProfileUnknown = "profile-unknown",
    RegionNotAllowed = "region-not-allowed",
    RequestCutOff = "request-cut-off",
    RequestMalformed = "request-malformed",
    RequestTimeout = "request-timeout",
    RequestTooLarge = "request-too-large",
    SecretNotAllowed = "secret-not-allowed",
    ServiceNotAllowed = "service-not-allowed",
    SignInFailed = "sign-in-failed",
    SignInNeeded = "sign-in-needed",
    SignInNotNeeded = "sign-in-not-needed",
    SignInUnknown = "sign-in-unknown",
    SiteNotAllowed = "site-not-allowed",
    Stopping = "stopping",
    TargetMalformed = "target-malformed",
    TargetTooLong = "target-too-long",
    TicketExpired = "ticket-expired",
    TicketUsed = "ticket-used",
    TicketWrong = "ticket-wrong",
    TokenMissing = "token-missing",
    TokenWrong = "token-wrong",
    TooManyConnections = "too-many-connections",
    UpstreamConnectTimeout = "upstream-connect-timeout",
    UpstreamCutOff = "upstream-cut-off",
    UpstreamDns = "upstream-dns",
    UpstreamFirstByteTimeout = "upstream-first-byte-timeout",
    UpstreamGarbled = "upstream-garbled",
    UpstreamRedirect = "upstream-redirect",
    UpstreamReset = "upstream-reset",
    UpstreamTls = "upstream-tls",
    UpstreamTooLarge = "upstream-too-large",
    UpstreamTotalTimeout = "upstream-total-timeout",
    UpstreamUnreachable = "upstream-unreachable",
    WriteNotAllowed = "write-not-allowed",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_read_as_it_is_written_and_no_other_text_is() {
        for &code in Code::ALL {
            let text = code.as_str();
            assert_eq!(Code::parse(text), Some(code));
            let is_kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(text.chars().all(is_kebab), "{text} stands in a header");
            assert_eq!(Code::parse(&text.to_uppercase()), None);
        }
        assert_eq!(Code::parse(""), None);
        assert_eq!(Code::parse("code-of-another-version"), None);
    }
}
