// A thread that asks for each hostile answer again and again, and counts what came of it.
import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const { address, path, headers, token, names } = workerData;
/** How many of one kind may be under way: some are answered only by the proxy's limits. */
const together = 2;
/** Before the next of the same kind, in milliseconds. */
const pause = 200;
const [hostname, port] = address.split(":");
const agent = new Agent({ keepAlive: true });
const counts = {};

function ask(options, body) {
  return new Promise((resolve) => {
    const sent = request({ agent, hostname, port, ...options }, (answer) => {
      answer.on("error", () => {}).on("close", () => resolve(answer.headers["x-formsmith-error"] ?? answer.statusCode)).resume();
    });
    sent.on("error", () => resolve("ended")).end(body);
  });
}

async function work(name, options, body) {
  for (;;) {
    const came = await ask(options, body);
    const key = `${name}: ${came}`;
    counts[key] = (counts[key] ?? 0) + 1;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

for (const name of names) {
  const body = JSON.stringify({ AcceptLanguage: name });
  const own = { ...headers, "Content-Length": Buffer.byteLength(body) };
  for (let at = 0; at < together; at += 1) work(name, { method: "POST", path, headers: own }, body);
}
work("who", { method: "GET", path: "/api/status", headers: { "X-Formsmith-Token": token } });
parentPort.on("message", () => parentPort.postMessage(counts));
