// The proxy under test: started, asked for its address, and given right requests.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { exchange } from "./client.mjs";
import { right, written } from "./request.mjs";
import { fill, fillAll } from "./text.mjs";

const START = 20_000;
let marks = 0;

/** Starts the proxy of a proxy file. */
export async function startProxy(file, given) {
  const words = { ...file.words, ...given };
  const [command, ...rest] = fillAll(file.command, words);
  if (!existsSync(command) && command.includes("/")) throw new Error(`${command} is not there. ${file.missing ?? ""}`);
  // Of this environment only what a process needs to run: no profile, no proxy, no credentials.
  const env = { PATH: process.env.PATH, HOME: given.work, ...fillAll(file.environment ?? {}, words) };
  const child = spawn(command, rest, { env, cwd: given.root, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  Object.assign(words, await told(child, file.ready));
  words.port = words.address.match(/\d+$/)[0];
  const proxy = {
    words,
    roles: file.roles ?? {},
    place: file.place,
    get hasEnded() {
      return child.killed || child.exitCode !== null || child.signalCode !== null;
    },
    async stop() {
      process.off("exit", kill);
      if (proxy.hasEnded) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      kill();
      await ended;
    },
    prepare: (options) => prepare(file, words, options),
  };
  try {
    for (const step of file.start ?? []) await take(step, words, words);
  } catch (error) {
    await proxy.stop();
    throw error;
  }
  return proxy;
}

/** What the proxy's output tells: the named groups of all the patterns. */
function told(child, patterns) {
  const missing = new Set([patterns].flat());
  const found = {};
  const said = [];
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}:\n${said.slice(-20).join("\n")}`));
    const limit = setTimeout(() => fail("the proxy did not say in time where it listens"), START);
    child.on("error", (error) => fail(error.message));
    child.on("exit", () => fail("the proxy ended before it listened"));
    for (const output of [child.stdout, child.stderr]) {
      createInterface(output).on("line", (line) => {
        if (missing.size === 0) return;
        said.push(line);
        for (const pattern of missing) {
          const match = line.match(pattern);
          if (!match) continue;
          Object.assign(found, match.groups);
          missing.delete(pattern);
        }
        if (missing.size > 0) return;
        clearTimeout(limit);
        resolve(found);
      });
    }
  });
}

/** A right request of its own, with the consent it needs. `steps` asks only so many of the questions before. */
async function prepare(file, base, { steps = Infinity } = {}) {
  marks += 1;
  const words = { ...base, mark: `mark-${marks}-end` };
  words.body = fill(file.request.body, words);
  for (const [name, value] of Object.entries(file.variables ?? {})) words[name] = fill(value, words);
  for (const step of (file.steps ?? []).slice(0, steps)) await take(step, words, words);
  return { request: right(file.request, words), words, mark: words.mark };
}

/** One request of those that lead to a right one; what its answer tells becomes words. */
async function take(step, words, into) {
  const request = right({ body: "", headers: {}, ...step }, words);
  const { answers } = await exchange(words.address, written(request), { methods: [step.method] });
  const [answer] = answers;
  if (answer?.status !== (step.status ?? 200)) {
    throw new Error(`${step.method} ${request.target} was answered ${answer?.status}: ${answer?.body}`);
  }
  for (const [name, place] of Object.entries(step.capture ?? {})) {
    const value = place.split(".").reduce((json, key) => json?.[key], JSON.parse(answer.body));
    if (typeof value !== "string") throw new Error(`the answer to ${request.target} has no ${place}`);
    into[name] = value;
  }
}

/** What the commands of the proxy file say of versions. */
export function versions(file, words) {
  return (file.versions ?? []).flatMap((command) => {
    const [program, ...rest] = fillAll(command, { ...file.words, ...words });
    const { stdout } = spawnSync(program, rest, { cwd: words.root, encoding: "utf8" });
    return (stdout ?? "").trim().split("\n").filter(Boolean);
  });
}
