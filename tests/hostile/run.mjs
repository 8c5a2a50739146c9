// Hostile requests and answers against a local signing proxy; README.md tells how.
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { only, readCases } from "./lib/cases.mjs";
import { play, serves } from "./lib/play.mjs";
import { startProxy, versions } from "./lib/proxy.mjs";
import { VERDICTS, count, differs, write } from "./lib/report.mjs";
import { NotApplicable } from "./lib/text.mjs";
import { startUpstream } from "./lib/upstream.mjs";

const HELP = `Usage: node tests/hostile/run.mjs --proxy FILE [options]

  --proxy FILE   how the proxy is started, asked and judged (tests/hostile/proxies/*.json)
  --only NAME    a class, or a case as CLASS/CASE; may be given more than once
  --list         print the cases and end
  --write        keep the results in tests/hostile/results/
  --verbose      print every case with its outcome
`;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const folder = mkdtempSync(join(tmpdir(), "hostile-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** A site with files that nobody may get, and one that nobody may get by a link. */
function makeSite(secret) {
  const site = join(folder, "site");
  mkdirSync(join(site, ".git"), { recursive: true });
  writeFileSync(join(site, "index.html"), "<!doctype html><title>A console</title>");
  for (const place of ["../secret.txt", ".hidden", ".git/config"]) writeFileSync(join(site, place), secret);
  mkdirSync(join(folder, "outside"));
  writeFileSync(join(folder, "outside/secret.txt"), secret);
  symlinkSync("../secret.txt", join(site, "link.txt"));
  symlinkSync("../outside", join(site, "linked"));
  return site;
}

function arguments_() {
  const option = { type: "boolean", default: false };
  const { values } = parseArgs({
    options: { proxy: { type: "string" }, only: { type: "string", multiple: true, default: [] }, list: option, write: option, verbose: option, help: option },
  });
  return values;
}

async function main() {
  const options = arguments_();
  if (options.help || !(options.proxy || options.list)) {
    process.stdout.write(HELP);
    return options.help ? 0 : 2;
  }
  const cases = only(readCases(join(here, "cases")), options.only);
  if (options.list) {
    for (const { id, what } of cases) console.log(`${id}: ${what}`);
    console.log(`${cases.length} cases`);
    return 0;
  }
  const file = JSON.parse(readFileSync(options.proxy, "utf8"));
  const upstream = await startUpstream();
  const siteSecret = `secret-of-the-site-${randomBytes(8).toString("hex")}`;
  const secret = randomBytes(32).toString("hex");
  const words = {
    ...{ root, work: folder, site: makeSite(siteSecret), "site-secret": siteSecret, node: process.execPath },
    ...{ target: process.env.CARGO_TARGET_DIR ?? join(root, "target"), secret, "secret-upper": secret.toUpperCase() },
    ...{ upstream: `http://${upstream.address}`, "upstream-host": upstream.address, trap: upstream.trap },
    ...{ key: "AKIDEXAMPLE", "secret-key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  };
  upstream.words = words;
  const results = await playAll(cases, file, words, upstream, options.verbose);
  let failed = 0;
  for (const result of results) {
    const how = differs(file, result);
    if (!how) continue;
    failed += 1;
    console.log(`FAILED ${result.id}: ${how}`);
  }
  const counts = count(results);
  const judged = results.filter(({ verdict }) => verdict !== "not applicable").length;
  console.log(Object.keys(VERDICTS).map((verdict) => `${verdict} ${counts[verdict]}`).join(", "));
  if (options.write) write(join(here, "results"), basename(options.proxy, ".json"), file, versions(file, words), results);
  const rest = `${file.name}, ${results.length - judged} of ${results.length} cases don't apply`;
  console.log(file.measured ? `${judged} measured: ${rest}` : `${judged - failed} passed, ${failed} failed: ${rest}`);
  return failed > 0 ? 1 : 0;
}

/** Plays the cases one after the other; what may take long is waited for at the end. */
async function playAll(cases, file, words, upstream, verbose) {
  const rig = { file, words, upstream, proxy: await startProxy(file, words) };
  const why = await serves(rig.proxy, upstream);
  if (why) throw new Error(`not even a right request is served: ${why.why}`);
  const results = [];
  // What was waited for when another case ended the proxy is played again, in the end each by itself.
  let left = await playRound(cases, rig, results, { verbose });
  left = await playRound(left, rig, results, { verbose });
  await playRound(left, rig, results, { verbose, alone: true });
  await rig.proxy.stop();
  return results;
}

async function playRound(cases, rig, results, { verbose, alone = false }) {
  const again = [];
  const pending = [];
  for (const spec of cases) {
    const began = performance.now();
    const told = (result) => {
      results.push({ ...result, class: spec.class, id: spec.id, name: spec.name });
      if (verbose) console.log(line(spec.id, result, Math.round(performance.now() - began)));
    };
    if (rig.proxy.hasEnded) await restart(rig);
    const result = await playOne(spec, rig);
    const { proxy } = rig;
    const late = result.pending?.then(async (judged) => {
      // A process that ends closes its connections first.
      await pause(300);
      if (!proxy.hasEnded) told(judged);
      else if (alone) told(judged.verdict === "held" ? { ...judged, verdict: "crashed", why: "the proxy ended" } : judged);
      else again.push(spec);
    });
    if (!late) told(result);
    else if (alone) await late;
    else pending.push(late);
  }
  await Promise.all(pending);
  return again;
}

function line(id, { verdict, outcome, why, beside }, ms) {
  return `${id}: ${verdict}: ${outcome ?? ""}${why ? ` (${why})` : ""} [${ms} ms${beside ? `, beside it ${beside} ms` : ""}]`;
}

async function playOne(spec, rig) {
  const { file, words, upstream } = rig;
  if ((spec.needs ?? []).some((need) => !(file.has ?? []).includes(need))) return { verdict: "not applicable" };
  let result;
  // A slow moment of this machine is none of the proxy's: it must be slow each time.
  for (let attempt = 0; attempt < 3 && (!result || result.verdict === "slow"); attempt += 1) {
    upstream.identity = spec.identity ?? null;
    try {
      if (spec.identity) await restart(rig);
      result = await play(spec, rig.proxy, upstream);
    } catch (error) {
      if (error instanceof NotApplicable) result = { verdict: "not applicable" };
      else result = { verdict: "crashed", outcome: "-", why: error.message };
    }
    upstream.identity = null;
    if (spec.afterwards) await pause(spec.afterwards);
    const why = result.verdict === "not applicable" ? null : await serves(rig.proxy, upstream);
    if (why) {
      if (!["signed", "leaked"].includes(result.verdict)) result = { ...result, pending: undefined, verdict: "crashed", why: why.why, outcome: result.outcome ?? "-" };
      await restart(rig);
    } else if (spec.identity || result.verdict === "slow") {
      await restart(rig);
    }
  }
  return result;
}

async function restart(rig) {
  await rig.proxy.stop();
  rig.proxy = await startProxy(rig.file, rig.words);
}

process.exit(await main().catch((error) => {
  console.error(error.stack);
  return 1;
}));
