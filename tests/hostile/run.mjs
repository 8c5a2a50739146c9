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
  --write        keep the results in tests/hostile/results, and make the tables of its README anew
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
  if (options.write && options.only.length > 0) throw new Error("--write keeps the results of all cases: leave --only out");
  const cases = only(readCases(join(here, "cases")), options.only);
  if (options.list) {
    for (const { id, what } of cases) console.log(`${id}: ${what}`);
    console.log(`${cases.length} cases`);
    return 0;
  }
  const file = JSON.parse(readFileSync(options.proxy, "utf8"));
  if (typeof file.expect === "string") file.expect = JSON.parse(readFileSync(join(dirname(options.proxy), file.expect), "utf8"));
  const siteSecret = `secret-of-the-site-${randomBytes(8).toString("hex")}`;
  const secret = randomBytes(32).toString("hex");
  const words = {
    ...{ root, work: folder, site: makeSite(siteSecret), "site-secret": siteSecret, node: process.execPath },
    ...{ target: process.env.CARGO_TARGET_DIR ?? join(root, "target"), secret, "secret-upper": secret.toUpperCase() },
    ...{ key: "AKIDEXAMPLE", "secret-key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  };
  const results = await playAll(cases, file, words, options.verbose);
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
  if (options.write) write(join(here, "results"), join(here, "README.md"), basename(options.proxy, ".json"), file, versions(file, words), results);
  const rest = `${file.name}, ${results.length - judged} of ${results.length} cases don't apply`;
  console.log(file.measured ? `${judged} measured: ${rest}` : `${judged - failed} passed, ${failed} failed: ${rest}`);
  return failed > 0 ? 1 : 0;
}

/**
 * Plays the cases one after the other. Those that are waited for while nothing goes on begin first, with a
 * proxy and an upstream of their own, so that whatever the others do is neither blamed on them nor ends them.
 */
async function playAll(cases, file, words, verbose) {
  const [waiting, busy] = await Promise.all([newRig(file, words), newRig(file, words)]);
  const results = [];
  const round = (some, rig, alone) => begin(some, rig, results, { verbose, alone });
  const finish = await round(cases.filter(({ idle }) => idle), waiting);
  await rounds(await (await round(cases.filter(({ idle }) => !idle), busy))(), (some, alone) => round(some, busy, alone));
  await rounds(await finish(), (some, alone) => round(some, waiting, alone));
  for (const { proxy, upstream } of [waiting, busy]) {
    await proxy.stop();
    upstream.close();
  }
  const order = new Map(cases.map(({ id }, at) => [id, at]));
  return results.sort((one, other) => order.get(one.id) - order.get(other.id));
}

/** A proxy with an upstream of its own, that serves what is right. */
async function newRig(file, given) {
  const upstream = await startUpstream();
  const words = { ...given, upstream: `http://${upstream.address}`, "upstream-host": upstream.address, trap: upstream.trap };
  upstream.words = words;
  const rig = { file, words, upstream, mode: null, proxy: await startProxy(file, words) };
  const why = await serves(rig.proxy, upstream);
  if (why) throw new Error(`not even a right request is served: ${why.why}`);
  return rig;
}

/** What was waited for when another case ended the proxy is played again, in the end each by itself. */
async function rounds(left, play) {
  const again = await (await play(left))();
  await (await play(again, true))();
}

/** Begins cases; gives a way to wait for the last of them, which tells what has to be played again. */
async function begin(cases, rig, results, { verbose, alone = false }) {
  const again = [];
  const pending = [];
  for (const spec of cases) {
    const began = performance.now();
    const told = (result) => {
      results.push({ ...result, class: spec.class, id: spec.id, name: spec.name, known: spec.known, control: spec.served !== undefined });
      if (verbose) console.log(line(spec.id, result, Math.round(performance.now() - began)));
    };
    if (rig.proxy.hasEnded) await restart(rig);
    const result = await playOne(spec, rig);
    const { proxy } = rig;
    const late = result.pending?.then(async (judged) => {
      // A process that ends closes its connections first, so that it makes nothing hang.
      await pause(300);
      if (!proxy.hasEnded || ["signed", "leaked", "hung"].includes(judged.verdict)) told(judged);
      else if (alone) told(judged.verdict === "held" ? { ...judged, verdict: "crashed", why: "the proxy ended" } : judged);
      else again.push(spec);
    });
    if (!late) told(result);
    else if (alone) await late;
    else pending.push(late);
  }
  return () => Promise.all(pending).then(() => again);
}

function line(id, { verdict, outcome, why, beside }, ms) {
  return `${id}: ${verdict}: ${outcome ?? ""}${why ? ` (${why})` : ""} [${ms} ms${beside ? `, beside it ${beside} ms` : ""}]`;
}

async function playOne(spec, rig) {
  const { file, upstream } = rig;
  if (spec.mode && !file.modes?.[spec.mode]) return { verdict: "not applicable" };
  if ((spec.needs ?? []).some((need) => !(file.has ?? []).includes(need))) return { verdict: "not applicable" };
  if ((spec.mode ?? null) !== rig.mode) {
    rig.mode = spec.mode ?? null;
    await restart(rig);
  }
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
  rig.proxy = await startProxy(rig.mode ? { ...rig.file, ...rig.file.modes[rig.mode] } : rig.file, rig.words);
}

process.exit(await main().catch((error) => {
  console.error(error.stack);
  return 1;
}));
