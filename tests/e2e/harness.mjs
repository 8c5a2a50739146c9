// What every end-to-end test stands on: the built page under a path of a static host, the proxy,
// a browser that forgives no console error, axe-core, pictures.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "../../tools/browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const endings = new WeakMap();

/** Runs when a test has ended: pages close before the servers they talk to, whichever was first. */
function atEnd(t, end, isPage = false) {
  if (!endings.has(t)) {
    endings.set(t, []);
    t.after(async () => {
      const problems = [];
      for (const run of endings.get(t)) {
        await Promise.resolve().then(run).catch((problem) => problems.push(problem));
      }
      if (problems.length) throw problems[0];
    });
  }
  endings.get(t)[isPage ? "unshift" : "push"](end);
}

/** The page's version; a proxy that goes with it has the same. */
export const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];

/** The folder of the release page. */
export const dist = join(root, "dist");

export const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves the release page as a plain static host does, below `path` and nowhere else.
 * `answer(name, response)` may answer for a file itself by returning true.
 */
export async function startSite(t, { path = "/some/sub/path/", answer = () => false } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = normalize(pathname.slice(path.length) || "index.html");
    if (answer(name, response)) return;
    const file = join(dist, name);
    const found = pathname.startsWith(path) && !name.startsWith("..") && (await stat(file).catch(() => null))?.isFile();
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atEnd(t, () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}${path}` };
}

/**
 * Starts the proxy on a free port with the arguments given, by default for its sandbox and serving
 * the page. `env` may name another program in FORMSMITH_PROXY. `url` is the console's address with a code, which can be opened once, at `origin`, the
 * proxy's own; `newAddress()` gives another, as Enter in its terminal does. `plain` is the first
 * address as it is printed, which leads there, and which others than browsers can reach;
 * `newPlainAddress()` is another of those. `output()` is all it wrote. What the proxy keeps is its own, and ends with the test.
 */
export async function startProxy(t, args = ["--target", "sandbox", "--site", dist], env = {}) {
  const binary = env.FORMSMITH_PROXY ?? process.env.FORMSMITH_PROXY ?? join(target, "debug", "formsmith-proxy");
  const token = randomBytes(32).toString("hex");
  const data = await mkdtemp(join(tmpdir(), "formsmith-"));
  const child = spawn(binary, ["--listen", "127.0.0.1:0", "--data", data, ...args], {
    env: { ...process.env, FORMSMITH_TOKEN: token, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(force);
  };
  atEnd(t, stop);
  atEnd(t, () => rm(data, { recursive: true, force: true }));

  const lines = [];
  const waiting = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      const found = line.match(/https?:\/\/\S+#code=\S+/);
      if (found) waiting.shift()?.(new URL(found[0]));
    });
  }
  const failed = new Promise((_resolve, reject) => {
    child.once("error", (cause) => reject(new Error(`${binary} did not start: ${cause.message}`)));
    child.once("exit", (code) => reject(new Error(`the proxy ended with ${code}:\n${lines.join("\n")}`)));
  });
  failed.catch(() => {});
  const printed = () => new Promise((resolve, reject) => {
    waiting.push(resolve);
    setTimeout(() => reject(new Error(`the proxy printed no address:\n${lines.join("\n")}`)), 10_000).unref();
  });
  const nextAddress = () => Promise.race([printed(), failed]);
  const plain = await nextAddress();
  // Without a page there is no other origin.
  const { origin = plain.origin } = await (await fetch(new URL("/api/status", plain))).json();
  const at = (address) => `${origin}/${address.hash}`;
  const newPlainAddress = async () => {
    const address = nextAddress();
    child.stdin.write("\n");
    return (await address).href;
  };
  const newAddress = async () => at(new URL(await newPlainAddress()));
  return { url: at(plain), origin, plain, token, newAddress, newPlainAddress, output: () => lines.join("\n"), stop };
}

let launched;

function launch(more = []) {
  return chromium.launch({ executablePath: findBrowser(), args: [...flags, ...more], headless: true });
}

/** One browser for all tests of a file; it ends with the process. */
function browser() {
  launched ??= launch();
  return launched;
}

/** Closes the browser; for `after` of the file's outermost level. */
export async function closeBrowser() {
  await (await launched)?.close();
  launched = undefined;
}

/**
 * Opens a page in a context of its own. Console errors, exceptions and violations of the page's
 * policy fail the test at its end, unless the test takes them out of `problems` first.
 * With `url`, goes there and waits until the console has started. With `flags`, it is in a browser
 * of its own that is started with them. `prepare` runs in the page before anything else. With
 * `keepsPage`, the browser may keep the page's files for when there is no network.
 */
export async function openPage(t, url, { width = 1366, height = 900, colorScheme = "light", flags: more, prepare, keepsPage = false, ...options } = {}) {
  const started = await (more ? launch(more) : browser());
  if (more) atEnd(t, () => started.close());
  const context = await started.newContext({ viewport: { width, height }, colorScheme, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = [];

  if (!keepsPage) await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
  if (prepare) await page.addInitScript(prepare);
  await page.exposeBinding("formsmithViolation", (_source, text) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.formsmithViolation(`${event.effectiveDirective} blocked ${event.blockedURI}`);
    });
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // Chromium reports each answer that is not 2xx; for an operation that is an answer, not a fault.
    const { url: source } = message.location();
    if (message.text().startsWith("Failed to load resource") && source.includes("/api/")) return;
    problems.push(`console: ${message.text()} (${source})`);
  });

  // What hangs in a page would hang for ever, as scripts in pages have no time limit: so it fails by its name.
  const limit = setTimeout(() => context.close(), 180_000);
  atEnd(t, async () => {
    clearTimeout(limit);
    await context.close();
    assert.deepEqual(problems, [], "the page reported problems");
  }, true);
  if (url) {
    await page.goto(url);
    await page.locator("#boot").waitFor({ state: "detached" });
  }
  return { page, context, problems };
}

/** Asserts that axe-core finds nothing, in the light and in the dark scheme. */
export async function assertAccessible(page, name = "the page") {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} at ${node.target.join(" ")} (${node.any.map((check) => check.message).join("; ")})`),
    );
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Pictures of the whole page, light and dark, 1366 and 390 pixels wide, into target/screenshots. */
export async function takePictures(page, name) {
  const folder = join(target, "screenshots");
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/**
 * Waits until transitions have run their course, so that no colour is caught halfway. Their state
 * is asked for, frame by frame: Chromium may leave the promise of one that ended unfulfilled.
 */
function settled(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const runs = (one) => one.playState === "running" && one.effect?.getComputedTiming().endTime < Infinity;
    await frame();
    do await frame();
    while (document.getAnimations().some(runs));
  });
}
