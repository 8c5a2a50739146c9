// The steps of the Containerfile, where no engine is at hand: what it copies is all that there is, and
// what it starts serves the page.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { closeBrowser, openPage } from "./harness.mjs";
import { meets } from "./person.mjs";

after(closeBrowser);

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** The instructions of the file, as `[name, rest]`. */
async function instructions() {
  const text = await readFile(join(root, "Containerfile"), "utf8");
  return text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.match(/^(\S+) (.*)$/).slice(1));
}

/** Gives all of a folder to somebody. */
async function give(path, [user, group]) {
  await chown(path, user, group);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await give(join(path, name), [user, group]);
}

/** What a program that isn't linked statically needs besides; a release's is. */
async function addLibraries(image, program) {
  let needed = "";
  try {
    needed = execFileSync("ldd", [program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return;
  }
  for (const [path] of needed.matchAll(/\/\S+/g)) {
    await mkdir(join(image, dirname(path)), { recursive: true });
    await cp(path, join(image, path), { dereference: true });
  }
}

test("the image has the program, its models, certificates and a place for data, and runs as nobody", async (t) => {
  const archives = join(target, "archives");
  const [archive] = (await readdir(archives)).filter((name) => name.endsWith(".tar.gz"));
  execFileSync(join(root, "tools/container"), [join(archives, archive)], { env: { ...process.env, PATH: "/usr/bin:/bin" } });
  const image = await mkdtemp(join(tmpdir(), "formsmith-"));
  await chmod(image, 0o755);
  t.after(() => rm(image, { recursive: true, force: true }));

  const isRoot = process.getuid() === 0;
  const steps = await instructions();
  assert.deepEqual(steps[0], ["FROM", "scratch"]);
  for (const [, rest] of steps.filter(([name]) => name === "COPY")) {
    const [, owner, from, to] = rest.match(/^--chown=(\S+) (\S+) (\S+)$/);
    await mkdir(join(image, dirname(to)), { recursive: true });
    await cp(join(target, "container", from), join(image, to), { recursive: true });
    if (isRoot) await give(join(image, to), owner.split(":").map(Number));
  }
  const one = (name) => steps.find(([own]) => own === name)[1];
  assert.match(one("USER"), /^[1-9]\d*:[1-9]\d*$/);
  const [command, ...own] = [...JSON.parse(one("ENTRYPOINT")), ...JSON.parse(one("CMD"))];
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const args = own.map((arg) => arg.replace("8787", port));
  await addLibraries(image, join(image, command));

  // Only root can start it in a place of its own.
  const within = (program, args) => (isRoot
    ? ["chroot", [`--userspec=${one("USER")}`, image, program, ...args]]
    : [join(image, program), args.map((arg) => (arg.startsWith("/") ? join(image, arg) : arg))]);
  const environment = { PATH: process.env.PATH, HOME: isRoot ? one("ENV").replace("HOME=", "") : join(image, "data") };
  const child = spawn(...within(command, args), { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  t.after(async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const plain = new URL(line.match(/http:\S+/)[0]);
  assert.equal(plain.host, `127.0.0.1:${port}`, "its port is published as it is");

  const [checker, ...check] = JSON.parse(one("HEALTHCHECK").replace(/^CMD /, ""));
  execFileSync(...within(checker, check.map((arg) => arg.replace("8787", port))), { env: environment });
  const index = await (await fetch(new URL("/models/aws/index.json", plain))).json();
  assert.ok(index.services.ec2, "the models are beside it");
  const { origin } = await (await fetch(new URL("/api/status", plain))).json();
  const { page } = await openPage(t, `${origin}/${plain.hash}`);
  await meets(page, "proxy-sandbox");
});
