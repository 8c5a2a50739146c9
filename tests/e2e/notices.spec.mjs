// What the person should know of the proxy wherever they are: another version than the page's, an
// address that others may have next, what it can't do just now.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inBulk, sendButton, signedIn, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, startSite, takePictures, version } from "./harness.mjs";
import { allWords, button, flash, meets, openOperation, reviewOf, row, sees, status, write } from "./person.mjs";

after(closeBrowser);

const association = { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" };
const warning = { code: "audit-unwritable", message: "The audit log can't be written.", action: "Make room on its disk." };

/** The page with a proxy that tells this of itself. */
async function open(t, told) {
  const site = await startSite(t, {
    answer(name, response) {
      if (!name.startsWith("api/")) return false;
      const status = { name: "formsmith-proxy", version, targets: ["sandbox"], warnings: [], ...told };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
      return true;
    },
  });
  const { page } = await openPage(t, site.url);
  await meets(page, "proxy-sandbox");
  return { page, site };
}

const flashes = (page) => allWords(page.getByRole("region", { name: "Notifications" }).locator(".flash"));

test("a proxy of the page's version that is well has nothing told of it", async (t) => {
  const { page } = await open(t, {});
  await openOperation(page, inBulk);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await flashes(page), []);
});

for (const [proxy, title, action] of [
  ["999.0.0", "This page is older than the proxy", "Reload the page. If this message remains, rebuild the page and restart the proxy with it."],
  ["0.0.1", "The proxy is older than this page", "Reinstall the proxy, then restart it."],
  [`${version}-other`, "The page and the proxy have different versions", "Build both from the same source."],
]) {
  test(`a proxy of version ${proxy}: which to renew`, async (t) => {
    const { page } = await open(t, { version: proxy });
    const detail = `The page has version ${version}, the proxy ${proxy}. ${action}`;
    await sees(() => flashes(page), [`${title} ${detail}`]);
    await sees(() => status(page), `${title}. ${detail}`);
    await openOperation(page, inBulk);
    assert.deepEqual(await flashes(page), [`${title} ${detail}`], "on every page");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await sees(() => flashes(page), []);
    await openOperation(page, "List records");
    assert.deepEqual(await flashes(page), [], "once it is dismissed, it stays away");
  });
}

test("an address that another program may have next, what the proxy warns of, and how both look", async (t) => {
  const own = "http://formsmith-0123456789abcdef.localhost:8787";
  const { page, site } = await open(t, { origin: own, warnings: [warning], version: "0.0.1" });
  const here = new URL(site.url).origin;
  await sees(() => flashes(page), [
    `The proxy is older than this page The page has version ${version}, the proxy 0.0.1. Reinstall the proxy, then restart it.`,
    `Another program could read what this page stores History and drafts stay at ${here}, where any program that later uses this port can read them. This browser can't find the proxy's own address, ${own}. Use a browser that can, or delete the history when you are done.`,
    "The proxy can't write its audit log The audit log can't be written. Make room on its disk.",
  ]);
  await assertAccessible(page, "notices");
  await takePictures(page, "notices");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth), 390);
});

test("a log that can't be written is told with what is refused for it, and no more once it can", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const upstream = await startUpstream(t);
  const log = join(folder, "log");
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--allow-write", "--audit", log], signedIn);
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-aws");
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), association);
  assert.deepEqual(await flashes(page), []);
  await rm(folder, { recursive: true });
  const dialog = reviewOf(page, "Disassociate");
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flashes(page).then((all) => all.join(" | ")), /^The proxy can't write its audit log Nothing was sent\. .* \| The proxy can't write its audit log Requests that change something are refused /);
  assert.deepEqual(upstream.received, []);

  await mkdir(folder);
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), /^0 of 1 association disassociated, 1 failed/);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await sees(async () => (await flashes(page)).length, 1, "the warning is gone");
  assert.equal(upstream.received.length, 1);
});

test("what was done, and needs nothing more, is told for some seconds; longer while somebody is at it", async (t) => {
  const { page } = await openPage(t);
  await page.clock.install();
  await page.goto((await startSite(t)).url);
  await page.locator("#boot").waitFor({ state: "detached" });
  await button(page, "Sandbox data").click();
  const save = () => Promise.all([page.waitForEvent("download"), button(page, "Save its state to a file").click()]);
  const told = "The sandbox's state was passed to the browser for saving.";
  const toast = page.getByRole("region", { name: "Notifications" }).locator(".flash");
  const later = (ms) => page.clock.runFor(ms);

  await save();
  await sees(() => flash(page), told);
  await sees(() => status(page), told);
  await save();
  assert.equal(await toast.count(), 1, "the same is not told twice at once");
  await later(6000);
  assert.equal(await flash(page), told);
  await later(4000);
  await sees(() => flash(page), "");

  await save();
  await toast.hover();
  await later(20_000);
  assert.equal(await flash(page), told, "somebody reads it");
  await page.mouse.move(5, 5);
  await toast.getByRole("button", { name: "Dismiss" }).focus();
  await later(20_000);
  assert.equal(await flash(page), told, "somebody is at its button");
  await page.evaluate(() => document.activeElement.blur());
  await later(10_000);
  await sees(() => flash(page), "");

  // What was not done stays.
  const file = { name: "other.json", mimeType: "application/json", buffer: Buffer.from("{}") };
  await page.getByLabel("Load its state from a file").setInputFiles(file);
  await sees(() => flash(page), /can't be loaded, and nothing has changed/);
  await later(30_000);
  assert.match(await flash(page), /can't be loaded, and nothing has changed/);
});
