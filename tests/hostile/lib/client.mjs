// A client that sends any bytes, at any pace.
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { answersIn } from "./answer.mjs";
import { bytes } from "./text.mjs";

/** How long one looks for more than was asked for. */
const MORE = 40;

/**
 * Sends and takes what comes, until the expected number of answers is there or the connection ends, at most
 * for `within` milliseconds. `deliver`: `first`, so many bytes of all (negative: all but so many); `every` and
 * `by`, the rest so many bytes at a time; `then`, what follows: `hold`, `close`, `reset`, `half-close`;
 * `read: false` takes nothing of the answer.
 */
export function exchange(address, text, { methods = ["POST"], within = 5000, deliver = {}, signal } = {}) {
  const [, host, port] = address.match(/^\[?(.*?)\]?:(\d+)$/);
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
    const chunks = [];
    let length = 0;
    let timer;
    let dripping;
    const done = (end) => {
      clearTimeout(timer);
      clearTimeout(limit);
      clearInterval(dripping);
      signal?.removeEventListener("abort", given);
      socket.destroy();
      const got = chunks.join("");
      const answers = answersIn(got, methods, end !== "open");
      resolve({ answers, end, got, ms: performance.now() - started });
    };
    const given = () => done("open");
    const limit = setTimeout(given, within);
    signal?.addEventListener("abort", given);
    socket.on("error", () => done("closed"));
    socket.on("end", () => done("closed"));
    socket.on("close", () => done("closed"));
    if (deliver.read !== false) {
      socket.on("data", (chunk) => {
        chunks.push(chunk.toString("latin1"));
        length += chunk.length;
        // Joining and scanning a large answer again for each of its parts would keep this process so busy
        // that requests beside it seem slow.
        if (length > 1_000_000 && !chunks.slice(-5).join("").endsWith("0\r\n\r\n")) return;
        const complete = answersIn(chunks.join(""), methods, false).filter((answer) => answer.complete);
        clearTimeout(timer);
        if (complete.length >= methods.length) timer = setTimeout(() => done("answered"), MORE);
      });
    }
    socket.on("connect", () => send(socket, bytes(text), deliver).then((interval) => (dripping = interval)));
  });
}

async function send(socket, all, { first = all.length, every, by = 1, then }) {
  const cut = first < 0 ? Math.max(0, all.length + first) : Math.min(first, all.length);
  if (cut > 0) socket.write(all.subarray(0, cut));
  if (every) {
    let at = cut;
    return setInterval(() => {
      if (at < all.length && !socket.destroyed) socket.write(all.subarray(at, (at += by)));
    }, every);
  }
  if (then === "half-close") socket.end();
  if (then === "close" || then === "reset") {
    await pause(50);
    if (then === "close") socket.destroy();
    else socket.resetAndDestroy();
  }
  return undefined;
}
