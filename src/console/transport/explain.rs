//! Whether the proxy would sign an operation, asked before anything is typed.

use super::Destination;
use super::own::get;
use super::proxy::encoded;
use formsmith_run::{Failure, ProxyFailure};

/// Why the proxy signs no request to the operation; none if it signs.
pub async fn refusal(
    token: Option<&str>,
    to: Destination<'_>,
) -> Result<Option<ProxyFailure>, Failure> {
    let Destination {
        service,
        operation,
        region,
        profile,
        ..
    } = to;
    let profile = profile.map(|name| format!("?profile={}", encoded(name)));
    let profile = profile.unwrap_or_default();
    let address = format!("api/explain/{service}/{operation}/{region}{profile}");
    let told = get(&address, token).await?;
    let refusal = Some(&told["refusal"]).filter(|refusal| !refusal.is_null());
    Ok(refusal.map(ProxyFailure::read))
}
