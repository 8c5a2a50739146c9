//! The endpoint that a rule's templates come to, with every value checked that a person may have
//! written.

use crate::functions::{GivenUrl, is_path};
use crate::resolve::{AuthScheme, Endpoint, Refused, State};
use crate::rules::{SchemeTemplate, Template, Text};
use crate::url::{Parts, Scheme, Url, are_labels, is_host, is_path_part};

impl<'a> State<'a> {
    pub(crate) fn endpoint(&self, template: &'a Template) -> Result<Endpoint, Refused> {
        let (url, is_given) = match &template.url {
            Url::Plain(url) => return Err(Refused::Unsafe(url.to_string())),
            Url::Given(slot) => {
                let url = self.given(*slot).ok_or(Refused::Unset)?;
                if GivenUrl::parse(url).is_none() {
                    return Err(Refused::Unsafe(url.to_owned()));
                }
                (url.to_owned(), true)
            }
            Url::Parts(parts) => (self.url(parts)?, parts.given.is_some()),
        };
        let headers = template.headers.iter().map(|(name, value)| {
            let value = self.needed(value)?;
            match value.bytes().all(|byte| byte.is_ascii_graphic()) {
                true => Ok((name.to_string(), value.into_owned())),
                false => Err(Refused::Unsafe(value.into_owned())),
            }
        });
        let schemes = template.schemes.iter().map(|scheme| self.scheme(scheme));
        Ok(Endpoint {
            url,
            is_given,
            schemes: schemes.collect::<Result<_, _>>()?,
            headers: headers.collect::<Result<_, _>>()?,
            properties: template.properties.clone(),
        })
    }

    /// What the rules make of parts is a host for certain, and ends as `Url::read` has found.
    fn url(&self, parts: &'a Parts) -> Result<String, Refused> {
        let given = |slot| self.given_url(slot).ok_or(Refused::Unset);
        let mut url = String::with_capacity(64);
        match parts.scheme {
            Scheme::Https => url.push_str("https"),
            Scheme::Given(slot) => url.push_str(given(slot)?.scheme),
        }
        url.push_str("://");
        let host = url.len();
        let (labels, end) = match parts.given {
            Some(slot) => (
                &parts.authority[..parts.authority.len() - 1],
                given(slot)?.authority,
            ),
            None => (&*parts.authority, ""),
        };
        for part in labels {
            url.push_str(&self.needed(part)?);
        }
        let is_one = match parts.given {
            Some(_) => are_labels(&url[host..]),
            None => is_host(&url[host..]),
        };
        if !is_one {
            return Err(Refused::Unsafe(url.split_off(host)));
        }
        url.push_str(end);
        let path = url.len();
        for part in &parts.path {
            let value = self.needed(part)?;
            if !is_path_part(part, &value) {
                return Err(Refused::Unsafe(value.into_owned()));
            }
            url.push_str(&value);
        }
        match is_path(&url[path..]) {
            true => Ok(url),
            false => Err(Refused::Unsafe(url.split_off(path))),
        }
    }

    fn scheme(&self, scheme: &'a SchemeTemplate) -> Result<AuthScheme, Refused> {
        // It becomes part of the credential scope, whose parts are divided by slashes.
        let scoped = |text: &'a Text| {
            let text = self.needed(text)?;
            match text == "*" || is_host(&text) {
                true => Ok(text.into_owned()),
                false => Err(Refused::Unsafe(text.into_owned())),
            }
        };
        let region_set = match &scheme.signing_region_set {
            Some(regions) => Some(regions.iter().map(scoped).collect::<Result<_, _>>()?),
            None => None,
        };
        Ok(AuthScheme {
            name: scheme.name.to_string(),
            signing_name: scheme.signing_name.as_ref().map(scoped).transpose()?,
            signing_region: scheme.signing_region.as_ref().map(scoped).transpose()?,
            signing_region_set: region_set,
            disable_double_encoding: scheme.disable_double_encoding,
        })
    }
}
