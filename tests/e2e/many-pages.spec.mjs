// A list of very many pages: all of it in order, stopped in the middle, broken off by an error, and
// usable all the while.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { alice, listen, signedIn, stsAnswer } from "./aws.mjs";
import { closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { button, openOperation, sees, table, words } from "./person.mjs";

after(closeBrowser);

const loaded = (page) => words(page.locator("#pages"));
const id = (number) => `act-${String(number).padStart(6, "0")}aaaaaaa`;

/** A service with so many pages of so many rows. `hold(page)` may give a promise that is waited for, and `fail(page)` an error in its place. */
async function open(t, { pages, rows, hold, fail }) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (/\/sts\/aws4_request/.test(request.headers.authorization)) {
      const [status, answer] = stsAnswer(alice);
      return void response.writeHead(status, { "content-type": "text/xml" }).end(answer);
    }
    const at = Number(JSON.parse(body).PageToken ?? 0);
    await hold?.(at);
    const error = fail?.(at);
    const items = Array.from({ length: rows }, (_, row) => {
      const number = at * rows + row;
      return { Id: id(number), Name: `Action ${(number * 7919) % 100_003}`, Description: `Number ${number}, "quoted"`, DefinitionType: "SSM_AUTOMATION" };
    });
    const more = at + 1 < pages ? { NextPageToken: String(at + 1) } : {};
    response.writeHead(error ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(error || { ServiceActionSummaries: items, ...more }));
  });
  const url = await listen(t, server);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", url, "--site", dist], signedIn);
  const prepare = () => {
    window.long = [];
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map((it) => it.duration))).observe({ entryTypes: ["longtask"] });
  };
  const { page } = await openPage(t, proxy.url, { prepare });
  await openOperation(page, "List service actions");
  await button(page, "List").click();
  await sees(() => loaded(page), /on the first page, there are more/);
  return page;
}

/** Presses on until all is there. */
async function loadAll(page) {
  await button(page, "Load all").click();
  for (;;) {
    await sees(() => loaded(page), /all pages loaded|Load them\?/, undefined, 60_000);
    if (/all pages loaded/.test(await loaded(page))) return;
    await button(page, /^Load [\d,]+ more pages$/).click();
  }
}

const ids = async (page) => (await table(page, "Service actions")).map((cells) => cells.join(" ").match(/\bact-\w{13}\b/)[0]);
const rowCount = (page) => page.getByRole("table", { name: "Service actions" }).getAttribute("aria-rowcount");

/** What is saved in a format, as text. */
async function saved(page, format) {
  await button(page, "Download").click();
  const item = page.getByRole("menu", { name: "Download", exact: true }).getByRole("menuitem", { name: format });
  const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
  return readFileSync(await download.path(), "utf8");
}

test("of 50,000 rows on 50 pages all are there, in order, and are sorted, searched and saved", async (t) => {
  const page = await open(t, { pages: 50, rows: 1000 });
  await page.evaluate(() => (window.long = []));
  await loadAll(page);
  await sees(() => loaded(page), /^50,000 service actions, all pages loaded/);
  await sees(() => rowCount(page), "50001");
  assert.deepEqual(await ids(page), Array.from({ length: 50 }, (_, row) => id(row)));
  const longest = await page.evaluate(() => Math.max(0, ...window.long));
  assert.ok(longest < 300, `no task holds the page up: ${longest} ms`);
  assert.ok((await page.locator("*").count()) < 3000, "what isn't seen isn't drawn");

  await page.getByRole("button", { name: "Last page" }).click();
  await sees(async () => (await ids(page)).at(-1), id(49_999));
  await page.getByRole("searchbox").fill(id(43_210));
  await sees(() => ids(page), [id(43_210)]);
  await page.getByRole("searchbox").fill("");
  await sees(() => rowCount(page), "50001");

  const csv = (await saved(page, "CSV")).trimEnd().split("\r\n");
  assert.equal(csv.length, 50_001);
  assert.ok(csv[50_000].includes(id(49_999)));
  const all = JSON.parse(await saved(page, "JSON"));
  assert.deepEqual(all.map(({ Id }) => Id), Array.from({ length: 50_000 }, (_, row) => id(row)));
});

test("who stops keeps what has come, at once, and can go on", async (t) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = await open(t, { pages: 8, rows: 100, hold: (at) => at === 4 && held });
  await button(page, "Load all").click();
  await sees(() => loaded(page), /^400 service actions/);
  await button(page, "Stop loading").click();
  await sees(() => rowCount(page), "401");
  release();
  await sees(() => loaded(page), /^400 service actions so far/);
  assert.deepEqual((await ids(page)).slice(0, 3), [0, 1, 2].map(id));
  await button(page, "Load all").click();
  await sees(() => loaded(page), /^800 service actions, all pages loaded/);
  await sees(() => rowCount(page), "801");
});

test("an error in the middle keeps what has come, and the page that failed is asked for again", async (t) => {
  let isBroken = true;
  const fail = (at) => at === 3 && isBroken && { __type: "InvalidParametersException", Message: "No such page." };
  const page = await open(t, { pages: 6, rows: 100, fail });
  await button(page, "Load all").click();
  await sees(() => loaded(page), /^300 service actions.*InvalidParametersException/);
  await sees(() => rowCount(page), "301");
  isBroken = false;
  await button(page, "Try again").click();
  await sees(() => loaded(page), /^600 service actions, all pages loaded/);
  await sees(() => rowCount(page), "601");
  await page.getByRole("button", { name: "Last page" }).click();
  await sees(async () => (await ids(page)).at(-1), id(599));
});
