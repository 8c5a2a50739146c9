// What stands behind the proxy: it writes down whatever reaches it and answers as a case wants it to.
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { bytes, fill } from "./text.mjs";

/** The most that an endless answer sends. */
const ENDLESS = 64 * 1024 * 1024;

const usual = {
  head: "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-RequestId: upstream\r\nContent-Length: {length}\r\n\r\n",
  body: "{}",
};
/** What AWS says to a signature whose time is off, with the right time. */
const stale = {
  head: "HTTP/1.1 400 Bad Request\r\nDate: {now}\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {length}\r\n\r\n",
  body: '{"__type":"InvalidSignatureException"}',
};
const TOLERATED = 5 * 60 * 1000;
const caller = {
  head: "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\r\n",
  body:
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/conformance</Arn>' +
    "<UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
};

async function listening(server) {
  server.listen(0, "127.0.0.1", 1024);
  await once(server, "listening");
  return `127.0.0.1:${server.address().port}`;
}

/** An upstream; `answers` has what requests with a mark get, `identity` what STS says (null: the usual). */
export async function startUpstream() {
  const upstream = { reached: [], answers: new Map(), identity: null, words: {} };
  const server = createServer({ noDelay: true }, (socket) => serve(socket, upstream).catch(() => socket.destroy()));
  upstream.address = await listening(server);
  // An address of nobody's business: whatever comes here was led astray.
  const trap = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (chunk) => {
      upstream.reached.push(entry(chunk.toString("latin1"), true));
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    });
  });
  upstream.trap = await listening(trap);
  upstream.close = () => [server, trap].forEach((each) => each.close());
  return upstream;
}

function entry(text, isElsewhere = false) {
  return {
    text,
    isElsewhere,
    isSigned: /^authorization: AWS4-HMAC-SHA256 /im.test(text),
    isIdentity: /^authorization: AWS4-HMAC-SHA256 Credential=[^\r\n]*\/sts\//im.test(text),
    isStale: Math.abs(signedAt(text) - Date.now()) > TOLERATED,
    /** The suite's own, to see how fast this machine is at the moment. */
    isControl: text.startsWith("GET / HTTP/1.1\r\nX-Control: 1\r\n\r\n"),
    mark: text.match(/mark-\d+-end/)?.[0],
  };
}

/** NaN if no time is told. */
function signedAt(text) {
  const [, ...parts] = text.match(/^x-amz-date: *(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\r/im) ?? [];
  const [year, month, ...rest] = parts.map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

async function serve(socket, upstream) {
  let left = "";
  let wake = () => {};
  let isOver = false;
  socket.on("data", (chunk) => {
    left += chunk.toString("latin1");
    wake();
  });
  for (const event of ["end", "close", "error"]) {
    socket.on(event, () => {
      isOver = true;
      wake();
    });
  }
  while (!isOver || left !== "") {
    const length = wholeLength(left);
    if (length === null) {
      if (isOver) break;
      await new Promise((resolve) => (wake = resolve));
      continue;
    }
    const reached = entry(left.slice(0, length));
    left = left.slice(length);
    if (!reached.isIdentity && !reached.isControl) upstream.reached.push(reached);
    const recipe = reached.isIdentity ? (upstream.identity ?? caller) : (upstream.answers.get(reached.mark) ?? (reached.isStale ? stale : usual));
    await answer(socket, recipe, { ...upstream.words, now: new Date().toUTCString() });
    if (recipe.then) return;
  }
  if (left !== "") upstream.reached.push(entry(left));
}

/** How long the first request is; null if it is not whole. */
function wholeLength(text) {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end);
  if (/^transfer-encoding:/im.test(head)) {
    const last = text.indexOf("0\r\n\r\n", end);
    return last < 0 ? null : last + 5;
  }
  const length = Number(head.match(/^content-length: *(\d+)/im)?.[1] ?? 0);
  return text.length < end + 4 + length ? null : end + 4 + length;
}

const writes = (socket, text) =>
  new Promise((resolve) => {
    if (socket.destroyed) return resolve(false);
    const gone = () => resolve(false);
    socket.once("close", gone);
    socket.write(typeof text === "string" ? bytes(text) : text, (error) => {
      socket.off("close", gone);
      resolve(!error);
    });
  });

/**
 * Writes an answer. `wait`: milliseconds before; `head`, where `{length}` is the body's; `body`; `drip`: a part
 * that is sent again every so many milliseconds (`every`) as long as somebody listens; `endless`: a part that is
 * sent again as fast as it is taken; `then`: `close`, `reset`, `hold`.
 */
async function answer(socket, recipe, words) {
  if (recipe.wait) await pause(recipe.wait);
  const body = fill(recipe.body ?? "", words);
  const head = fill(recipe.head ?? "", { ...words, length: String(body.length) });
  // Character by character: some read a head or nothing.
  await writes(socket, head + body);
  if (recipe.drip) {
    const part = fill(recipe.drip, words);
    while (await writes(socket, part)) await pause(recipe.every);
  }
  if (recipe.endless) {
    const part = bytes(fill(recipe.endless, words));
    for (let sent = 0; sent < ENDLESS; sent += part.length) if (!(await writes(socket, part))) return;
  }
  if (recipe.then === "close") socket.end();
  if (recipe.then === "reset") socket.resetAndDestroy();
}
