// 500 requests a second beside every hostile answer there is: are all of them answered well, and
// soon? DURATION changes how many seconds, RATE how many requests a second.
import { Agent, request } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { reading, start } from "./targets.mjs";
import { resident } from "./wrk.mjs";

const duration = Number(process.env.DURATION ?? 600);
const rate = Number(process.env.RATE ?? 500);
/** The longest that a good request may take, in milliseconds. */
const limit = 250;
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const number = (value) => value.toLocaleString("en-US");

const upstream = await start(process.execPath, [file("hostile-answers.mjs")]);
const names = upstream.line.split(" ").slice(1);
const { pid, address, token } = await reading(upstream);
const path = "/api/servicecatalog/us-east-1/";
const headers = {
  "Content-Type": "application/x-amz-json-1.1",
  "X-Amz-Target": "AWS242ServiceCatalogService.ListServiceActions",
  "X-Formsmith-Token": token,
};
const body = JSON.stringify({ AcceptLanguage: "good" });
const own = { ...headers, "Content-Length": Buffer.byteLength(body) };
const agent = new Agent({ keepAlive: true });
const [hostname, port] = address.split(":");

let [sent, answered, late, slowest] = [0, 0, 0, 0];
const lost = new Map();

function ask() {
  sent += 1;
  const started = performance.now();
  const lose = (why) => lost.set(why, (lost.get(why) ?? 0) + 1);
  const asked = request({ agent, hostname, port, method: "POST", path, headers: own }, async (answer) => {
    let text = "";
    try {
      for await (const part of answer) text += part;
    } catch (error) {
      return lose(error.code);
    }
    if (answer.statusCode !== 200 || !text.includes("act-fs7abcd89wxyz")) return lose(`HTTP ${answer.statusCode}: ${text.slice(0, 200)}`);
    const took = performance.now() - started;
    answered += 1;
    slowest = Math.max(slowest, took);
    if (took > limit) late += 1;
  });
  asked.on("error", (error) => lose(error.code)).end(body);
}

/** Sends what is due by now, and goes on until the time is over. */
function send(seconds) {
  return new Promise((resolve) => {
    const started = performance.now();
    const before = sent;
    const timer = setInterval(() => {
      const passed = Math.min((performance.now() - started) / 1000, seconds);
      while (sent - before < Math.floor(passed * rate)) ask();
      if (passed < seconds) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
}

// Until its code is warm, this client is slower than what it measures.
await send(2);
await new Promise((resolve) => setTimeout(resolve, 500));
[sent, answered, late, slowest] = [0, 0, 0, 0];
const stalls = monitorEventLoopDelay({ resolution: 5 });
stalls.enable();
const clients = new Worker(file("hostile-clients.mjs"), { workerData: { address, path, headers, token, names } });
console.log(`${rate} requests a second for ${duration} seconds, beside ${names.length} kinds of hostile answers.`);
for (let left = duration; left > 0; left -= 60) {
  await send(Math.min(left, 60));
  console.log(`${number(sent)} sent, the slowest took ${slowest.toFixed(0)} ms; ${number(resident(pid))} KiB`);
}
// What is still under way has its time.
await new Promise((resolve) => setTimeout(resolve, 2000));
stalls.disable();
const hostile = await new Promise((resolve) => clients.once("message", resolve).postMessage("counts"));
console.log("\nHostile answers, and what became of them:");
for (const [name, count] of Object.entries(hostile).sort()) console.log(`  ${name} ${number(count)}`);
const isComplete = names.every((name) => Object.keys(hostile).some((key) => key.startsWith(`${name}: `)));
if (!isComplete) console.log("Some came to no end in this time: that takes half a minute at least.");
const missing = sent - answered;
console.log(`\n${number(sent)} good requests: ${number(missing)} lost, ${number(late)} slower than ${limit} ms; the slowest took ${slowest.toFixed(0)} ms.`);
for (const [why, count] of lost) console.log(`  ${number(count)} lost: ${why}`);
console.log(`This client itself stood still for ${(stalls.max / 1e6).toFixed(0)} ms at most.`);
process.exit(missing || late ? 1 : 0);
