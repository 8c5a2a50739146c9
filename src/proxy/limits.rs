//! Every limit of the proxy: what a client, a service, a file or a person may take, in bytes, in
//! number and in time. For those that [`Limits`](crate::Limits) has a field for, it is what holds
//! unless a proxy is given another one.

use std::time::Duration;

// Connections.

/// Connections that wait to be accepted: what doesn't fit is tried again by its client after a
/// second only.
pub const LISTEN_BACKLOG: u32 = 1024;
/// Free ports that are tried before one is free at both loopback addresses.
pub const LISTEN_PORT_TRIES: usize = 8;
/// Connections that were accepted and not yet looked at.
pub const CONNECTIONS_NEW: usize = 16;
/// Connections without a request under way, unless the system's limit of open files is known: as
/// many as may wait with the fewest files that are common, 256.
pub const CONNECTIONS_WAITING: usize = 80;
/// The fewest that may wait, even of few files.
pub const CONNECTIONS_WAITING_FEWEST: usize = 16;
/// The most that may wait: more would help nobody.
pub const CONNECTIONS_WAITING_MOST: usize = 1024;
/// How long a connection may wait at least, so that a crowd can't push out those who are just
/// about to ask.
pub const CONNECTION_WAIT_LEAST: Duration = Duration::from_millis(50);
/// Connections with a request under way, besides as many as may wait: with 256 files, that leaves
/// some for all the rest.
pub const CONNECTIONS_BUSY_BESIDE: usize = 96;
/// Connections that go together when there are no files left.
pub const CONNECTIONS_SENT_AWAY_AT_ONCE: usize = 8;
/// Connections on their way out, in percent of as many as may wait: of more, the oldest are gone
/// at once.
pub const CONNECTIONS_LEAVING_PERCENT: usize = 40;
/// For what a connection that is sent away may still bring: bytes that are there already are read
/// well within this time.
pub const CONNECTION_SENT_AWAY_TIME: Duration = Duration::from_millis(5);
/// For the last words to a client, and then for what it still sends, which is read and thrown
/// away. A connection that is closed before would be reset, and its client might find nothing but
/// that.
pub const FAREWELL_TIME: Duration = Duration::from_millis(500);
/// Bytes that are read and thrown away then.
pub const FAREWELL_BYTES: usize = 1024 * 1024;

// The end of the proxy.

/// For requests on their way when the proxy is told to stop.
pub const STOP_ARRIVAL_TIME: Duration = Duration::from_millis(100);
/// For those of which half has arrived then.
pub const STOP_REST_TIME: Duration = Duration::from_secs(1);
/// For requests under way, beyond [`ANSWER_TIME`]: an answer of AWS may take as long as that.
pub const STOP_GRACE_TIME: Duration = Duration::from_secs(5);
/// For what is cut off to be put in order.
pub const STOP_CUT_OFF_TIME: Duration = Duration::from_secs(1);

// Requests.

/// Requests under way at the same time.
pub const REQUESTS_AT_ONCE: usize = 64;
/// From the first byte of a request's headers to the last.
pub const REQUEST_HEAD_TIME: Duration = Duration::from_secs(10);
/// Bytes of a head that are read at all. The guard takes less, and says so in its own words.
pub const REQUEST_HEAD_BYTES: usize = 64 * 1024;
/// Headers of a request. A browser sends some twenty.
pub const REQUEST_HEADERS: usize = 64;
/// Bytes of all headers of a request together.
pub const REQUEST_HEADER_BYTES: usize = 16 * 1024;
/// Bytes of a request's path and query.
pub const REQUEST_PATH_BYTES: usize = 8 * 1024;

// Bodies.

/// Bytes of a request's body.
pub const REQUEST_BODY_BYTES: usize = 1024 * 1024;
/// For the whole body of a request to arrive.
pub const REQUEST_BODY_TIME: Duration = Duration::from_secs(30);
/// Bytes of a refused body that are read and thrown away, so that a client which is still sending
/// hears why it is refused instead of finding the connection closed.
pub const REFUSED_BODY_BYTES: usize = 16 * 1024 * 1024;
/// How long that may take in all.
pub const REFUSED_BODY_TIME: Duration = Duration::from_secs(5);
/// How long it may take from one part of a refused body to the next.
pub const REFUSED_BODY_PART_TIME: Duration = Duration::from_millis(500);
/// Clients for which this is done at the same time.
pub const REFUSED_BODIES_AT_ONCE: usize = 32;

// Files, which are passed on as they come. Between two pieces of one, its client has
// [`REQUEST_BODY_TIME`], and its service [`FIRST_BYTE_TIME`] to take more; there is no limit in all.

/// Bytes of a file that is sent.
pub const FILE_BYTES: u64 = formsmith_wire::FILE_BYTES;
/// From the last byte of a file that is sent to the first byte of the answer: a service may look
/// through what it has got before it answers.
pub const FILE_ANSWER_TIME: Duration = Duration::from_secs(60);
/// From one part of a file that is an answer to the next.
pub const FILE_PART_TIME: Duration = Duration::from_secs(30);

// The move from the plain address to the console's own name.

/// How long it is known that a probe of the name has come here.
pub const MOVE_PROBE_TIME: Duration = Duration::from_secs(60);
/// Probes of which that is known.
pub const MOVE_PROBES: usize = 64;
/// Bytes that are handed over: the history takes 30 MB at most and local storage 10, and as JSON
/// within JSON they are larger.
pub const MOVE_BYTES: usize = 64 * 1024 * 1024;
/// Uploads of them at the same time: they are large.
pub const MOVE_UPLOADS_AT_ONCE: usize = 1;
/// How long what one page hands over to another is kept for it. The refusal of what is no longer
/// there says so in words.
pub const MOVE_TIME: Duration = Duration::from_secs(2 * 60);
/// Bytes of it that are copied for a reader at a time: whoever reads slowly holds no more.
pub const MOVE_PART_BYTES: usize = 64 * 1024;

// Answers of services.

/// For the connection to an endpoint: its name, TCP and TLS.
pub const CONNECT_TIME: Duration = Duration::from_secs(5);
/// From then on to the first byte of the answer.
pub const FIRST_BYTE_TIME: Duration = Duration::from_secs(20);
/// From connecting to the last byte of the answer, and for a client to take any of it.
pub const ANSWER_TIME: Duration = Duration::from_secs(30);
/// Bytes of an answer's body.
pub const ANSWER_BYTES: usize = 16 * 1024 * 1024;
/// Bytes up to which an answer is read to its end before any of it is passed on, so that a cut-off
/// one can be told as such. What is longer streams.
pub const ANSWER_HELD_BYTES: usize = 1024 * 1024;
/// Parts of an answer that may wait for a slow client.
pub const ANSWER_PARTS_WAITING: usize = 4;
/// Bytes of an answer that is looked into, for the name of an error or for an identity: AWS's are
/// below 2 KiB. Any JSON of this length is parsed within a millisecond; its parser goes 128 levels
/// deep at most.
pub const ANSWER_READ_BYTES: usize = 16 * 1024;
/// Tags, texts and entities of XML that are read, of which AWS's answers have some dozens.
pub const XML_EVENTS: usize = 1000;
/// Elements of XML within each other: the deepest that is asked for is four.
pub const XML_DEPTH: usize = 8;
/// How long a connection to an endpoint is kept idle: shorter than endpoints do, so that one is
/// seldom closed under a request.
pub const ENDPOINT_IDLE_TIME: Duration = Duration::from_secs(10);

// Credentials and signatures.

/// For the region of the environment or the profile: the proxy does not start before it knows it,
/// or that it can't be known.
pub const REGION_TIME: Duration = Duration::from_secs(2);
/// For a source of credentials: its slowest link is a machine that has no metadata service.
pub const CREDENTIALS_TIME: Duration = Duration::from_secs(20);
/// Credentials this close to their end are replaced.
pub const CREDENTIALS_MARGIN: Duration = Duration::from_secs(5 * 60);
/// Credentials without an end are read again after this, so that an edited profile counts.
pub const CREDENTIALS_REREAD_TIME: Duration = Duration::from_secs(15 * 60);
/// For a credential process: below [`CREDENTIALS_TIME`], so that it is this limit that is met.
pub const CREDENTIAL_PROCESS_TIME: Duration = Duration::from_secs(15);
/// For what it wrote last, once it has ended.
pub const CREDENTIAL_PROCESS_REST_TIME: Duration = Duration::from_millis(200);
/// Bytes that it may write: credentials are some kilobytes.
pub const CREDENTIAL_PROCESS_BYTES: usize = 64 * 1024;
/// For STS to say whose credentials they are: a person waits for it before the review, and a
/// request before it is sent.
pub const STS_TIME: Duration = Duration::from_secs(5);
/// How long it is taken as given that STS can't be asked.
pub const IDENTITY_UNKNOWN_TIME: Duration = Duration::from_secs(30);
/// Signing keys that are held: one a day, region and service.
pub const SIGNING_KEYS: usize = 32;
/// Endpoints that are held of each service: one for each bucket, and few for all others.
pub const ENDPOINTS: usize = 256;
/// Seconds up to which a clock is not corrected: AWS refuses signatures that are five minutes off,
/// so what is off by less was refused for another reason.
pub const CLOCK_TOLERATED_SECONDS: i64 = 4 * 60;
/// Seconds by which a clock is corrected at most: one that is wrong by hours was set to the time of
/// another zone, or to the wrong half of the day. A signature is good at the time it carries, and
/// nobody should be able to ask for one that is good on another day.
pub const CLOCK_CORRECTION_SECONDS: i64 = 12 * 60 * 60;

// Signing in.

/// Sign-ins that are remembered, those under way among them.
pub const SIGN_INS: usize = 16;
/// For a person to sign in, whatever the service allows.
pub const SIGN_IN_TIME: Duration = Duration::from_secs(15 * 60);
/// How often the service is asked whether they have, if it doesn't say.
pub const SIGN_IN_INTERVAL: Duration = Duration::from_secs(5);
pub const SIGN_IN_INTERVAL_LEAST: Duration = Duration::from_secs(1);
pub const SIGN_IN_INTERVAL_MOST: Duration = Duration::from_secs(60);
/// How much longer it is waited once the service finds it too often, by RFC 8628.
pub const SIGN_IN_SLOWER: Duration = Duration::from_secs(5);
/// Bytes of an address or a code that is shown.
pub const SIGN_IN_TEXT_BYTES: usize = 2 * 1024;
/// Bytes of what is sent to sign in.
pub const SIGN_IN_BODY_BYTES: usize = 4 * 1024;

// Consent.

/// Bytes of what is proposed.
pub const CONSENT_BODY_BYTES: usize = 16 * 1024;
/// How long a review may take.
pub const CONSENT_REVIEW_TIME: Duration = Duration::from_secs(10 * 60);
/// From the confirmation to the head of the one request. Its body may take longer.
pub const CONSENT_ONE_TIME: Duration = Duration::from_secs(60);
/// From the confirmation to the head of the last attempt of a run.
pub const CONSENT_RUN_TIME: Duration = Duration::from_secs(15 * 60);
/// Minutes that may be agreed for a list.
pub const CONSENT_LIST_MINUTES: u32 = 24 * 60;
/// Requests of a list.
pub const CONSENT_LIST_REQUESTS: u32 = 1_000_000;
/// Hashes of a proof: a list of the greatest length needs no more.
pub const CONSENT_PROOF_HASHES: usize = CONSENT_LIST_REQUESTS.next_power_of_two().ilog2() as usize;
/// Attempts at one request.
pub const CONSENT_ATTEMPTS: u8 = 10;
/// Proposals that are remembered.
pub const CONSENT_PROPOSALS: usize = 1000;
/// Requests of all confirmed lists together: each costs a byte.
pub const CONSENT_REQUESTS: usize = 4_000_000;

// The session.

/// Characters that a chosen token has at least: as hexadecimal digits, they are 128 bits. What is
/// said of a shorter one names it in words.
pub const TOKEN_LENGTH_LEAST: usize = 32;
/// For the code in a printed address to be used. The help and the announcement say so in words.
pub const CODE_TIME: Duration = Duration::from_secs(5 * 60);
/// Codes that may be good at a time.
pub const CODES: usize = 64;
/// For a ticket to be used, or replaced by another.
pub const TICKET_TIME: Duration = Duration::from_secs(2 * 60);
/// Tickets that may be good at a time.
pub const TICKETS: usize = 256;
/// How long a ticket that another replaces is good for: the page may be loaded again before the new
/// one has arrived.
pub const TICKET_REPLACED_TIME: Duration = Duration::from_secs(5);
/// Codes, tickets and probes that are good no longer and remembered, for each that may be good.
pub const SECRETS_REMEMBERED: usize = 4;
/// Bytes of the body that a code or a ticket comes in.
pub const SESSION_BODY_BYTES: usize = 4 * 1024;
/// For that body to arrive.
pub const SESSION_BODY_TIME: Duration = Duration::from_secs(2);

// The audit.

/// For a line of intent to be on disk, which a request that changes something waits for, and for
/// the log's last lines when the proxy ends.
pub const AUDIT_WRITE_TIME: Duration = Duration::from_secs(5);
/// For the last lines on the terminal when the proxy ends.
pub const AUDIT_TERMINAL_TIME: Duration = Duration::from_secs(1);
/// Lines that may wait to be written.
pub const AUDIT_LINES_WAITING: usize = 4096;
/// Bytes of a line that is verified: none is longer.
pub const AUDIT_LINE_BYTES: u64 = 64 * 1024;
/// Bytes of a log's end that are read to find its last whole line.
pub const AUDIT_END_BYTES: u64 = 1024 * 1024;
/// Bytes of an identifier that is taken from a service or a client.
pub const AUDIT_ID_BYTES: usize = 128;

// Files.

/// Files that the process opens at most: with more, programs that it starts may get into trouble.
pub const OPEN_FILES: u64 = 4096;
/// Open files that no waiting connection gets: they are for as many requests as there may be, each
/// with a connection to AWS, and all the rest.
pub const OPEN_FILES_BESIDE: u64 = 176;
/// Bytes of a file of profiles: people's have some kilobytes.
pub const PROFILES_FILE_BYTES: u64 = 1024 * 1024;
/// Bytes of a file that holds a secret.
pub const SECRET_FILE_BYTES: u64 = 4 * 1024;

// The sandbox.

/// How long a client is kept waiting: for an answer that is delayed, or never comes.
pub const SANDBOX_WAIT_TIME: Duration = Duration::from_secs(2 * 60);
/// Bytes of a saved state of the sandbox, which may be larger than any request to a service: as
/// many as the sandbox takes.
pub const SANDBOX_STATE_BYTES: usize = formsmith_sandbox::STATE_BYTES;
/// How far the time of a signature may be off: as far as AWS tolerates.
pub const SANDBOX_SIGNATURE_TIME: Duration = Duration::from_secs(5 * 60);

// Several people, who sign in at a load balancer.

/// Bytes of a claim that says who somebody is.
pub const PERSON_BYTES: usize = 320;
/// Seconds by which the clocks of balancer and proxy may differ.
pub const SIGN_IN_LEEWAY: u64 = 30;
/// Public keys that are remembered.
pub const SIGN_IN_KEYS: usize = 64;
/// Characters of the id of a public key.
pub const SIGN_IN_KEY_ID_BYTES: usize = 64;
/// Bytes of a public key, as it is published.
pub const SIGN_IN_KEY_BYTES: usize = 8 * 1024;
/// For a public key to be fetched.
pub const SIGN_IN_KEY_TIME: Duration = Duration::from_secs(5);
/// Characters of the key that sessions are signed with.
pub const SESSION_KEY_LENGTH_LEAST: usize = 32;
/// For a session of a person to be used; the page begins another when it is loaded.
pub const SESSION_TIME: Duration = Duration::from_secs(12 * 60 * 60);
/// Characters of what a copy is called.
pub const COPY_NAME_LENGTH: usize = 32;
/// For a proxy to say that it is there.
pub const READY_TIME: Duration = Duration::from_secs(3);
