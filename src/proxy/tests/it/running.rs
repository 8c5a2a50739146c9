//! A proxy on a free port, and a client that can send any bytes.

use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::config::EndpointUrl;
use formsmith_proxy::consent::request_hash;
use formsmith_proxy::hash::sha256_hex;
use formsmith_proxy::permits::{Classes, Permits};
use formsmith_proxy::rules::Choices;
use formsmith_proxy::serve::serve;
use formsmith_proxy::token::Token;
use formsmith_proxy::{
    App, Config, Limits, Profile, SharedCredentialsProvider, Target, Upstream as UpstreamConfig,
    app,
};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::channel;

pub const TOKEN: &str = "the-token-of-this-test-0123456789";

/// Stops when it is dropped.
pub struct Running {
    pub address: SocketAddr,
    pub app: App,
    _runtime: Runtime,
}

/// A proxy in front of the sandbox, changed as the test needs it.
pub fn start(configure: impl FnOnce(&mut Config)) -> Running {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let mut config = Config {
        address,
        site: None,
        origin: None,
        allowed_origins: Vec::new(),
        target: Target::Sandbox,
        token: Token::chosen(TOKEN).unwrap(),
        team: None,
        limits: Limits::default(),
        sandbox_credentials: None,
        model: Model::embedded().unwrap().into(),
        models: None,
        audit: Audit::default(),
    };
    configure(&mut config);
    let limits = config.limits;
    let app = app(config).unwrap();
    let (_, never) = channel(1);
    runtime.spawn(serve(listener, app.clone(), limits, never));
    Running {
        address,
        app,
        _runtime: runtime,
    }
}

/// A proxy that signs with the recorded key pair and sends to an address of the test's.
pub fn start_signing(endpoint: &str, limits: Limits) -> Running {
    start(|config| {
        config.target = signing(endpoint, signature::credentials(None), true);
        config.limits = limits;
    })
}

/// The target for an endpoint and a source of credentials.
pub fn signing(
    endpoint: &str,
    credentials: impl aws_credential_types::provider::ProvideCredentials + 'static,
    allow_write: bool,
) -> Target {
    Target::Aws(UpstreamConfig {
        endpoint: Some(endpoint.parse::<EndpointUrl>().unwrap()),
        choices: Choices::default(),
        permits: Permits {
            classes: match allow_write {
                true => Classes::of_flag("--allow-write").unwrap(),
                false => Classes::default(),
            },
            ..Permits::default()
        },
        allow_forwarded: false,
        profiles: vec![profile(None, credentials)],
    })
}

/// A profile with a source of credentials.
pub fn profile(
    name: Option<&str>,
    credentials: impl aws_credential_types::provider::ProvideCredentials + 'static,
) -> Profile {
    Profile {
        name: name.map(str::to_owned),
        region: Some("eu-west-3".into()),
        credentials: SharedCredentialsProvider::new(credentials),
        sign_in: None,
    }
}

/// An answer, as the client of the proxy sees it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The body without what chunked encoding put around its parts.
    pub fn unchunked(&self) -> Vec<u8> {
        let (mut whole, mut rest) = (Vec::new(), self.body.as_slice());
        loop {
            let end = rest.windows(2).position(|pair| pair == b"\r\n").unwrap();
            let size = std::str::from_utf8(&rest[..end]).unwrap();
            let size = usize::from_str_radix(size, 16).unwrap();
            if size == 0 {
                return whole;
            }
            whole.extend(&rest[end + 2..end + 2 + size]);
            rest = &rest[end + 2 + size + 2..];
        }
    }

    /// The code of an error of the proxy's own, which stands in the header and in the body.
    pub fn code(&self) -> Option<String> {
        let code = self.header("X-Formsmith-Error")?.to_owned();
        let body = self.json();
        assert_eq!(body["code"], code.as_str());
        for sentence in ["message", "action"] {
            assert!(body[sentence].as_str().unwrap().ends_with('.'), "{body}");
        }
        assert!(
            ["no", "unknown"].contains(&body["sent"].as_str().unwrap()),
            "{body}"
        );
        assert_eq!(self.header("Content-Type"), Some("application/json"));
        Some(code)
    }
}

impl Running {
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("Host", &self.address.to_string())], b"")
    }

    /// What the console does with a change: it proposes it, and when the person has confirmed the
    /// review, sends it. Where the proxy refuses to propose or to confirm, that is the answer.
    pub fn reviewed(&self, prefix: &str, request: &HttpRequest, more: &[(&str, &str)]) -> Answer {
        match self.agree(&one(prefix, request)) {
            Ok(id) => self.agreed(prefix, request, &id, more),
            Err(refusal) => refusal,
        }
    }

    /// A request with the consent of this name.
    pub fn agreed(
        &self,
        prefix: &str,
        request: &HttpRequest,
        id: &str,
        more: &[(&str, &str)],
    ) -> Answer {
        let mut headers = vec![("X-Formsmith-Token", TOKEN), ("X-Formsmith-Consent", id)];
        headers.extend(more);
        self.console(prefix, request, &headers)
    }

    /// The name of a consent that was proposed and confirmed.
    pub fn agree(&self, proposal: &Value) -> Result<String, Answer> {
        let proposed = self.propose(proposal);
        if proposed.status != 200 {
            return Err(proposed);
        }
        let id = proposed.json()["id"].as_str().unwrap().to_owned();
        let confirmed = self.confirm(&id);
        match confirmed.status {
            200 => Ok(id),
            _ => Err(confirmed),
        }
    }

    pub fn propose(&self, proposal: &Value) -> Answer {
        self.with_token("POST", "/api/consents", proposal.to_string().as_bytes())
    }

    pub fn confirm(&self, id: &str) -> Answer {
        self.with_token("POST", &format!("/api/consents/{id}"), b"{}")
    }

    pub fn withdraw(&self, id: &str) -> Answer {
        self.with_token("DELETE", &format!("/api/consents/{id}"), b"")
    }

    fn with_token(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let host = self.address.to_string();
        let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
        self.send(method, path, &headers, body)
    }

    /// A request to the service, in a region, with these headers besides its own.
    pub fn console(&self, prefix: &str, request: &HttpRequest, more: &[(&str, &str)]) -> Answer {
        let host = self.address.to_string();
        let mut headers = vec![("Host", host.as_str())];
        let own = request.headers.iter();
        headers.extend(own.map(|(name, value)| (name.as_str(), value.as_str())));
        headers.extend(more);
        let path = format!("{prefix}{}", request.path);
        self.send(&request.method, &path, &headers, &request.body)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut bytes = format!("{method} {path} HTTP/1.1\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(
            format!(
                "Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )
            .bytes(),
        );
        bytes.extend(body);
        self.send_bytes(&bytes)
    }

    pub fn send_bytes(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        read(&answer)
    }
}

/// The proposal of one request that is sent below this prefix.
pub fn one(prefix: &str, request: &HttpRequest) -> Value {
    let (service, region) = prefix["/api/".len()..].split_once('/').unwrap();
    json!({
        "kind": "one",
        "service": service,
        "region": region,
        "method": request.method,
        "path": request.path,
        "target": request.header("X-Amz-Target"),
        "operation": request.header("X-Formsmith-Operation"),
        "hash": hex(&hash(prefix, request)),
    })
}

/// What stands for a request that is sent below this prefix.
pub fn hash(prefix: &str, request: &HttpRequest) -> [u8; 32] {
    let path = format!("{prefix}{}", request.path);
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    // What is between the console and the proxy is not agreed to.
    let headers = headers.filter(|(name, _)| !name.starts_with("X-Formsmith-"));
    request_hash(
        &request.method,
        &path,
        headers,
        &sha256_hex(&[&request.body]),
    )
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn read(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no HTTP: {:?}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    Answer {
        status: status.parse().unwrap(),
        headers: lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: bytes[end + 4..].to_vec(),
    }
}
