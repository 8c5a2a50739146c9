// What a browser leaves on the disk: a profile of its own, used and closed, is searched file by
// file for what lasts.
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "../../tools/browser.mjs";
import { account, alice, inBulk, sendButton, shown, signedIn, startUpstream } from "./aws.mjs";
import { dist, startProxy } from "./harness.mjs";
import { button, flash, openOperation, row, sees, write } from "./person.mjs";

const ticket = (page) => page.evaluate(() => sessionStorage.getItem("formsmith.ticket"));

/** A browser that runs takes files away. */
const gone = Buffer.alloc(0);

/** All files below a folder: `{ "Default/History": bytes }`. */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(found.map(async (path) => [path.slice(folder.length + 1), await readFile(path).catch(() => gone)])));
}

/** The files that hold a text, as UTF-8 or as UTF-16. */
function holding(all, text) {
  const forms = ["utf8", "utf16le"].map((encoding) => Buffer.from(text, encoding));
  return Object.keys(all).filter((name) => forms.some((form) => all[name].includes(form)));
}

async function exchange(proxy, pass) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${proxy.plain.origin}/api/session`, { method: "POST", headers, body: JSON.stringify(pass) });
  return [answer.status, (await answer.json()).code];
}

test("nothing that lasts is in the browser's profile, and what is there is of no more use", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-profile-"));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--allow-write"], signedIn);
  const context = await chromium.launchPersistentContext(folder, { executablePath: findBrowser(), args: flags, headless: true });
  t.after(() => context.close());
  context.setDefaultTimeout(10_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const isSignedIn = () => sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);

  await page.clock.install();
  // The printed one leads to the console's own.
  await page.goto(proxy.plain.href);
  await isSignedIn();
  const typed = "prod-typed4profile";
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": typed, "Product version ID": "pa-1" });
  await button(page, "Disassociate").click();
  await sendButton(page.getByRole("dialog")).click();
  await sees(() => flash(page), /^1 of 1 association disassociated/);
  const tickets = [await ticket(page)];
  await page.clock.runFor(61_000);
  await sees(async () => tickets.includes(await ticket(page)), false, "another after a minute");
  tickets.push(await ticket(page));
  await page.reload();
  await isSignedIn();
  tickets.push(await ticket(page));
  // A second address, in a page that has a session, and one more tab.
  const second = await proxy.newAddress();
  await page.goto(second);
  await sees(() => page.url(), /#?$/);
  await isSignedIn();
  const replaced = Date.now();
  tickets.push(await ticket(page));
  const third = await proxy.newAddress();
  const other = await context.newPage();
  await other.goto(third);
  await sees(() => account(other), `Account ${shown} assumed-role/Admin/alice`);
  await other.close();
  const entries = await page.evaluate(() => JSON.stringify(performance.getEntries()));
  assert.ok(!entries.includes(proxy.token), "nor in what scripts can ask the browser for");
  // The browser writes what a page keeps in its own time, sometimes never, and not all of it when
  // it ends: the more of it is there, the more is searched.
  const isWritten = async () => {
    const all = await files(folder);
    return [tickets, [typed]].every((texts) => texts.some((text) => holding(all, text).length));
  };
  for (let tries = 0; tries < 50 && !(await isWritten()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 200));
  t.diagnostic(`what was typed and a ticket are ${(await isWritten()) ? "" : "not "}there`);
  await context.close();

  const all = await files(folder);
  t.diagnostic(`${Object.keys(all).length} files, ${Object.values(all).reduce((sum, bytes) => sum + bytes.length, 0)} bytes`);
  // That the search finds anything: the browser knows the addresses.
  const code = (address) => new URL(address).hash.slice("#code=".length);
  const history = Object.keys(all).filter((name) => /(^|\/)History$/.test(name));
  assert.equal(history.length, 1, "the browser keeps a history of its own");
  assert.ok(holding(all, code(proxy.plain.href)).includes(history[0]), "an address is kept with its code");

  assert.deepEqual(holding(all, proxy.token), [], "the token");
  assert.deepEqual(holding(all, alice.secret), [], "AWS's key");
  assert.deepEqual(holding(all, signedIn.AWS_SESSION_TOKEN), [], "AWS's session token");

  // Without the zero bytes of UTF-16 both are the same text.
  const texts = Object.values(all).map((bytes) => bytes.toString("latin1").replaceAll("\0", ""));
  const codes = new Set(texts.flatMap((text) => [...text.matchAll(/code=([0-9a-f]{32})/g)].map(([, found]) => found)));
  for (const address of [proxy.plain.href, second, third]) codes.add(code(address));
  for (const one of codes) assert.deepEqual(await exchange(proxy, { code: one }), [403, "code-used"], one);
  const [newest, ...older] = tickets.toReversed();
  // One that was replaced is good for a moment more.
  await new Promise((resolve) => setTimeout(resolve, replaced + 5_200 - Date.now()));
  for (const one of older) {
    const [status, why] = await exchange(proxy, { ticket: one });
    assert.equal(status, 403, one);
    assert.match(why, /^ticket-(used|expired)$/);
  }
  // The newest is good for what is left of its two minutes, and once.
  await exchange(proxy, { ticket: newest });
  const [status, why] = await exchange(proxy, { ticket: newest });
  assert.equal(status, 403);
  assert.match(why, /^ticket-(used|expired)$/);
});
