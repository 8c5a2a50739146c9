//! A proxy in front of the sandbox on a free port, and clients for it.

use formsmith_api::model::Model;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::serve::serve;
use formsmith_proxy::token::Token;
use formsmith_proxy::{Config, Credentials, Limits, Target, app};
use serde_json::{Value, json};
use std::future::Future;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::channel;

/// Stops when it is dropped.
pub struct Running {
    address: SocketAddr,
    runtime: Runtime,
}

impl Running {
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// It takes only what is signed with these.
    pub fn start_checking_signatures(id: &str, secret: &str) -> Self {
        Self::start_with(Some(Credentials::new(id, secret, None, None, "test")))
    }

    fn start_with(sandbox_credentials: Option<Credentials>) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config {
            address,
            site: None,
            origin: None,
            allowed_origins: Vec::new(),
            team: None,
            target: Target::Sandbox,
            token: Token::chosen("the-token-of-this-test-0123456789").unwrap(),
            limits: Limits::default(),
            sandbox_credentials,
            model: Model::embedded().unwrap().into(),
            models: None,
            audit: Audit::default(),
        };
        let limits = config.limits;
        let app = app(config).unwrap();
        let (_, never) = channel(1);
        runtime.spawn(serve(listener, app, limits, never));
        Self { address, runtime }
    }

    /// Where the SDKs find it.
    pub fn endpoint(&self) -> String {
        format!("http://{}/sandbox/", self.address)
    }

    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The seeded state, with no faults.
    pub fn reset(&self) {
        self.control("POST", "_reset", &Value::Null);
    }

    /// Time stands still at this moment, in milliseconds.
    pub fn stop_clock(&self, now_ms: u64) {
        self.control("PUT", "_clock", &json!({ "nowMs": now_ms }));
    }

    pub fn plan_faults(&self, faults: Value) {
        self.control("PUT", "_faults", &json!({ "faults": faults }));
    }

    /// How many effects the ledger has counted.
    pub fn effects(&self) -> u64 {
        let ledger = self.control("GET", "_ledger", &Value::Null);
        ledger["count"].as_u64().unwrap()
    }

    fn control(&self, method: &str, name: &str, document: &Value) -> Value {
        let body = document.to_string();
        let request = format!(
            "{method} /sandbox/{name} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 20"),
            "{method} {name}: {answer}"
        );
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_default()
    }
}

/// The client of a service's SDK. Most sandboxes have no credentials that they could compare
/// those of the client with.
macro_rules! client {
    ($sdk:ident, $sandbox:expr, $retries:expr) => {
        $crate::running::client!($sdk, $sandbox, $retries, "AKIDEXAMPLE", "any")
    };
    ($sdk:ident, $sandbox:expr, $retries:expr, $id:expr, $secret:expr) => {{
        use $sdk::config::{BehaviorVersion, Credentials, Region};
        let config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url($sandbox.endpoint())
            .credentials_provider(Credentials::new($id, $secret, None, None, "test"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config($retries)
            .build();
        $sdk::Client::from_conf(config)
    }};
}
pub(crate) use client;
