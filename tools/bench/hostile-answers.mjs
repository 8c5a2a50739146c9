// An endpoint of AWS that answers a request for "good" well, and every other as badly as its name
// says. The first line it prints is its address.
import { createServer } from "node:http";

const json = "application/x-amz-json-1.1";
const good = JSON.stringify({ ServiceActionSummaries: [{ Id: "act-fs7abcd89wxyz", Name: "Restart", DefinitionType: "SSM_AUTOMATION" }] });
/** AWS takes no signature that is further off. */
const tolerated = 5 * 60_000;
const caller =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/soak</Arn>" +
  "<UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

const repeat = (count, part) => Array.from({ length: count }, (_, at) => part(at)).join("");
const namespaces = repeat(3300, (at) => `<a xmlns:n${at}="urn:${at}">`);
const attributes = `<a ${repeat(105_000, (at) => `a${at}="" `)}/>`;
const deep = "<a>".repeat(300_000);
const entities = `<!DOCTYPE a [<!ENTITY b0 "bbbbbbbbbb">${repeat(9, (at) => `<!ENTITY b${at + 1} "${`&b${at};`.repeat(10)}">`)}]><a>&b9;</a>`;
const bombs = [namespaces, attributes, deep, entities];

function tell(answer, status, type, body, headers = {}) {
  answer.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body), ...headers });
  answer.end(body);
}
const xml = (status, body) => (answer) => tell(answer, status, "text/xml", body);
const raw = (bytes) => (answer) => answer.socket.end(bytes);

/** Ends only with its client. */
function endless(answer, part, pause) {
  const timer = setInterval(() => answer.write(part), pause);
  answer.on("close", () => clearInterval(timer));
}

/** By the name that stands in the request. */
const answers = {
  namespaces: xml(400, namespaces),
  attributes: xml(403, attributes),
  deep: xml(400, deep),
  entities: xml(500, entities),
  "far-date": (answer) =>
    tell(answer, 400, json, '{"__type":"InvalidSignatureException"}', { Date: "Fri, 31 Dec 9999 23:59:59 GMT" }),
  "early-date": (answer) =>
    tell(answer, 400, json, '{"__type":"RequestTimeTooSkewed"}', { Date: "Thu, 01 Jan 1970 00:00:00 GMT" }),
  expired: (answer) => tell(answer, 400, json, '{"__type":"ExpiredTokenException"}'),
  redirect: (answer) => tell(answer, 307, json, "{}", { Location: "http://127.0.0.1:1/" }),
  "cut-off": raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"),
  reset: (answer) => answer.socket.resetAndDestroy(),
  garbage: raw(Buffer.from([0x16, 3, 1, 2, 0, 0xff, 0x0d, 0x0a, 0x0d, 0x0a])),
  encoding: (answer) => tell(answer, 200, json, Buffer.from([0x1f, 0x8b, 8, 0, 0xff]), { "Content-Encoding": "gzip" }),
  "long-head": raw(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(1_000_000)}\r\n\r\n`),
  large: (answer) => tell(answer, 200, json, "x".repeat(17 * 1024 * 1024)),
  endless: (answer) => endless(answer.writeHead(200, { "Content-Type": json }), "x".repeat(1024), 20),
  "endless-error": (answer) => endless(answer.writeHead(400, { "Content-Type": json }), "x".repeat(1024), 20),
  "slow-head": (answer) => {
    const { socket } = answer;
    socket.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => socket.write("X: y\r\n"), 500);
    socket.on("close", () => clearInterval(timer));
  },
  silent: () => {},
};

/** As AWS does, it judges the time of the signature. */
function well(request, answer) {
  const text = request.headers["x-amz-date"] ?? "";
  const time = Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const isInTime = Math.abs(Date.now() - time) < tolerated;
  if (isInTime) tell(answer, 200, json, good);
  else tell(answer, 400, json, '{"__type":"InvalidSignatureException","message":"Signature expired"}');
}

let asked = 0;
const server = createServer(async (request, answer) => {
  request.on("error", () => {});
  answer.on("error", () => {});
  answer.socket.on("error", () => {});
  let body = "";
  try {
    for await (const part of request) body += part;
  } catch {
    return;
  }
  // STS is asked with a form. Of its answers only the first says who it is.
  if (!request.headers["x-amz-target"]) return xml(asked ? 400 : 200, asked++ ? bombs[asked % bombs.length] : caller)(answer);
  const name = JSON.parse(body).AcceptLanguage;
  if (name === "good") well(request, answer);
  else answers[name](answer);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  console.log(`127.0.0.1:${server.address().port} ${Object.keys(answers).join(" ")}`);
});
