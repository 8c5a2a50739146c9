// How many instructions of user space one signed request costs, counted by valgrind: unlike time
// it does not depend on what else the machine does. REQUESTS changes how many are sent, up to 500:
// the proxy remembers a thousand consents.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request as http } from "node:http";
import { runs } from "./consents.mjs";
import { direct, formsmith, sent, work } from "./targets.mjs";

const requests = Number(process.env.REQUESTS ?? 450);
/** valgrind's CPU has no SHA instructions: what it counts there says nothing of a real one. */
const hashing = /sha256|sha2::/i;
const goal = 110_000;

/** The instructions of a proxy that got this many requests and then ended, by function. */
async function count(upstream, many) {
  const file = `${work}/callgrind.${many}`;
  const valgrind = ["valgrind", "--tool=callgrind", `--callgrind-out-file=${file}`];
  const proxy = await formsmith(upstream, [], valgrind);
  const ids = await runs(proxy, sent, 2 * requests);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let at = 0; at < many; at += 1) {
    await post(agent, proxy, { "X-Formsmith-Consent": ids[at] });
  }
  agent.destroy();
  await proxy.end();
  const table = execFileSync("callgrind_annotate", ["--threshold=100", file], { encoding: "utf8", maxBuffer: 2 ** 28 });
  const rows = table.matchAll(/^\s*([\d,]+) \([^)]*\)\s+(.*)$/gm);
  const functions = new Map();
  for (const [, instructions, name] of rows) {
    if (name.startsWith("PROGRAM TOTALS")) continue;
    functions.set(name, (functions.get(name) ?? 0) + Number(instructions.replaceAll(",", "")));
  }
  return functions;
}

function post(agent, { address, url, headers }, more) {
  const [hostname, port] = address.split(":");
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method: "POST", path: new URL(url).pathname, headers: { ...headers, ...more } };
    const asked = http({ ...options, headers: { ...options.headers, "Content-Length": Buffer.byteLength(sent.body) } }, (answer) => {
      answer.resume();
      answer.on("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`))));
    });
    asked.on("error", reject).end(sent.body);
  });
}

const upstream = await direct();
const [few, many] = [await count(upstream, requests), await count(upstream, 2 * requests)];
const perRequest = [...many].map(([name, total]) => [name, (total - (few.get(name) ?? 0)) / requests]);
const sum = (rows) => rows.reduce((total, [, instructions]) => total + instructions, 0);
const isHashing = ([name]) => hashing.test(name);
const number = (value) => Math.round(value).toLocaleString("en-US");
const others = sum(perRequest.filter((row) => !isHashing(row)));
for (const [name, instructions] of perRequest.toSorted((one, other) => other[1] - one[1]).slice(0, Number(process.env.TOP ?? 25))) {
  console.log(`${number(instructions).padStart(10)}  ${name.slice(0, 150)}`);
}
console.log(`\n${number(sum(perRequest.filter(isHashing)))} instructions a request in SHA-256, as valgrind's CPU makes it.`);
console.log(`${number(others)} instructions a request outside of it (goal: at most ${number(goal)}, ${others <= goal ? "met" : "missed"}).`);
process.exit();
