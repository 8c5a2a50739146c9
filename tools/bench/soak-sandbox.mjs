// 200,000 requests to the sandbox over 32 connections: is each effect counted once, and does the
// memory stay what it was? REQUESTS changes how many.
import { Agent, request } from "node:http";
import { sandbox } from "./targets.mjs";
import { resident } from "./wrk.mjs";

const requests = Number(process.env.REQUESTS ?? 200_000);
const connections = 32;
/** What a process may grow by without growing: pages that the allocator has kept. */
const slack = 4096;
const association = {
  ServiceActionId: "act-fs7abcd89wxyz",
  ProductId: "prod-abcdzk7xy33qa",
  ProvisioningArtifactId: "pa-wk3f6hvy9pb7m",
};
const operations = ["AssociateServiceActionWithProvisioningArtifact", "DisassociateServiceActionFromProvisioningArtifact"];

const { pid, address } = await sandbox();
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function ask(method, path, headers = {}, body = "") {
  return new Promise((resolve, reject) => {
    const [hostname, port] = address.split(":");
    const sent = request({ agent, hostname, port, method, path, headers: { ...headers, "Content-Length": Buffer.byteLength(body) } }, async (answer) => {
      let text = "";
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode, text });
    });
    sent.on("error", reject).end(body);
  });
}

let sent = 0;
let done = 0;
const refused = new Map();
const seen = [];
const marks = [0.1, 0.5, 1];
const number = (value) => value.toLocaleString("en-US");

/** Associates and disassociates by turns; others do the same, so some find it done already. */
async function work(worker) {
  while (sent < requests) {
    const turn = sent++;
    const headers = {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWS242ServiceCatalogService.${operations[turn % 2]}`,
    };
    const body = JSON.stringify({ ...association, IdempotencyToken: `soak-${worker}-${turn}` });
    const { status, text } = await ask("POST", "/sandbox/", headers, body);
    if (status === 200) done++;
    else {
      const name = JSON.parse(text).__type.split("#")[1];
      refused.set(name, (refused.get(name) ?? 0) + 1);
    }
    while (seen.length < marks.length && turn + 1 >= marks[seen.length] * requests) {
      seen.push(resident(pid));
      console.log(`after ${number(turn + 1)} requests: ${number(seen.at(-1))} KiB`);
    }
  }
}

console.log(`at the start: ${number(resident(pid))} KiB`);
await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)));
const ledger = JSON.parse((await ask("GET", "/sandbox/_ledger")).text);
console.log(`${number(done)} done, ${[...refused].map(([name, count]) => `${number(count)} ${name}`).join(", ")}; the ledger counts ${number(ledger.count)}.`);
const expected = ["DuplicateResourceException", "ResourceNotFoundException"];
const isWhole = ledger.count === done && [...refused.keys()].every((name) => expected.includes(name));
const growth = seen.at(-1) - seen[1];
console.log(`${isWhole ? "Nothing was lost" : "SOMETHING WAS LOST"}; ${number(growth)} KiB from the half to the end.`);
process.exit(isWhole && growth <= slack ? 0 : 1);
