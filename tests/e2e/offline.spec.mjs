// The page without a network: what was fetched once opens and works, all of it of one build, and a
// newer build is taken when the person says so.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { operations } from "./cases.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, takePictures } from "./harness.mjs";
import { associate, associated, known, openHistory, runs, send } from "./history.mjs";
import { startHost } from "./host.mjs";
import { button, editAgain, editIfFolded, field, flash, openOperation, sees, status, words } from "./person.mjs";
import { listed, openPresets, saveOne } from "./presets.mjs";

after(closeBrowser);

const root = fileURLToPath(new URL("../..", import.meta.url));
const ready = "A new version of this page is ready";

/** A page that may keep what it is made of, as in any browser. */
async function open(t, host, options) {
  const opened = await openPage(t, undefined, { keepsPage: true, ...options });
  const foreign = [];
  opened.context.on("request", (request) => {
    if (!request.url().startsWith(host.url)) foreign.push(request.url());
  });
  await opened.page.goto(host.url);
  await started(opened.page);
  return { ...opened, foreign };
}

const started = (page) => page.locator("#boot").waitFor({ state: "detached" });

/** Until the browser has all of a build. */
const isKept = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  const { active } = registration;
  if (active.state !== "activated") await new Promise((resolve) => active.addEventListener("statechange", resolve));
});

/** The builds of which the browser has files. */
const builds = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(" build ")));

/** The release page as another build has it: changed in each kind of file, so that a mix would show. */
async function another(t) {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-build-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(dist, folder, { recursive: true });
  for (const name of await readdir(folder, { recursive: true })) if (/\.(br|gz)$/.test(name)) await rm(join(folder, name));
  const parts = (await readdir(folder)).find((name) => /^formsmith-[0-9a-f]{16}$/.test(name));
  const renamed = "formsmith-0123456789abcdef";
  await rename(join(folder, parts), join(folder, renamed));
  const change = async (name, from, to) => {
    const file = join(folder, name);
    const before = await readFile(file, "utf8");
    assert.ok(before.includes(from), `${name} has ${from}`);
    await writeFile(file, before.replaceAll(from, to));
  };
  await change("index.html", parts, renamed);
  await change("index.html", "A browser console", "Another browser console");
  await change("models/service-catalog.json", "Product version ID", "Second version ID");
  execFileSync("node", [join(root, "tools/worker.mjs"), folder], { cwd: root });
  return folder;
}

const description = (page) => page.locator("meta[name=description]").getAttribute("content");

test("without a network the page opens, sends in its sandbox, and has its history and presets", async (t) => {
  const host = await startHost(t);
  const { page, context, foreign } = await open(t, host);
  // The form that was sent is folded.
  await saveOne(page);
  await send(page, associate, "Associate", known);
  await isKept(page);
  assert.deepEqual(host.asked.filter(({ status }) => status !== 200), []);
  await host.stop();
  await context.setOffline(true);

  await page.reload();
  await started(page);
  await openHistory(page);
  await sees(() => runs(page), [associated]);
  await openPresets(page);
  await sees(async () => (await listed(page)).map(([name]) => name), ["Restart Puts the action back Asks for 1 value"]);
  for (const { title } of operations) await openOperation(page, title);
  const { verb, title, exchanges } = operations[0];
  await openOperation(page, title);
  await exchanges[0].write?.(page);
  await button(page, verb).click();
  await sees(async () => (await flash(page)).startsWith(exchanges[0].verdict), true);
  assert.deepEqual(foreign, []);
});

test("to keep the page nothing is fetched that the browser has, and nothing of what answers for services is kept", async (t) => {
  const host = await startHost(t);
  const { page } = await open(t, host);
  assert.ok(!host.asked.some(({ name }) => name.includes("offline.js")), "the start does not wait for it");
  await isKept(page);
  const names = host.asked.map(({ name }) => name);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), ["api/status"], "asked by the page and by what keeps it");
  const kept = await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((name) => name.includes(" build "));
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  assert.ok(kept.length > 40);
  assert.deepEqual(kept.filter((url) => /\/(api|sandbox)\/|service-worker/.test(url)), []);
});

test("a newer build is offered and not forced; until it is taken, everything is of the one before", async (t) => {
  const host = await startHost(t);
  const { page } = await open(t, host);
  await isKept(page);
  const [first] = await builds(page);
  host.use(await another(t));
  host.asked.splice(0);

  await page.reload();
  await started(page);
  assert.match(await description(page), /^A browser console/);
  const offer = page.getByRole("region", { name: "Notifications" }).locator(".flash").filter({ hasText: ready });
  await offer.waitFor({ timeout: 20_000 });
  await sees(() => status(page), new RegExp(ready));
  await assertAccessible(page, "the offer");
  await takePictures(page, "update");
  // Parts that this page has not had yet, and that the host no longer has.
  await openOperation(page, associate);
  await field(page, "Product version ID").waitFor();
  await send(page, associate, "Associate", known);
  await openHistory(page);
  await sees(async () => (await runs(page)).length, 1);
  assert.deepEqual(host.asked.filter(({ status }) => status !== 200), [], "nothing that only the first build has");

  await offer.getByRole("button", { name: "Reload" }).click();
  await sees(() => description(page).catch(() => ""), /^Another browser console/, "the second build", 10_000);
  await started(page);
  await openOperation(page, associate);
  await editAgain(page);
  await field(page, "Second version ID").waitFor();
  await sees(async () => (await builds(page)).length, 1, "the first is deleted", 15_000);
  assert.notDeepEqual(await builds(page), [first]);
  assert.equal(await offer.count(), 0);
});

test("taken in one tab, a newer build leaves the other as it is", async (t) => {
  const host = await startHost(t);
  const { page, context } = await open(t, host);
  await isKept(page);
  await page.reload();
  await started(page);
  const other = await context.newPage();
  await other.goto(host.url);
  await started(other);
  host.use(await another(t));
  host.asked.splice(0);
  await page.reload();
  await page.getByRole("button", { name: "Reload" }).click({ timeout: 20_000 });
  await sees(() => description(page).catch(() => ""), /^Another browser console/, "the second build", 10_000);

  await openOperation(other, associate);
  await field(other, "Product version ID").waitFor();
  await send(other, associate, "Associate", known);
  assert.equal((await builds(other)).length, 2);
  assert.deepEqual(host.asked.filter(({ status }) => status !== 200), []);
  await other.reload();
  await openOperation(other, associate);
  await editIfFolded(other);
  await field(other, "Second version ID").waitFor();
  await sees(async () => (await builds(other)).length, 1, "nobody has the first any more", 15_000);
});

test("a page of the proxy is not kept, and what was kept of another server at its address goes", async (t) => {
  const host = await startHost(t, { path: "/" });
  const { page, problems } = await open(t, host);
  await isKept(page);
  await host.stop();
  const proxy = await startProxy(t, ["--listen", `127.0.0.1:${host.port}`, "--target", "sandbox", "--site", dist]);
  await page.goto("about:blank");
  await page.goto(await proxy.newPlainAddress());
  await started(page);
  const registered = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  await sees(registered, 0, "what was kept goes", 15_000);
  assert.deepEqual(await builds(page), []);
  await page.goto(`${proxy.plain.origin}/`);
  await page.waitForURL((url) => url.origin === proxy.origin);
  await started(page);
  const asked = await page.waitForRequest(/offline\.js/, { timeout: 15_000 });
  await asked.response();
  await page.waitForLoadState("networkidle");
  assert.equal(await registered(), 0);
  problems.splice(0, problems.length, ...problems.filter((problem) => !/service-worker|Failed to load/.test(problem)));
});

test("a host that gives up its service worker frees every browser of it", async (t) => {
  const text = await readFile(join(root, "docs/hosting.md"), "utf8");
  const script = /```js\n(addEventListener\("install"[\s\S]*?)```/.exec(text)[1];
  const host = await startHost(t);
  const { page } = await open(t, host);
  await isKept(page);
  const folder = await mkdtemp(join(tmpdir(), "formsmith-freed-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(dist, folder, { recursive: true });
  await rm(join(folder, "service-worker.js.br"), { force: true });
  await writeFile(join(folder, "service-worker.js"), script);
  host.use(folder);
  await page.reload();
  await sees(() => builds(page), [], "the files go", 15_000);
  host.asked.splice(0);
  await page.reload();
  await started(page);
  assert.ok(host.asked.some(({ name }) => name === "index.html"), "the page comes from the host");
});
