// The part of the page that comes when it is first needed: not before, and not without a word
// where it does not come.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { associate, known, openHistory, runs, send } from "./history.mjs";
import { button, errorOf, field, flash, hasFocus, openOperation, part, requestsOf, sees, status, write } from "./person.mjs";

after(closeBrowser);

const later = "**/split_later.wasm";

async function open(t) {
  const site = await startSite(t);
  const opened = await openPage(t, site.url);
  const fetched = [];
  opened.page.on("request", (request) => {
    if (request.url().endsWith("/split_later.wasm")) fetched.push(request);
  });
  return { ...opened, fetched };
}

/** Takes what the browser says of a part that does not come out of the problems. */
function forgive(problems) {
  const others = problems.filter((problem) => !/split_later|Failed to fetch/.test(problem));
  assert.notEqual(problems.splice(0, problems.length, ...others).length, others.length);
}

test("a form is drawn and checked without it; who begins to write needs it soon", async (t) => {
  const { page, fetched } = await open(t);
  await openOperation(page, associate);
  await button(page, "Associate").click();
  await sees(() => errorOf(field(page, "Product ID")), "Enter the product ID");
  assert.equal(fetched.length, 0);
  await field(page, "Product ID").fill("prod-1");
  await sees(() => fetched.length, 1);
  await send(page, associate, "Associate", known);
  assert.equal(fetched.length, 1, "once");
});

test("where it does not come, nothing is sent, nothing is lost, and the next press tries again", async (t) => {
  const { page, problems } = await open(t);
  await openOperation(page, associate);
  await page.route(later, (route) => route.abort());
  const sent = requestsOf(page);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await page.getByText("A part of the page did not arrive", { exact: true }).waitFor();
  await sees(() => status(page), /^A part of the page did not arrive\. Nothing was sent/);
  await assertAccessible(page, "a part that did not arrive");
  assert.equal(await part(page, "Result").count(), 0);
  assert.equal(await field(page, "Product ID").inputValue(), known["Product ID"]);
  await page.unroute(later);
  await button(page, "Associate").click();
  await sees(() => flash(page), /^The service action is now associated/);
  assert.equal(await page.getByText("A part of the page did not arrive").count(), 0);
  assert.equal(sent.length, 0, "the page's own sandbox answered");
  assert.equal((await runsOf(page)).length, 1);
  forgive(problems);
});

async function runsOf(page) {
  await openHistory(page);
  await page.getByRole("table", { name: "Runs", exact: true }).waitFor();
  return runs(page);
}

test("who stops while it is fetched sends nothing", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  const held = [];
  await page.route(later, (route) => held.push(route));
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await page.getByText("Loading this part of the page", { exact: true }).waitFor();
  await button(page, "Stop waiting").click();
  await sees(() => button(page, "Stop waiting").count(), 0);
  await sees(() => hasFocus(button(page, "Associate")), true, "the button that sends");
  await Promise.all(held.map((route) => route.continue()));
  await openHistory(page);
  await page.getByText("Nothing has been sent yet.").first().waitFor();
});

test("the history says that it did not come, and tries again", async (t) => {
  const { page, problems } = await open(t);
  await page.route(later, (route) => route.abort());
  await openHistory(page);
  await page.getByText("A part of the page did not arrive", { exact: true }).waitFor();
  await page.unroute(later);
  await button(page, "Try again").click();
  await page.getByText("Nothing has been sent yet.").first().waitFor();
  forgive(problems);
});
