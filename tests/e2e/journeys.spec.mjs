// Journeys through the console, each a story over several operations: in front of moto's server,
// and the five operations that are built in on the sandbox. What counts as carried out is what the
// page said was done and the proxy's audit log has as answered.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { closeBrowser, dist, startProxy } from "./harness.mjs";
import { setOut, toldDone } from "./journey.mjs";
import * as access from "./journeys/access.mjs";
import * as data from "./journeys/data.mjs";
import * as machines from "./journeys/machines.mjs";
import * as messages from "./journeys/messages.mjs";
import * as names from "./journeys/names.mjs";
import * as seeds from "./journeys/seeds.mjs";
import { proxyOf, startMoto } from "./moto.mjs";

after(closeBrowser);

const parts = [messages, access, data, machines, names];

/** What an audit log has as answered, as `sqs:CreateQueue`. */
async function answered(log) {
  const lines = (await readFile(log, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  const done = lines.filter(({ kind, outcome, status, service }) => kind === "outcome" && outcome === "answered" && status < 300 && service);
  return done.map(({ service, operation }) => `${service}:${operation}`);
}

test("journeys", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-journeys-"));
  const logs = ["moto", "sandbox"].map((name) => join(folder, `${name}.log`));
  const moto = await startMoto(parts.flatMap((part) => part.services));
  const proxies = [await proxyOf(t, moto, ["--audit", logs[0]]), await startProxy(t, ["--target", "sandbox", "--site", dist, "--audit", logs[1]])];
  t.after(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  for (const [title, journey] of parts.flatMap((part) => Object.entries(part.journeys))) {
    await t.test(title, async (t) => journey(await setOut(t, proxies[0], "proxy-aws")));
  }
  for (const [title, journey] of Object.entries(seeds.journeys)) {
    await t.test(title, async (t) => journey(await setOut(t, proxies[1], "proxy-sandbox")));
  }

  await t.test("they are 40 operations of 20 services at least, the five that are built in among them", async (t) => {
    const all = new Set((await Promise.all(logs.map(answered))).flat().filter((name) => toldDone.has(name)));
    const services = new Set([...all].map((name) => name.split(":")[0]));
    t.diagnostic(`${all.size} operations of ${services.size} services`);
    assert.ok(all.size >= 40, `${all.size} operations`);
    assert.ok(services.size >= 20, `${services.size} services`);
    assert.deepEqual(seeds.operations.filter((name) => !all.has(name)), []);
  });
});
