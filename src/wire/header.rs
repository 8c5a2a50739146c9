//! Names of headers between page and proxy, in lower case. None of them travels on to a service, or
//! comes from one.

/// Marks an answer as the proxy's own and carries its [`Code`](crate::Code).
pub const ERROR: &str = "x-formsmith-error";
/// The session token: whoever has it may have requests signed. A page of another site can't set
/// this header without being asked first, and the answer to that is no.
pub const TOKEN: &str = "x-formsmith-token";
/// The name of the profile whose credentials are to sign, percent-encoded. Where the proxy has only
/// one, the header may be left out.
pub const PROFILE: &str = "x-formsmith-profile";
/// The id of a consent that the person has confirmed.
pub const CONSENT: &str = "x-formsmith-consent";
/// That a request is one of the list that was agreed to.
pub const PROOF: &str = "x-formsmith-proof";
/// The operation that a request asks for, where method, path and target leave it open.
pub const OPERATION: &str = "x-formsmith-operation";
/// SHA-256 of a request's body in lower-case hexadecimal: the body is a file, which is passed on as it
/// comes. Consent is given to this hash as to that of any body.
pub const BODY_SHA256: &str = "x-formsmith-body-sha256";
/// What the answer is expected to be: [`FILE`], or, without this header, something to read.
pub const ANSWER: &str = "x-formsmith-answer";
/// A file to be kept, however large.
pub const FILE: &str = "file";
/// Stands before the names of those headers of a service's answer that are members of an output or
/// error, as in S3's `GetObject`, and to which a browser would do something.
pub const ANSWERED: &str = "x-formsmith-answered-";
/// Those headers: under these names an answer has what the proxy says to the browser, or nothing.
pub const FOR_BROWSERS: [&str; 7] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-security-policy",
    "location",
    "x-content-type-options",
    "x-frame-options",
];

/// The headers of an answer that came through the proxy as the service sent them: less what the
/// proxy says to the browser, and with their own names.
#[must_use]
pub fn as_answered(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let is_for_browser = |name: &str| {
        let mut names = FOR_BROWSERS.iter();
        names.any(|it| it.eq_ignore_ascii_case(name))
    };
    let headers = headers.into_iter();
    let headers = headers.filter(|(name, _)| !is_for_browser(name));
    headers
        .map(|(name, value)| match name.get(..ANSWERED.len()) {
            Some(start) if start.eq_ignore_ascii_case(ANSWERED) => {
                (name[ANSWERED.len()..].to_owned(), value)
            }
            _ => (name, value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::as_answered;

    #[test]
    fn what_the_proxy_says_to_the_browser_is_no_part_of_an_answer() {
        let headers = [
            ("cache-control", "no-store"),
            ("Content-Disposition", "attachment"),
            ("x-formsmith-answered-cache-control", "max-age=5"),
            ("X-Formsmith-Answered-Content-Encoding", "gzip"),
            ("etag", "1"),
            ("é-formsmith-answered-x", "2"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let found = as_answered(headers.into());
        let found: Vec<_> = (found.iter())
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let expected = [
            ("cache-control", "max-age=5"),
            ("Content-Encoding", "gzip"),
            ("etag", "1"),
            ("é-formsmith-answered-x", "2"),
        ];
        assert_eq!(found, expected);
    }
}
