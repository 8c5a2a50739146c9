// One run of wrk, and what it cost the process that answered.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lists, withdraw } from "./consents.mjs";
import { body, sent, work } from "./targets.mjs";

const script = fileURLToPath(new URL("request.lua", import.meta.url));
/** More requests a second than any proxy here answers. */
const most = 60_000;
/** Linux counts a process's CPU time in these. */
const tick = 10_000;

/** The CPU time of a process so far, in microseconds: its own and the kernel's on its behalf. */
export function cpu(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** Resident memory of a process, in KiB. */
export function resident(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB$/m)[1]);
}

/** A file with consents for so many seconds, and their names. */
async function agreed(target, seconds) {
  const { ids, count, siblings } = await lists(target, sent, seconds * most);
  const file = join(work, "consents");
  writeFileSync(file, [count, siblings, ...ids].join("\n"));
  return { file, ids };
}

/** Sends for so many seconds over so many connections; every request must be answered well. */
export async function measure(target, connections, seconds) {
  const headers = Object.entries(target.headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, ...headers];
  const agreement = target.isReviewed ? await agreed(target, seconds) : { ids: [] };
  const files = [body, ...(agreement.file ? [agreement.file] : [])];
  const before = cpu(target.pid);
  const { stdout } = await promisify(execFile)("wrk", [...args, target.url, "--", ...files]);
  const used = cpu(target.pid) - before;
  await withdraw(target, agreement.ids);
  const run = JSON.parse(stdout.match(/^measured (.*)$/m)[1]);
  if (run.refused || run.broken) {
    throw new Error(`${target.name}: ${run.refused} requests refused, ${run.broken} broken.`);
  }
  return {
    requests: run.requests,
    rate: run.requests / (run.microseconds / 1e6),
    p50: run.p50,
    p99: run.p99,
    cpu: used / run.requests,
  };
}
