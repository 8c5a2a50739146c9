// How the page comes by the session and keeps it: by the code of an address, by its ticket across
// a reload; what an address brings never takes a good session away.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { account, open as openAws, shown } from "./aws.mjs";
import { closeBrowser, openPage, startProxy } from "./harness.mjs";
import { drawn, flash, meets, sees, status } from "./person.mjs";

after(closeBrowser);

const signedIn = `Account ${shown} assumed-role/Admin/alice`;
const enter = "Press Enter in the proxy's terminal, then open the new address that it prints.";
const ticket = (page) => page.evaluate(() => sessionStorage.getItem("formsmith.ticket"));

/** Exchanges a code or a ticket as the page does; gives the status and the code of a refusal. */
async function exchange(proxy, pass) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${proxy.plain.origin}/api/session`, { method: "POST", headers, body: JSON.stringify(pass) });
  return [answer.status, (await answer.json()).code];
}

const codeOf = (address) => new URL(address).hash.slice("#code=".length);

test("a reload goes on by the ticket, each of which is good once", async (t) => {
  const { page, proxy } = await openAws(t);
  await sees(() => account(page), signedIn);
  assert.deepEqual(await exchange(proxy, { code: codeOf(proxy.url) }), [403, "code-used"]);
  const tickets = [];
  for (let reload = 0; reload < 3; reload += 1) {
    tickets.push(await ticket(page));
    await page.reload();
    await sees(() => account(page), signedIn, `reload ${reload}`);
  }
  assert.equal(new Set([...tickets, await ticket(page)]).size, 4, "another ticket each time");
  for (const used of tickets) assert.deepEqual(await exchange(proxy, { ticket: used }), [403, "ticket-used"]);
});

test("the ticket is replaced each minute, and what it replaces ends", async (t) => {
  const proxy = await startProxy(t);
  const { page } = await openPage(t);
  await page.clock.install();
  await page.goto(proxy.url);
  await meets(page, "proxy-sandbox");
  await sees(() => ticket(page), /^[0-9a-f]{32}$/);
  const first = await ticket(page);
  await page.clock.runFor(61_000);
  await sees(async () => (await ticket(page)) !== first, true);
  const second = await ticket(page);
  assert.match(second, /^[0-9a-f]{32}$/);
  // It is good for a moment more: the page may be loaded again before the new one arrives.
  await new Promise((resolve) => setTimeout(resolve, 5_200));
  assert.deepEqual(await exchange(proxy, { ticket: first }), [403, "ticket-expired"]);
  await page.reload();
  await sees(async () => (await ticket(page)) !== second, true, "the reload took the second");
});

test("a code that the proxy had no room for is not given up", async (t) => {
  const { page } = await openPage(t);
  const proxy = await startProxy(t);
  let refusals = 0;
  await page.route("**/api/session", (route) => {
    if (refusals === 2) return route.continue();
    refusals += 1;
    const json = { code: "too-many-connections", message: "There are too many.", action: "Wait.", sent: "no" };
    return route.fulfill({ status: 503, headers: { "x-formsmith-error": json.code }, json });
  });
  await page.goto(proxy.url);
  await sees(() => ticket(page), /^[0-9a-f]{32}$/);
  assert.equal(refusals, 2);
});

for (const [kind, fragment] of [
  ["a token", () => "token=stolen"],
  ["a token and a code", () => `token=stolen&code=${"0".repeat(32)}`],
  ["the code it was opened with", (proxy) => `code=${codeOf(proxy.url)}`],
  ["a code that is none", () => "code=%00"],
]) {
  test(`${kind} in the address takes no good session away`, async (t) => {
    const { page, proxy } = await openAws(t);
    await sees(() => account(page), signedIn);
    const isOfCode = fragment(proxy).includes("code=");
    const follow = async (go) => {
      await go();
      await sees(() => new URL(page.url()).hash, /^(#\/.*)?$/, "it is taken out of the address");
      if (isOfCode) await sees(() => flash(page), /This page keeps its current session\.$/);
      await sees(() => account(page), signedIn);
    };
    await follow(() => page.evaluate((to) => (location.hash = to), fragment(proxy)));
    await page.goto("about:blank");
    await follow(() => page.goto(`${proxy.origin}/#${fragment(proxy)}`));
    await page.reload();
    await sees(() => account(page), signedIn, "and after a reload");
  });
}

test("a proxy that was started anew says so, and its address goes on in the same tab", async (t) => {
  const { page, proxy } = await openAws(t);
  await sees(() => account(page), signedIn);
  // Nobody can say that this is another start but the proxy, which knows the ticket no more.
  await page.evaluate(() => sessionStorage.setItem("formsmith.ticket", "0".repeat(32)));
  await page.reload();
  await sees(() => account(page), "Account Get a new address from the proxy");
  await sees(() => status(page), new RegExp(`it may have been restarted since\\. ${enter.slice(0, 30)}`));
  assert.equal(await ticket(page), null, "what is of no use is not kept");
  await page.goto(await proxy.newAddress());
  await sees(() => account(page), signedIn);
  await drawn(page);
});
