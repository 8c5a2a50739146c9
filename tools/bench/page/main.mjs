// The page beside its peers, all of them in one browser: CPU, nodes, bytes and ratios, with their limits.
//   node tools/bench/page/main.mjs [control|load|key|search|answer|lighthouse|large|growth ...]
// Without arguments all parts, after `tools/bench/page/run` has seen to what they need. ROUNDS=5 says how
// often each is measured. Limits that are missed are told; only a clock that is wrong is a failure.
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { dist, version as pageVersion } from "../../../tests/e2e/harness.mjs";
import { findBrowser } from "../../browser.mjs";
import { answer } from "./answer.mjs";
import { launch } from "./browser.mjs";
import { built, buildPages, version } from "./build.mjs";
import { control } from "./control.mjs";
import { growth } from "./growth.mjs";
import { key } from "./key.mjs";
import { large } from "./large.mjs";
import { marks } from "./lighthouse.mjs";
import { load } from "./load.mjs";
import { head, rows } from "./report.mjs";
import { search } from "./search.mjs";
import { serve } from "./serve.mjs";

const parts = { control, load, key, search, answer, lighthouse: marks, large, growth };
const path = "/some/sub/path/";
const peers = ["swagger", "rjsf", "cloudscape", "bare"];

/** A server for a page. With a service, a stand-in for the proxy is there, and gives the service's answer. */
async function site(folder, path, { service, more = () => undefined } = {}) {
  const proxy = { name: "formsmith-proxy", version: pageVersion, targets: ["sandbox"], writes: true };
  const answer = (name) => {
    if (!service || !name.startsWith("api/")) return more(name);
    return name === "api/status" ? proxy : (service.answer ?? {});
  };
  return { service, ...(await serve(folder, { path, answer })) };
}

function machine() {
  const chromium = execFileSync(findBrowser(), ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const versions = ["swagger-ui-dist", "@rjsf/core", "@cloudscape-design/components", "lighthouse"].map((name) => `${name} ${version(name)}`);
  return [`${cpus().length} × ${cpus()[0].model}`, chromium, `Node.js ${process.version}`, ...versions, new Date().toISOString().slice(0, 10)].join("; ");
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length) throw new Error(`no part is named ${unknown.join(", ")}: ${Object.keys(parts).join(", ")}`);
const ends = [];
const t = { after: (end) => ends.push(end) };
try {
  await buildPages();
  const sites = {};
  for (const name of peers) sites[name] = await site(join(built, name), "/", { service: {} });
  // As a static host has it, and in front of a proxy.
  sites.ours = await site(dist, path);
  sites.proxied = await site(dist, path, { service: {} });
  // The same page without the models of all AWS services.
  sites.alone = await site(dist, path, { more: (name) => (name === "models/aws/index.json" ? { services: {} } : undefined) });
  for (const { close } of Object.values(sites)) t.after(close);
  const { browser, port } = await launch();
  t.after(() => browser.close());
  const rounds = Number(process.env.ROUNDS ?? 5);
  const say = (text) => console.error(`formsmith: ${text}`);
  console.log(`${machine()}; ${rounds} rounds\n\n${head}`);
  for (const [name, part] of Object.entries(parts)) {
    if (chosen.length && !chosen.includes(name)) continue;
    const figures = await part({ browser, port, sites, rounds, say, t });
    console.log(rows(figures).join("\n"));
    if (part !== control || figures.every(({ holds }) => holds)) continue;
    say("the control fails: what is measured here is not what the page takes.");
    process.exitCode = 1;
    break;
  }
} finally {
  for (const end of ends.reverse()) await end();
}
