//! The sandbox, and the way to it.

use super::cases::{Case, model};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_run::Failure;
use formsmith_sandbox::{Call, Delivery, Sandbox, Signature};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub struct Service {
    sandbox: Sandbox,
    requests: u32,
    pub throttled: u32,
}

impl Service {
    pub fn new(case: &Case) -> Self {
        let mut service = Self {
            sandbox: Sandbox::new(model()),
            requests: 0,
            throttled: 0,
        };
        let mut state = service.control("GET", "/_state", &Value::Null);
        case.prepare(&mut state["services"]);
        service.control("PUT", "/_state", &state);
        service
    }

    /// Throttles, lost answers and failures after the effect, each so many percent of all requests.
    pub fn strike(&mut self, seed: u64, [throttle, lost, fail_after]: [u64; 3]) {
        let faults = [
            ("throttle", throttle),
            ("lost", lost),
            ("fail-after", fail_after),
        ];
        let faults = faults.map(|(fault, percent)| json!({"fault": fault, "percent": percent}));
        let plan = json!({"seed": seed, "faults": faults});
        self.control("PUT", "/_faults", &plan);
    }

    pub fn control(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let request = HttpRequest {
            host_prefix: String::new(),
            method: method.into(),
            path: path.into(),
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
            file: None,
        };
        let response = self.handle(&request, 0.0).0;
        assert!(
            response.status < 300,
            "{}",
            String::from_utf8_lossy(&response.body)
        );
        serde_json::from_slice(&response.body).unwrap_or_default()
    }

    fn handle(&mut self, request: &HttpRequest, now_ms: f64) -> (HttpResponse, u64, Delivery) {
        self.requests += 1;
        let call = Call {
            now_ms: now_ms as u64,
            request_id: format!("00000000-0000-4000-8000-{:012}", self.requests),
            signature: Signature::NotChecked,
            asked: None,
        };
        let reply = self.sandbox.handle(request, &call);
        (reply.response, reply.delay_ms, reply.delivery)
    }

    /// What arrives, and after how many milliseconds.
    pub fn send(
        &mut self,
        http: &HttpRequest,
        now_ms: f64,
    ) -> (Result<HttpResponse, Failure>, f64) {
        let (response, delay_ms, delivery) = self.handle(http, now_ms);
        let result = match delivery {
            Delivery::Whole => Ok(response),
            Delivery::CutOff => Err(Failure::CutOff { status: 200 }),
            Delivery::Lost => Err(Failure::Lost),
            Delivery::Never => Err(Failure::Timeout { seconds: 60 }),
        };
        if let Ok(response) = &result {
            let is_throttled = String::from_utf8_lossy(&response.body).contains("Throttling");
            self.throttled += u32::from(response.status == 429 || is_throttled);
        }
        (result, delay_ms as f64)
    }

    /// How often each thing was done.
    pub fn done(&mut self) -> BTreeMap<Vec<String>, usize> {
        let ledger = self.control("GET", "/_ledger", &Value::Null);
        let effects = ledger["effects"].as_array().unwrap();
        // The ledger keeps so many keys; of more it only keeps the count.
        assert!(ledger["count"].as_u64() <= Some(10_000) || effects.len() == 10_000);
        let mut done = BTreeMap::new();
        for effect in effects {
            let key = effect["key"].as_array().unwrap().iter();
            let key: Vec<String> = key.map(|it| it.as_str().unwrap().to_owned()).collect();
            *done.entry(key).or_default() += 1;
        }
        done
    }
}
