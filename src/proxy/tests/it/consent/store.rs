//! How long consents last and how many are remembered, in a time that passes as the test says.

use formsmith_api::class::Class;
use formsmith_proxy::consent::{Id, Kind, Place, Presented, Proposal, Store};
use formsmith_proxy::failure::Failure;
use formsmith_proxy::http::{HeaderMap, HeaderValue};
use formsmith_proxy::limits::{CONSENT_LIST_REQUESTS, CONSENT_PROPOSALS, CONSENT_REQUESTS};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HASH: [u8; 32] = [1; 32];
const ONE: Kind = Kind::One { hash: HASH };
const RUN: Kind = Kind::Run {
    hash: HASH,
    attempts: 3,
};

fn list(count: u32, minutes: u32) -> Kind {
    Kind::List {
        root: formsmith_proxy::consent::merkle::leaf(&HASH),
        count,
        attempts: 1,
        minutes,
    }
}

fn place() -> Place {
    Place {
        person: None,
        profile: None,
        service: "library".into(),
        region: "us-east-1".into(),
        operation: "BurnBook".into(),
        class: Class::Write,
    }
}

/// A store, and the time since it was made.
struct Timed {
    store: Store,
    start: Instant,
    passed: Duration,
}

impl Timed {
    fn new() -> Self {
        Self {
            store: Store::default(),
            start: Instant::now(),
            passed: Duration::ZERO,
        }
    }

    fn now(&self) -> Instant {
        self.start + self.passed
    }

    fn id(number: usize) -> Id {
        Id::new((number as u128).to_be_bytes())
    }

    fn propose(&mut self, number: usize, kind: Kind) -> Result<(), Failure> {
        let (id, now) = (Self::id(number), self.now());
        let proposal = Proposal::new(kind, place(), None, now);
        self.store.add(id, proposal, now)
    }

    fn confirm(&mut self, number: usize) -> Result<Duration, Failure> {
        let now = self.now();
        let confirmed = self.store.confirm(Self::id(number), now);
        confirmed.map(|proposal| proposal.expires_in(now))
    }

    fn agree(&mut self, number: usize, kind: Kind) -> Result<Duration, Failure> {
        self.propose(number, kind)?;
        self.confirm(number)
    }

    /// The head of a request that comes with this consent.
    fn head(&self, number: usize, proof: Option<&'static str>) -> Result<Presented, Failure> {
        let mut headers = HeaderMap::new();
        let id = HeaderValue::from_str(&Self::id(number).to_string()).unwrap();
        headers.insert("x-formsmith-consent", id);
        if let Some(proof) = proof {
            headers.insert("x-formsmith-proof", HeaderValue::from_static(proof));
        }
        let presented = Presented::read(&headers, &self.store, self.now())?;
        Ok(presented.unwrap())
    }

    /// The code with which a request is refused; none if it is sent.
    fn send(&self, number: usize) -> Option<&'static str> {
        self.send_with(number, None)
    }

    fn send_with(&self, number: usize, proof: Option<&'static str>) -> Option<&'static str> {
        let sent = self.head(number, proof).and_then(|presented| {
            let agreed = presented.to(&HASH, &place())?;
            agreed.take().map(drop)
        });
        sent.err().map(|failure| failure.code.as_str())
    }
}

fn code<T>(result: Result<T, Failure>) -> Option<&'static str> {
    result.err().map(|failure| failure.code.as_str())
}

#[test]
fn a_review_may_take_ten_minutes() {
    for (passed, refusal) in [
        (10 * MINUTE - SECOND, None),
        (10 * MINUTE, Some("consent-expired")),
        (100 * MINUTE, Some("consent-expired")),
    ] {
        let mut timed = Timed::new();
        timed.propose(1, ONE).unwrap();
        timed.passed = passed;
        assert_eq!(code(timed.confirm(1)), refusal, "{passed:?}");
        let sent = timed.send(1);
        assert_eq!(sent, refusal.map(|_| "consent-unconfirmed"));
    }
}

#[test]
fn a_consent_is_good_for_as_long_as_its_kind_is() {
    for (kind, good_for, proof) in [
        (ONE, MINUTE, None),
        (RUN, 15 * MINUTE, None),
        (list(1, 1), MINUTE, Some("0:")),
        (list(1, 1440), 1440 * MINUTE, Some("0:")),
    ] {
        let mut timed = Timed::new();
        timed.passed = 9 * MINUTE;
        timed.propose(1, kind.clone()).unwrap();
        // Time counts from the confirmation, and only from the first.
        timed.passed += 9 * MINUTE;
        let confirmed = timed.passed;
        assert_eq!(timed.confirm(1).unwrap(), good_for);
        timed.passed += good_for / 2;
        assert_eq!(timed.confirm(1).unwrap(), good_for / 2);
        timed.passed = confirmed + good_for - SECOND;
        assert!(timed.head(1, proof).is_ok());
        timed.passed = confirmed + good_for;
        assert_eq!(code(timed.head(1, proof)), Some("consent-expired"));
        assert_eq!(code(timed.confirm(1)), Some("consent-expired"));
        // So it is when others were proposed since, and its bytes are free.
        timed.propose(2, ONE).unwrap();
        assert_eq!(
            code(timed.head(1, proof)),
            Some("consent-expired"),
            "{kind:?}"
        );
    }
}

#[test]
fn a_request_whose_head_came_in_time_may_take_its_time() {
    let mut timed = Timed::new();
    timed.agree(1, ONE).unwrap();
    timed.passed = MINUTE - SECOND;
    let (first, second) = (timed.head(1, None).unwrap(), timed.head(1, None).unwrap());
    timed.passed = 2 * MINUTE;
    // Even if it is forgotten since.
    for number in 0..=CONSENT_PROPOSALS {
        timed.propose(100 + number, ONE).unwrap();
    }
    assert_eq!(timed.send(1), Some("consent-unknown"));
    let agreed = first.to(&HASH, &place()).unwrap();
    let attempt = agreed.take().unwrap();
    // Of two that were let in, one is sent.
    let other = second.to(&HASH, &place()).unwrap();
    assert_eq!(code(other.take()), Some("consent-used"));
    attempt.give_back();
    let _attempt = other.take().unwrap();
    assert_eq!(code(agreed.take()), Some("consent-used"));
}

#[test]
fn the_first_reason_is_told() {
    let mut timed = Timed::new();
    timed.agree(1, ONE).unwrap();
    let elsewhere = Place {
        profile: None,
        region: "us-east-2".into(),
        ..place()
    };
    let wrong = timed.head(1, None).unwrap().to(&HASH, &elsewhere);
    assert_eq!(code(wrong), Some("consent-wrong"));
    let wrong = timed.head(1, None).unwrap().to(&[2; 32], &place());
    assert_eq!(code(wrong), Some("consent-wrong"));
    assert_eq!(timed.send(1), None);
    // Used goes before wrong, expired before used.
    assert_eq!(code(timed.head(1, Some("0:"))), Some("consent-used"));
    timed.passed = MINUTE;
    assert_eq!(timed.send(1), Some("consent-expired"));
}

#[test]
fn each_attempt_of_a_run_is_taken_once_and_can_be_given_back() {
    let mut timed = Timed::new();
    timed.agree(1, RUN).unwrap();
    let agreed = timed.head(1, None).unwrap().to(&HASH, &place()).unwrap();
    let attempts: Vec<_> = (0..3).map(|_| agreed.take().unwrap()).collect();
    assert_eq!(code(agreed.take()), Some("consent-used"));
    for attempt in attempts {
        attempt.give_back();
    }
    for _ in 0..3 {
        assert_eq!(timed.send(1), None);
    }
    assert_eq!(timed.send(1), Some("consent-used"));
}

#[test]
fn a_request_on_its_way_to_be_sent_is_held_up_by_a_withdrawal() {
    let mut timed = Timed::new();
    timed.agree(1, RUN).unwrap();
    let agreed = timed.head(1, None).unwrap().to(&HASH, &place()).unwrap();
    timed.store.withdraw(Timed::id(1)).unwrap();
    assert_eq!(code(agreed.take()), Some("consent-withdrawn"));
    assert_eq!(code(agreed.still_holds()), Some("consent-withdrawn"));
}

#[test]
fn the_proxy_remembers_a_thousand_and_forgets_what_is_missed_least() {
    let mut timed = Timed::new();
    // The oldest are good, the next were used up, the next wait for their review.
    for number in 0..100 {
        timed.agree(number, list(1, 1440)).unwrap();
    }
    for number in 100..200 {
        timed.agree(number, RUN).unwrap();
        (0..3).for_each(|_| assert_eq!(timed.send(number), None));
    }
    for number in 200..300 {
        timed.propose(number, ONE).unwrap();
    }
    for number in 300..CONSENT_PROPOSALS {
        timed.agree(number, list(1, 1440)).unwrap();
    }
    let is_known = |timed: &Timed, number| timed.send_with(number, None) != Some("consent-unknown");
    let proof = Some("0:");
    for new in 0..200 {
        assert!(is_known(&timed, if new < 100 { 200 + new } else { new }));
        timed.agree(5000 + new, list(1, 1440)).unwrap();
        assert_eq!(timed.store.len(), CONSENT_PROPOSALS);
        // First the oldest that waits, then the oldest that was used up.
        assert!(!is_known(&timed, if new < 100 { 200 + new } else { new }));
    }
    let refusal = timed.propose(9000, ONE).unwrap_err();
    assert_eq!(
        (refusal.status.as_u16(), refusal.code.as_str()),
        (429, "busy")
    );
    // None that is good was forgotten.
    for number in (0..100).chain(300..CONSENT_PROPOSALS).chain(5000..5200) {
        assert_eq!(timed.send_with(number, proof), None, "{number}");
    }
    assert_eq!(
        code(timed.propose(9000, ONE)),
        None,
        "one that is used up makes room"
    );
}

#[test]
fn what_has_expired_is_forgotten_before_what_waits_for_its_review() {
    let mut timed = Timed::new();
    timed.propose(1, ONE).unwrap();
    for number in 2..CONSENT_PROPOSALS {
        timed.agree(number, list(1, 1440)).unwrap();
    }
    timed.agree(CONSENT_PROPOSALS, list(1, 5)).unwrap();
    timed.passed = 5 * MINUTE;
    timed.propose(5000, ONE).unwrap();
    assert_eq!(timed.send(CONSENT_PROPOSALS), Some("consent-unknown"));
    assert!(timed.confirm(1).is_ok());
}

#[test]
fn all_lists_together_cost_no_more_than_a_bound() {
    let mut timed = Timed::new();
    let fitting = CONSENT_REQUESTS / CONSENT_LIST_REQUESTS as usize;
    for number in 0..=fitting {
        timed
            .propose(number, list(CONSENT_LIST_REQUESTS, 5))
            .unwrap();
    }
    for number in 0..fitting {
        timed.confirm(number).unwrap();
    }
    let refusal = timed.confirm(fitting).unwrap_err();
    assert_eq!(
        (refusal.status.as_u16(), refusal.code.as_str()),
        (429, "busy")
    );
    timed.passed = 5 * MINUTE;
    timed.confirm(fitting).unwrap();
}
