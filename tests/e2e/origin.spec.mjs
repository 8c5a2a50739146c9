// The console's own address: everything comes along to it, nothing is lost on the way, and no
// other server at the port ever sees it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { associate, associated, kept, known, openHistory, runs, send } from "./history.mjs";
import { chooseTarget, field, openOperation, part, sees } from "./person.mjs";

after(closeBrowser);

const another = "Run a service action";
const started = (page) => page.locator("#boot").waitFor({ state: "detached" });
/** Until the console is at the proxy's own name. */
async function arrives(page, { origin }) {
  await page.waitForURL((url) => url.origin === origin && url.pathname === "/");
  await started(page);
}
const here = (page) => page.evaluate(() => location.origin + location.pathname + location.search);
const local = (page) => page.evaluate(() => ({ ...localStorage }));
/** A notice stands on the page. */
const tells = (page, text) => page.locator(".flash").filter({ hasText: text }).waitFor();
const draftKey = "formsmith.draft.1.servicecatalog.ExecuteProvisionedProductServiceAction";

/** What the browser keeps at an origin, seen from a file there that is no page of the console. */
async function keptAt(context, origin) {
  const page = await context.newPage();
  await page.goto(`${origin}/move/kept.js`);
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  const found = { local: await local(page), database: names.length ? await kept(page) : {} };
  // It is not moved: the console counts its runs anew.
  delete found.database.overview;
  await page.close();
  return found;
}

/** A console at the plain address, as it was before it had one of its own: a run, a draft, a sandbox. */
async function before(t, options) {
  const proxy = await startProxy(t);
  const opened = await openPage(t, `${proxy.plain.origin}/index.html${proxy.plain.hash}`, options);
  const { page, context } = opened;
  await chooseTarget(page, "Sandbox in this page");
  await send(page, associate, "Associate", known);
  await openOperation(page, another);
  await field(page, "Provisioned product ID").fill("pp-typed");
  await sees(async () => (await local(page))[draftKey]?.includes("pp-typed"), true, "the draft is kept");
  await page.goto("about:blank");
  const had = await keptAt(context, proxy.plain.origin);
  assert.ok(had.local["formsmith.sandbox.1"]);
  assert.equal(Object.keys(had.database).filter((key) => key.startsWith("head/")).length, 1, "a run");
  return { ...opened, proxy, had, plain: () => keptAt(context, proxy.plain.origin), named: () => keptAt(context, proxy.origin) };
}

test("a history that ends with the proxy says so, and one that lasts says nothing", async (t) => {
  const note = (page) => page.getByText("You won't be able to open this history once the proxy stops");
  const proxy = await startProxy(t);
  const { page } = await openPage(t, proxy.url);
  await openHistory(page);
  await note(page).waitFor();
  await proxy.stop();
  const lasting = await startProxy(t, ["--listen", proxy.plain.host, "--target", "sandbox", "--site", dist]);
  await page.goto(lasting.url);
  await openHistory(page);
  await page.getByText("Nothing has been sent yet.").waitFor();
  assert.equal(await note(page).count(), 0);
});

/** The console shows what there was. */
async function showsAll(page) {
  await started(page);
  await openHistory(page);
  await sees(() => runs(page), [associated]);
  await openOperation(page, another);
  await sees(() => field(page, "Provisioned product ID").inputValue(), "pp-typed");
}

const nothing = { local: {}, database: {} };

test("opened at the printed address, the console is at its own, with all there was before", async (t) => {
  const { page, proxy, had, plain, named } = await before(t);
  await page.goto(await proxy.newPlainAddress());
  await arrives(page, proxy);
  assert.equal(await here(page), `${proxy.origin}/`);
  const { local: keys, database } = await named();
  for (const [key, value] of Object.entries(had.local)) assert.equal(keys[key], value, key);
  assert.deepEqual(database, had.database);
  assert.deepEqual(await plain(), nothing);
  await showsAll(page);
  // The token has come along, and the proxy takes it here.
  const label = "Sandbox in the local proxy";
  await chooseTarget(page, label);
  // The form folds as soon as its run has come along, too.
  await openOperation(page, associate);
  await part(page, "Result").waitFor();
  await send(page, associate, "Associate", known);
  await openHistory(page);
  await sees(() => runs(page), [associated, associated]);
});

test("with nothing to move the console opens at once, where the address leads", async (t) => {
  const proxy = await startProxy(t);
  const { page } = await openPage(t);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const place = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact";
  await page.goto(`http://localhost:${proxy.plain.port}/${place}`);
  await arrives(page, proxy);
  assert.equal(page.url(), `${proxy.origin}/${place}`);
  await page.getByRole("heading", { level: 1, name: associate, exact: true }).waitFor();
  assert.deepEqual(asked.filter((path) => path.startsWith("/api/move") && !path.includes("/probes/")), []);
  assert.equal(await page.evaluate(() => history.length), 2, "the way back leads past the page in between");
});

const unresolved = ["--host-resolver-rules=MAP formsmith-*.localhost ~NOTFOUND"];

test("a browser that does not find the name stays where everything is", async (t) => {
  const { page, problems, proxy, had, plain } = await before(t, { flags: unresolved });
  await page.goto(await proxy.newPlainAddress());
  await page.waitForURL(`${proxy.plain.origin}/index.html**`);
  assert.equal(await here(page), `${proxy.plain.origin}/index.html?move=unresolved`);
  await tells(page, /This browser can't find the proxy's own address, http:\/\/formsmith-/);
  await showsAll(page);
  assert.deepEqual((await plain()).database, had.database);
  assert.match(problems.splice(0).join(), /^console: Failed to load resource: net::ERR_NAME_NOT_RESOLVED \(\S+\/move\/here\?[0-9a-f]{32}\)$/);
});

test("a name that leads to no answer is waited for two seconds", async (t) => {
  const proxy = await startProxy(t);
  const { page, context } = await openPage(t);
  await context.route(`${proxy.origin}/move/here?**`, () => {});
  const begun = Date.now();
  await page.goto(await proxy.newPlainAddress());
  await page.waitForURL(`${proxy.plain.origin}/index.html?move=unresolved**`);
  const took = Date.now() - begun;
  assert.ok(took > 1900 && took < 6000, `${took} ms`);
  await started(page);
});

test("a browser that finds another machine by the name gives it nothing", async (t) => {
  const { page, context, proxy, had, plain } = await before(t);
  const asked = [];
  await context.route(`${proxy.origin}/**`, (route) => {
    asked.push(new URL(route.request().url()).pathname);
    return route.fulfill({ contentType: "text/html", body: "another machine" });
  });
  await page.goto(await proxy.newPlainAddress());
  await page.waitForURL(`${proxy.plain.origin}/index.html?move=unresolved**`);
  await tells(page, /This browser can't find the proxy's own address/);
  await showsAll(page);
  assert.deepEqual((await plain()).database, had.database);
  assert.deepEqual(asked, ["/move/here"], "neither the data nor the code went there");
});

test("a browser that gives the name no digests stays at the plain address", async (t) => {
  const { page, proxy, had, plain, named } = await before(t);
  await page.addInitScript(() => {
    if (location.hostname.startsWith("formsmith-")) Object.defineProperty(window, "isSecureContext", { value: false });
  });
  await page.goto(await proxy.newPlainAddress());
  await page.waitForURL(`${proxy.plain.origin}/index.html?move=insecure**`);
  await tells(page, /doesn't treat \S+ as secure/);
  await showsAll(page);
  assert.deepEqual((await plain()).database, had.database);
  assert.deepEqual(await named(), nothing);
});

/** Everything is at one of the two, and a second opening brings it to its own. */
async function isWhole({ page, context, proxy, had, plain, named }, at) {
  await page.goto("about:blank");
  const found = await { plain, named }[at]();
  assert.deepEqual(found.database, had.database, `the history is at the ${at} address`);
  for (const [key, value] of Object.entries(had.local)) assert.equal(found.local[key], value, key);
  await context.unrouteAll();
  await page.goto(await proxy.newPlainAddress());
  await arrives(page, proxy);
  await showsAll(page);
  assert.deepEqual(await plain(), nothing);
  assert.deepEqual((await named()).database, had.database);
}

const api = /\/api\/move$/;
const one = /\/api\/move\/[0-9a-f]{32}$/;
const word = /\/api\/move\/[0-9a-f]{32}\/arrived$/;
for (const [step, address, method, leadsTo, at] of [
  ["the upload fails", api, "POST", /index\.html\?move=failed/, "plain"],
  ["what was uploaded is not found", one, "GET", /index\.html\?move=failed/, "plain"],
  ["the word that it has arrived is lost", word, "POST", /index\.html\?move=failed/, "plain"],
  ["it can not be learned whether it has arrived", word, "GET", /\.localhost:\d+\/(#|$)/, "named"],
  ["what has arrived can not be compared", one, "GET", /\.localhost:\d+\/(#|$)/, "named"],
]) {
  test(`nothing is lost when ${step}`, async (t) => {
    const all = await before(t);
    const isPlain = at === "named" || method === "POST" && address === api;
    await all.context.route(address, (route) => {
      const request = route.request();
      const origin = new URL(request.url()).origin;
      const isMeant = request.method() === method && (origin === all.proxy.plain.origin) === isPlain;
      return isMeant ? route.abort() : route.continue();
    });
    await all.page.goto(await all.proxy.newPlainAddress());
    await all.page.waitForURL(leadsTo);
    await started(all.page);
    assert.deepEqual((await all.plain()).database, all.had.database, "it is not removed on hope");
    await isWhole(all, at);
  });
}

for (const [step, goesTo, at] of [
  ["after the upload", (all) => `${all.proxy.origin}/move/?**`, "plain"],
  ["after the arrival", (all) => `${all.proxy.plain.origin}/`, "named"],
]) {
  test(`nothing is lost when the page is closed ${step}`, async (t) => {
    const all = await before(t);
    // The page that the next step is on never comes.
    let [opened, reached] = [0, () => {}];
    const held = new Promise((resolve) => (reached = resolve));
    await all.context.route(goesTo(all), (route) => {
      opened += 1;
      if (at === "named" && opened === 1) return route.continue();
      reached();
    });
    await all.page.goto(await all.proxy.newPlainAddress(), { waitUntil: "commit" });
    await held;
    await all.page.close();
    assert.deepEqual((await all.plain()).database, all.had.database, "it is not removed on hope");
    await isWhole({ ...all, page: await all.context.newPage() }, at);
  });
}

test("nothing is lost when an address says that it has arrived, and it has not", async (t) => {
  const { page, proxy, had, plain } = await before(t);
  const texts = Object.entries(had.database).map(([key, value]) => [key, JSON.stringify(value)]);
  const body = JSON.stringify({ format: 1, version: 2, stores: [["texts", texts]], local: Object.entries(had.local) });
  const uploaded = await fetch(`${proxy.plain.origin}/api/move`, { method: "POST", body });
  const { id } = await uploaded.json();
  for (const one of [id, "0".repeat(32)]) {
    await page.goto("about:blank");
    await page.goto(`${proxy.plain.origin}/#moved=${one}&`);
    await arrives(page, proxy);
    assert.deepEqual(await plain(), had);
  }
});

for (const [what, spoil] of [
  ["of another version", (data) => ({ ...data, version: 4 })],
  ["with another store", (data) => ({ ...data, stores: [...data.stores, ["more", [["key", "text"]]]] })],
  ["with keys that are not the console's", (data) => ({ ...data, local: [...data.local, ["another", "text"]] })],
]) {
  test(`what is handed over ${what} is not taken`, async (t) => {
    const all = await before(t);
    await all.context.route(one, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace(all.proxy.origin, all.proxy.plain.origin) });
      await route.fulfill({ response, json: spoil(await response.json()) });
    });
    await all.page.goto(await all.proxy.newPlainAddress());
    await all.page.waitForURL(`${all.proxy.plain.origin}/index.html?move=failed**`);
    assert.deepEqual(await all.named(), nothing);
    assert.deepEqual((await all.plain()).database, all.had.database);
  });
}

test("an address without room takes nothing away from the other", async (t) => {
  const all = await before(t);
  await all.page.addInitScript(() => {
    if (!location.pathname.startsWith("/move/") || !location.hostname.startsWith("formsmith-")) return;
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await all.page.goto(await all.proxy.newPlainAddress());
  await all.page.waitForURL(`${all.proxy.plain.origin}/index.html?move=full**`);
  await tells(all.page, /This browser has no room for them/);
  const found = await all.plain();
  assert.deepEqual(found.database, all.had.database);
  assert.equal(found.local[draftKey], all.had.local[draftKey]);
});

test("what the own address has stays, and another draft stays at the plain one, and is not moved again", async (t) => {
  const { page, proxy, had, plain, named } = await before(t);
  await page.goto(`${proxy.origin}/`);
  await started(page);
  await openOperation(page, another);
  await field(page, "Provisioned product ID").fill("pp-newer");
  await sees(async () => (await local(page))[draftKey]?.includes("pp-newer"), true);
  const newer = (await local(page))[draftKey];
  await page.goto(await proxy.newPlainAddress());
  await arrives(page, proxy);
  const [there, stayed] = [await named(), await plain()];
  assert.equal(there.local[draftKey], newer);
  assert.deepEqual(there.database, had.database);
  assert.deepEqual(stayed.database, {});
  assert.equal(stayed.local[draftKey], had.local[draftKey], "nothing typed is lost");

  const uploads = [];
  page.on("request", (request) => request.url().endsWith("/api/move") && uploads.push(request.url()));
  await page.goto("about:blank");
  await page.goto(await proxy.newPlainAddress());
  await arrives(page, proxy);
  assert.deepEqual(uploads, []);
});

test("another proxy at the same port sees nothing of the one before", async (t) => {
  const { page, context, problems, proxy } = await before(t);
  await page.goto(await proxy.newPlainAddress());
  await arrives(page, proxy);
  await showsAll(page);
  await page.goto("about:blank");
  await proxy.stop();
  const other = await startProxy(t, ["--listen", proxy.plain.host, "--target", "sandbox", "--site", dist]);
  assert.equal(other.plain.origin, proxy.plain.origin);
  assert.notEqual(other.origin, proxy.origin);
  for (const origin of [other.plain.origin, other.origin]) assert.deepEqual(await keptAt(context, origin), nothing);
  await page.goto(other.plain.href);
  await arrives(page, other);
  await openHistory(page);
  assert.deepEqual(await runs(page), []);
  // Nor does it answer at the other's name.
  const answer = await page.goto(`${proxy.origin}/`);
  assert.equal(answer.status(), 403);
  assert.match(problems.splice(0).join(), /^console: Failed to load resource: .* 403/);
});
