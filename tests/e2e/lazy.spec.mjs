// The part of the page that comes when it is first needed: not before, and not without a word
// where it does not come.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { account, shown, signedIn, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, startSite } from "./harness.mjs";
import { associate, inBulk, known, openHistory, runs, send } from "./history.mjs";
import { button, choose, errorOf, field, flash, formIsOpen, hasFocus, openOperation, part, requestsOf, sees, settled, status, words, write } from "./person.mjs";

after(closeBrowser);

const later = "**/lazy.wasm";

async function open(t, options) {
  const site = await startSite(t, options);
  const opened = await openPage(t, site.url);
  const fetched = [];
  opened.page.on("request", (request) => {
    if (request.url().endsWith("/lazy.wasm")) fetched.push(request);
  });
  return { ...opened, site, fetched };
}

/** From now on the part is held back, until what this gives is called: when it was asked for so many times. */
async function hold(page) {
  const held = [];
  await page.route(later, (route) => held.push(route));
  return async (times = 1) => {
    await sees(() => held.length, times, "it is asked for");
    for (const route of held) await route.continue();
  };
}

/** Takes what the browser says of a part that does not come out of the problems. */
function forgive(problems) {
  const others = problems.filter((problem) => !/(lazy|form)\.wasm|Failed to fetch/.test(problem));
  assert.notEqual(problems.splice(0, problems.length, ...others).length, others.length);
}

test("a form is drawn and checked without it; who begins to write needs it soon", async (t) => {
  const { page, fetched } = await open(t);
  await openOperation(page, associate);
  await button(page, "Associate").click();
  await sees(() => errorOf(field(page, "Product ID")), "Enter product ID");
  assert.equal(fetched.length, 0);
  await field(page, "Product ID").fill("prod-1");
  await sees(() => fetched.length, 1);
  await send(page, associate, "Associate", known);
  assert.equal(fetched.length, 1, "once");
});

test("at a proxy that signs it is asked for until it is there, and the session opened then", async (t) => {
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist], signedIn);
  const { page, problems } = await openPage(t);
  await page.route(later, (route) => route.abort());
  await page.goto(proxy.url);
  await sees(() => flash(page), /^A part of the page couldn't be loaded/);
  assert.equal(await account(page), "Account", "it isn't known yet");
  await page.unroute(later);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  assert.equal(await flash(page), "");
  forgive(problems);
});

test("where it does not come, nothing is sent, nothing is lost, and the next press tries again", async (t) => {
  const { page, problems } = await open(t);
  await openOperation(page, associate);
  await page.route(later, (route) => route.abort());
  const sent = requestsOf(page);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").focus();
  await page.keyboard.press("Enter");
  await page.getByText("A part of the page couldn't be loaded", { exact: true }).waitFor();
  assert.equal(await hasFocus(button(page, "Associate")), true);
  await sees(() => status(page), /^A part of the page couldn't be loaded\. Nothing was sent/);
  await assertAccessible(page, "a part that did not arrive");
  assert.equal(await part(page, "Result").count(), 0);
  assert.equal(await field(page, "Product ID").inputValue(), known["Product ID"]);
  await page.unroute(later);
  await button(page, "Associate").click();
  await sees(() => flash(page), /^The service action is now associated/);
  assert.equal(await page.getByText("A part of the page couldn't be loaded").count(), 0);
  assert.equal(sent.length, 0, "the page's own sandbox answered");
  assert.equal((await runsOf(page)).length, 1);
  forgive(problems);
});

async function runsOf(page) {
  await openHistory(page);
  await page.getByRole("table", { name: "Runs", exact: true }).waitFor();
  return runs(page);
}

test("who stops while it is fetched sends nothing; of two presses the second counts", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  const release = await hold(page);
  await write(page.getByRole("main"), { ...known, "Product ID": "prod-first" });
  await button(page, "Associate").click();
  await sees(() => status(page), "Loading this part of the page");
  await button(page, "Stop waiting").click();
  await sees(() => button(page, "Stop waiting").count(), 0);
  await sees(() => hasFocus(button(page, "Associate")), true, "the button that sends");
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await release();
  await sees(() => flash(page), /^The service action is now associated/);
  assert.equal((await runsOf(page)).length, 1);
});

test("who goes elsewhere while it is fetched finds nothing sent, and is told", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  const release = await hold(page);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await button(page, "More").click();
  await openOperation(page, inBulk);
  await release();
  await sees(() => status(page), /^Associate a service action: Nothing was sent\. You left the page/);
  assert.equal(await page.getByRole("dialog").count(), 0);
  await openOperation(page, associate);
  assert.equal(await button(page, "Stop waiting").count(), 0);
  await button(page, "Associate").click();
  await sees(() => flash(page), /^The service action is now associated/);
});

test("what an address asks for is asked again by a reload", async (t) => {
  const { page, site, problems } = await open(t);
  await page.route(later, (route) => route.abort());
  const input = encodeURIComponent(JSON.stringify({ ProductId: "prod-asked" }));
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?input=${input}`);
  await page.getByText("A part of the page couldn't be loaded", { exact: true }).waitFor();
  await page.unroute(later);
  await page.reload();
  await sees(() => field(page.getByRole("main"), "Product ID").inputValue(), "prod-asked");
  forgive(problems);
});

test("a link whose page is reloaded while it loads fills the form all the same", async (t) => {
  const { page, site } = await open(t);
  const release = await hold(page);
  const input = encodeURIComponent(JSON.stringify({ ProductId: "prod-asked" }));
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?input=${input}`);
  await page.getByText("Opening the form", { exact: true }).waitFor();
  assert.equal(await field(page.getByRole("main"), "Product ID").count(), 0, "no empty form to write in");
  await page.reload();
  await page.getByText("Opening the form", { exact: true }).waitFor();
  await release(2);
  await sees(() => field(page.getByRole("main"), "Product ID").inputValue(), "prod-asked");
  assert.doesNotMatch(page.url(), /input/);
});

test("clearing the form stops a press that is not sent yet", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  const release = await hold(page);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await button(page, "Clear").click();
  await sees(() => button(page, "Stop waiting").count(), 0);
  await release();
  await openHistory(page);
  await page.getByText("Nothing has been sent yet.").first().waitFor();
});

test("what was followed goes on after a reload, once the part can be had", async (t) => {
  const site = await startSite(t);
  const { page, problems } = await openPage(t);
  await page.clock.install();
  await page.goto(site.url);
  const title = "Run a service action";
  await send(page, title, "Run", { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": "act-fs7abcd89wxyz" });
  await part(page, "Timeline").waitFor();
  let asked = 0;
  await page.route(later, (route) => {
    asked += 1;
    return route.abort();
  });
  await page.reload();
  await openOperation(page, title);
  // The run is taken up again, and the form, whose token is spent, is made ready to send: both need
  // the part, and together they ask for it once or twice.
  await sees(() => asked > 0, true, "as soon as there is something to follow");
  await field(page, "Service action ID").waitFor();
  const first = await settled(() => asked);
  await page.clock.fastForward(5_000);
  assert.equal(await settled(() => asked), first);
  await page.clock.fastForward(6_000);
  await sees(() => asked, first + 1);
  await page.unroute(later);
  await page.clock.fastForward(11_000);
  await sees(() => words(part(page, "Timeline")), /Succeeded/, "what happened meanwhile shows", 10_000);
  forgive(problems);
});

test("a menu that is late does not open over somebody who writes", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  const release = await hold(page);
  await button(page, "More").click();
  await field(page, "Product ID").focus();
  await page.keyboard.type("prod-");
  await release();
  await page.keyboard.type("typed", { delay: 50 });
  assert.equal(await page.getByRole("menu").count(), 0);
  assert.equal(await field(page, "Product ID").inputValue(), "prod-typed");
  await choose(page, "More", "Copy as");
  await page.getByRole("dialog").waitFor();
});

test("a host that doesn't know the type of WebAssembly serves it all the same", async (t) => {
  const { page } = await open(t, {
    answer(name, response) {
      if (!name.endsWith(".wasm")) return false;
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(readFileSync(join(dist, name)));
      return true;
    },
  });
  await send(page, associate, "Associate", known);
  await sees(() => flash(page), /^The service action is now associated/);
});

test("the history says that it did not come, and tries again", async (t) => {
  const { page, problems } = await open(t);
  await page.route(later, (route) => route.abort());
  await openHistory(page);
  await page.getByRole("main").getByText("A part of the page couldn't be loaded", { exact: true }).waitFor();
  await sees(() => status(page), "A part of the page couldn't be loaded");
  await page.unroute(later);
  await button(page, "Try again").click();
  await sees(() => hasFocus(page.getByRole("heading", { level: 1 })), true);
  await page.getByText("Nothing has been sent yet.").first().waitFor();
  forgive(problems);
});

test("where what draws forms does not come, the page says so, and tries again", async (t) => {
  const { page, problems } = await open(t);
  await page.route("**/form.wasm", (route) => route.abort());
  await page.getByRole("link", { name: associate, exact: true }).click();
  await page.getByText("Couldn't load this service", { exact: true }).waitFor();
  await assertAccessible(page, "a model that can't be read");
  await page.unroute("**/form.wasm");
  await button(page, "Try again").click();
  await formIsOpen(page, associate);
  await write(page.getByRole("main"), known);
  assert.equal(await field(page, "Product ID").inputValue(), known["Product ID"]);
  forgive(problems);
});

test("a form with moments and dates fetches what draws answers, and what sends, no sooner than others", async (t) => {
  const { page, fetched } = await open(t);
  const parts = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && parts.push(request.url().split("/").pop()));
  await openOperation(page, "List billing groups");
  await page.getByRole("button", { name: "Calendar for billing period" }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.ok(parts.includes("calendar.wasm"));
  assert.ok(!parts.includes("answers.wasm"), parts.join());
  assert.equal(fetched.length, 0);
});
