// What is measured: processes on loopback that each answer one recorded request.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
/** The folder for what is made on the way. */
export const work = join(target, "bench");
const token = "the-token-of-the-benchmark-012345";
const keys = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

const { request, response } = JSON.parse(
  readFileSync(join(root, "tests/cases/servicecatalog/wire/bd_partial_failure.json"), "utf8"),
);
const own = { "Content-Type": request.headers["Content-Type"], "X-Amz-Target": request.headers["X-Amz-Target"] };

/** What is sent to this proxy: where, and what its hash is made of. */
export const sent = { method: request.method, prefix: "/api/servicecatalog/us-east-1", path: "/", headers: own, body: request.body };

/** The file that holds the request's body, for wrk. */
export const body = join(work, "request.json");
const answer = join(work, "answer.json");
mkdirSync(work, { recursive: true });
writeFileSync(body, request.body);
writeFileSync(answer, response.body);

const children = [];
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** Starts a process whose first line has its address. */
export async function start(command, args, own = {}) {
  // Of this environment only what a process needs to run: no profile, no proxy, no credentials.
  const env = { PATH: process.env.PATH, HOME: work, ...keys, ...own };
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  child.on("error", (error) => {
    throw error;
  });
  for await (const line of createInterface(child.stdout)) {
    const address = line.match(/127\.0\.0\.1:\d+/)?.[0];
    if (address) return { pid: child.pid, address, line, end: () => ended(child) };
  }
  throw new Error(`${command} ended before it listened.`);
}

function ended(child) {
  return new Promise((resolve) => child.on("exit", resolve).kill("SIGTERM"));
}

/** The upstream without anything before it. It wants to see a signature, of whatever worth. */
export async function direct() {
  const process = await start(join(target, "release/examples/upstream"), [answer]);
  const url = `http://${process.address}/`;
  return ready({ ...process, name: "direct", url, headers: { ...own, Authorization: "AWS4-HMAC-SHA256 none" } });
}

/** The same with an audit log: what is measured changes something, so it waits for the disk. */
export async function audited(upstream) {
  const log = join(work, "audit.log");
  rmSync(log, { force: true });
  return { ...(await formsmith(upstream, ["--audit", log])), name: "formsmith audit" };
}

/** This proxy, as `make aws` starts it, by itself or under another command. */
export async function formsmith(upstream, more = [], under = []) {
  const args = ["--listen", "127.0.0.1:0", "--target", "aws", "--endpoint", `http://${upstream.address}`, "--allow-write", ...more];
  const [command, ...rest] = [...under, join(target, "release/formsmith-proxy"), ...args];
  const process = await start(command, rest, { FORMSMITH_TOKEN: token });
  const url = `http://${process.address}${sent.prefix}${sent.path}`;
  const headers = { ...own, "X-Formsmith-Token": token };
  return { ...process, name: "formsmith", token, url, headers, isReviewed: true };
}

/** This proxy as it stands in front of the same endpoint when nothing may be changed. */
export async function reading(upstream, more = []) {
  const args = ["--listen", "127.0.0.1:0", "--target", "aws", "--endpoint", `http://${upstream.address}`, ...more];
  const process = await start(join(target, "release/formsmith-proxy"), args, { FORMSMITH_TOKEN: token });
  return { ...process, token };
}

/** The sandbox of this proxy. */
export function sandbox() {
  return start(join(target, "release/formsmith-proxy"), ["--listen", "127.0.0.1:0"]);
}

/** Node's http and the package aws4. */
export async function node(upstream) {
  const peer = fileURLToPath(new URL("peer.mjs", import.meta.url));
  const started = await start(process.execPath, [peer, `http://${upstream.address}`]);
  return ready({ ...started, name: "node aws4", url: `http://${started.address}/`, headers: own });
}

/** aiohttp and botocore. */
export async function aiohttp(upstream) {
  const peer = fileURLToPath(new URL("peer.py", import.meta.url));
  const python = join(root, ".tools/bench-python/bin/python");
  const started = await start(python, [peer, `http://${upstream.address}`]);
  return ready({ ...started, name: "aiohttp botocore", url: `http://${started.address}/`, headers: own });
}

/** Measures only what gives the right answer. */
async function ready(target) {
  const got = await fetch(target.url, { method: "POST", headers: target.headers, body: request.body });
  const text = await got.text();
  if (got.status !== 200 || text !== response.body) {
    throw new Error(`${target.name} answers HTTP ${got.status}: ${text}`);
  }
  return target;
}
