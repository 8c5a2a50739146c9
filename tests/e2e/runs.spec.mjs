// What becomes of a run: sent again by itself, unknown and read back, sent again by the person,
// taken back, followed to its end. All on the sandbox in the proxy, whose ledger says what was done.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy } from "./harness.mjs";
import { endIsStored } from "./history.mjs";
import { button, choose, chooseTarget, editAgain, flash, hasFocus, meets, message, ofVerdict, openOperation, part, requestsOf, sees, status, table, words } from "./person.mjs";

after(closeBrowser);

/** A page at the proxy's sandbox; `strike` sets faults, `done` tells what was really done. */
async function begin(t, { random, ...options } = {}) {
  const proxy = await startProxy(t);
  const { page, context } = await openPage(t, undefined, options);
  // Pauses are random; here they are as long as they get, so that a person sees them.
  if (random !== undefined) await page.addInitScript((random) => (Math.random = () => random), random);
  const ask = async (method, path, document) => {
    const body = document && JSON.stringify(document);
    const response = await fetch(`${proxy.plain.origin}/sandbox/${path}`, { method, body });
    assert.equal(response.ok, true, `${method} ${path}: ${response.status}`);
    return response.json().catch(() => null);
  };
  await page.goto(proxy.url);
  await meets(page, "proxy-sandbox");
  return {
    page,
    context,
    proxy,
    sent: requestsOf(page),
    strike: (...faults) => ask("PUT", "_faults", { faults }),
    done: async () => (await ask("GET", "_ledger")).operations,
  };
}

async function example(page, operation, title) {
  await openOperation(page, operation);
  await choose(page, "Load", title);
}

const link = "Disassociate an opportunity";
const unlink = (page) => example(page, link, "Remove a partner solution in the test catalog");
const results = () => ["DisassociateOpportunity", "GetOpportunity"];
const named = (sent, name) => sent.filter((request) => (request.headers()["x-amz-target"] ?? "").endsWith(`.${name}`));

/** From now on what reads is held back, until what this gives is called. */
async function holdReads(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/api/**", async (route) => {
    const isRead = /\.(Get|List)/.test(route.request().headers()["x-amz-target"]);
    if (isRead) await held;
    await route.continue();
  });
  return release;
}

const isFocusLost = (page) => page.evaluate(() => document.activeElement === document.body);

/** Presses what is there for a second only, as soon as it is there. */
async function stopTrying(page) {
  await sees(() => button(page, "Stop trying").count(), 1);
  await button(page, "Stop trying").dispatchEvent("click");
}

/** What the icon of the verdict stands for. */
const kind = (page) => page.getByRole("region", { name: "Notifications" }).locator("[data-kind]").first().getAttribute("data-kind");

test("a throttled request is sent again by itself, visibly, and done once", async (t) => {
  const { page, strike, done, sent } = await begin(t, { random: 0.99 });
  await example(page, "Associate a service action", "Add an action to a new version");
  await strike({ fault: "throttle", operation: "AssociateServiceActionWithProvisioningArtifact", times: 2 });
  await button(page, "Associate").click();
  await sees(() => words(page.getByRole("main")), /Throttled\. Trying again in 1 s, attempt 2 of 3/);
  await sees(() => status(page), /^Throttled\. Trying again in 1 s, attempt 2 of 3$/);
  await sees(() => words(page.getByRole("main")), /Throttled\. Trying again in 2 s, attempt 3 of 3/);
  await sees(() => flash(page), /^The service action is now associated with the product version\./);
  assert.match(await page.title(), /^The service action is now associated .* - Associate a service action - Formsmith$/);
  const bodies = named(sent, "AssociateServiceActionWithProvisioningArtifact").map((request) => request.postData());
  assert.equal(bodies.length, 3);
  assert.equal(new Set(bodies).size, 1, "the same bytes each time");
  assert.deepEqual(await done(), { AssociateServiceActionWithProvisioningArtifact: 1 });
  await page.getByText("Earlier attempts").click();
  await sees(() => page.getByRole("main").getByRole("heading", { name: /^Attempt [12]$/ }).count(), 2);
  await assertAccessible(page, "a run of three attempts");
});

test("trying again can be stopped, and gone on with", async (t) => {
  const { page, strike, done, sent } = await begin(t, { random: 0.99 });
  await example(page, "Associate a service action", "Add an action to a new version");
  await strike({ fault: "throttle", operation: "AssociateServiceActionWithProvisioningArtifact", times: 1 });
  await button(page, "Associate").click();
  await stopTrying(page);
  await sees(() => flash(page), /^The service rejected the request: ThrottlingException/);
  await page.waitForTimeout(1500);
  assert.equal(named(sent, "AssociateServiceActionWithProvisioningArtifact").length, 1);
  assert.deepEqual(await done(), {});
  await ofVerdict(page, "Send again").click();
  await sees(() => flash(page), /^The service action is now associated/);
  await sees(() => words(page.getByRole("main")), /Earlier attempts \(1\)/);
});

test("a lost answer to a request with a token is asked for again with the same bytes", async (t) => {
  const { page, strike, done, sent } = await begin(t, { random: 0.1 });
  await example(page, "Run a service action", "Restart an instance");
  await strike({ fault: "lost", operation: "ExecuteProvisionedProductServiceAction", times: 1 });
  await button(page, "Run").click();
  await sees(() => flash(page), /Status: (created|in progress)/);
  const bodies = named(sent, "ExecuteProvisionedProductServiceAction").map((request) => request.postData());
  assert.equal(bodies.length, 2);
  assert.equal(bodies[0], bodies[1]);
  assert.deepEqual(await done(), { ExecuteProvisionedProductServiceAction: 1 });
});

test("what nobody knows is called unknown, never sent again blindly, and read back", async (t) => {
  const { page, strike, done, sent } = await begin(t, { random: 0.1 });
  const release = await holdReads(page);
  await unlink(page);
  await strike({ fault: "lost", operation: "DisassociateOpportunity", times: 1 });
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^Unknown: .*not known/);
  assert.match(await page.title(), /^Unknown: /);
  await sees(() => kind(page), "unknown", "neither good nor bad");
  release();
  await sees(() => words(part(page, "Resource check")), /The resources show that it was done\./);
  await sees(() => flash(page), /^The related entity is no longer linked.* the resources show it was done/, "which settles it");
  await sees(() => kind(page), "success");
  assert.equal(named(sent, results()[0]).length, 1);
  assert.equal(named(sent, results()[1]).length, 1);
  assert.deepEqual(await done(), { DisassociateOpportunity: 1 });
  await assertAccessible(page, "an unknown that was read back");
});

test("what reading back shows as not done can be sent again, as the same run", async (t) => {
  const { page, strike, done } = await begin(t, { random: 0.1 });
  const release = await holdReads(page);
  await unlink(page);
  await strike({ fault: "fail-before", operation: "DisassociateOpportunity", times: 1 });
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^Unknown: the service failed: InternalServerException/);
  release();
  await sees(() => words(part(page, "Resource check")), /it had not been done/);
  await sees(() => flash(page), /^Not done/, "which settles it");
  assert.deepEqual(await done(), {});
  await ofVerdict(page, "Send again").click();
  await sees(() => flash(page), /^The related entity is no longer linked/);
  assert.deepEqual(await done(), { DisassociateOpportunity: 1 });
  await page.getByRole("link", { name: "History", exact: true }).click();
  await sees(async () => (await table(page, "Runs")).map((cells) => cells.at(-1)), ["2"], "one run, two attempts");
});

const bulk = "Disassociate service actions in bulk";
const bulkName = "BatchDisassociateServiceActionFromProvisioningArtifact";

test("each row of a lost batch is unknown, and read back for itself", async (t) => {
  const { page, strike } = await begin(t, { random: 0.1 });
  const release = await holdReads(page);
  await example(page, bulk, "Remove two actions from one version");
  await strike({ fault: "lost", operation: bulkName, times: 1 });
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^Unknown: /);
  release();
  await sees(() => words(part(page, "Resource check")), /2 entries done, 0 not done/);
  await sees(async () => (await table(page, "Association outcomes")).map((cells) => cells[1]), ["Done", "Done"], "settled in place");
  const marks = page.getByRole("table", { name: "Association outcomes" }).locator("[data-kind]");
  assert.deepEqual(await marks.evaluateAll((all) => all.map((one) => one.dataset.kind)), ["success", "success"]);
  await assertAccessible(page, "rows that were read back");
  const rows = await table(page, "Association outcomes");
  assert.ok(rows.every((cells) => cells[2].endsWith("The resources show that it was done")), JSON.stringify(rows));
  await sees(() => flash(page), /^2 of 2 associations disassociated/);
});

test("what is typed, chosen and looked at in the outcomes stays while they are read back", async (t) => {
  const { page, strike } = await begin(t, { random: 0.1 });
  const release = await holdReads(page);
  await example(page, bulk, "One success and six different failures");
  await strike({ fault: "lost", operation: bulkName, times: 1 });
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^Unknown: /);
  const outcomes = part(page, "Association outcomes");
  const search = outcomes.getByRole("searchbox");
  const ids = async () => (await table(page, "Association outcomes")).map((cells) => cells[0]);
  const sorted = outcomes.getByRole("columnheader", { name: "Service action ID" });
  await sorted.getByRole("button").click();
  const box = outcomes.getByRole("checkbox", { name: /^Select row 2,/ });
  await box.check();
  await search.pressSequentially("act-");
  const found = await ids();
  const place = () => search.evaluate((element) => element.getBoundingClientRect().top);
  await search.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const before = await place();
  release();
  await sees(() => words(part(page, "Resource check")), /The resources (show|don't show)/);
  assert.equal(await search.inputValue(), "act-");
  assert.equal(await hasFocus(search), true);
  assert.equal(await sorted.getAttribute("aria-sort"), "ascending");
  assert.equal(await box.isChecked(), true);
  assert.deepEqual(await ids(), found);
  // The rows beneath it have become higher, and the browser keeps one of them where it was.
  await sees(async () => Math.abs((await place()) - before) < 80, true, "it is still where it was looked at");
  const shown = await table(page, "Association outcomes");
  assert.ok(shown.every((cells) => /The resources /.test(cells[2])), JSON.stringify(shown));
  await search.fill("resources show that it was done");
  await sees(async () => (await ids()).length > 0 && (await ids()).length < found.length, true, "it is found by what was read back");
});

test("what failed and may be done is chosen beforehand, sent again alone, and belongs to the same run", async (t) => {
  const { page, sent } = await begin(t);
  await example(page, bulk, "One success and six different failures");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^1 of 7 associations disassociated, 6 failed/);
  await ofVerdict(page, "Retry 2 failed").click();
  await sees(() => flash(page), /^3 of 7 associations disassociated, 4 failed/);
  const bodies = named(sent, bulkName).map((request) => JSON.parse(request.postData()).ServiceActionAssociations);
  assert.deepEqual(bodies.map((entries) => entries.length), [7, 2]);
  for (const entry of bodies[1]) assert.ok(bodies[0].some((other) => JSON.stringify(other) === JSON.stringify(entry)));
  await sees(() => words(page.getByRole("main")), /Earlier attempts \(1\)/);
  assert.equal(await page.getByRole("button", { name: /^(Send \d+ again|Retry .*)$/ }).count(), 0, "nothing else is worth it");
});

test("what was done is taken back only after a review", async (t) => {
  const { page, sent, done } = await begin(t);
  await example(page, bulk, "One success and six different failures");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^1 of 7/);
  const before = sent.length;
  await ofVerdict(page, "Undo 1").click();
  const review = page.getByRole("dialog");
  await sees(() => words(review), /^Associate 1 association in us-east-1\? /);
  await review.getByText("Request to be sent").click();
  const { body } = await message(page, "Request to be sent");
  assert.equal(sent.length, before, "nothing is sent");
  await assertAccessible(page, "the review");
  await review.getByRole("button", { name: "Cancel" }).click();
  assert.equal(sent.length, before);
  await sees(() => hasFocus(button(page, "Associate")), true, "the focus is where the person goes on");
  await page.getByRole("heading", { level: 1, name: "Associate service actions in bulk" }).waitFor();
  await button(page, "Associate").click();
  await sees(() => flash(page), /^1 of 1 association associated/);
  assert.equal(sent.at(-1).postData(), body, "what was reviewed is what is sent");
  assert.equal((await done())[bulkName], 1);
});

test("a record is followed to its end, over a reload, and the end is told", async (t) => {
  const { page, context, proxy } = await begin(t);
  await context.grantPermissions(["notifications"], { origin: proxy.origin });
  await context.addInitScript(() => {
    window.told = [];
    const real = Notification;
    window.Notification = class {
      static permission = real.permission;
      constructor(title, options) {
        window.told.push(`${title}: ${options.body}`);
      }
    };
    Object.defineProperty(Document.prototype, "hidden", { get: () => true });
  });
  await page.reload();
  await example(page, "Run a service action", "Restart an instance");
  await button(page, "Run").click();
  const timeline = part(page, "Timeline");
  await sees(() => words(timeline), /Created/);
  await endIsStored(page);
  await page.reload();
  await sees(() => words(timeline), /Created .*In progress/, "the reload lost nothing", 10_000);
  await button(page, "Stop updating").click();
  await sees(() => words(timeline), /Automatic updates have stopped\./);
  await button(page, "Resume updates").click();
  await sees(() => words(timeline), /Created .*In progress .*Succeeded/, "it comes to its end", 30_000);
  await sees(() => page.evaluate(() => window.told), ["Run a service action: The action completed without an error. Status: succeeded."]);
  await sees(() => words(part(page, "Record")), /Tags/);
  await sees(() => words(part(page, "Answer")), /Outputs/);
  await assertAccessible(page, "a timeline");
});

test("a record that fails ends as failed, in the bar, the title and the history", async (t) => {
  const { page } = await begin(t);
  await example(page, "Run a service action", "A run that ends in failure");
  await button(page, "Run").click();
  await sees(() => words(part(page, "Timeline")), /Created .*Failed/, "it comes to its end", 30_000);
  await sees(() => flash(page), /Status: failed\./);
  const title = await page.title();
  await page.getByRole("link", { name: "History", exact: true }).click();
  const verdict = title.split(" - ")[0];
  await sees(async () => (await table(page, "Runs")).map((cells) => cells.join(" ")).join(), new RegExp(verdict));
});

test("what belongs to another target is refused where it shows", async (t) => {
  const { page, sent } = await begin(t);
  await example(page, bulk, "One success and six different failures");
  await button(page, "Disassociate").click();
  await ofVerdict(page, "Undo 1").waitFor();
  await chooseTarget(page, "Sandbox in this page");
  const before = named(sent, bulkName).length;
  for (const name of ["Undo 1", "Retry 2 failed"]) {
    await ofVerdict(page, name).click();
    await sees(() => words(page.locator("#notice")), /^Nothing was sent This was sent to: Sandbox in the local proxy\. Choose that target/, name);
    await sees(() => hasFocus(page.locator("#notice")), true, "it is where the person is");
    await page.locator("#notice").getByRole("button", { name: "Dismiss" }).click();
  }
  assert.equal(named(sent, bulkName).length, before);
});

test("a form that was cleared comes back with its result", async (t) => {
  const { page } = await begin(t);
  await example(page, bulk, "One success and six different failures");
  await button(page, "Disassociate").click();
  await ofVerdict(page, "Retry 2 failed").waitFor();
  await editAgain(page);
  await button(page, "Clear").click();
  await sees(() => part(page, "Result").count(), 0);
  await button(page, "Restore my form").click();
  await ofVerdict(page, "Retry 2 failed").waitFor();
  await sees(async () => (await table(page, "Association outcomes")).length, 7);
});

test("what was typed in the form of the inverse can be brought back after an undo", async (t) => {
  const { page } = await begin(t);
  await openOperation(page, "Associate service actions in bulk");
  const typed = page.getByRole("group", { name: "Association 1", exact: true }).getByLabel("Product ID", { exact: true });
  await typed.fill("prod-typedbyme000");
  await example(page, bulk, "Remove two actions from one version");
  await button(page, "Disassociate").click();
  await ofVerdict(page, "Undo 2").waitFor();
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-west-1");
  await ofVerdict(page, "Undo 2").click();
  const region = page.getByRole("combobox", { name: "Region" });
  await sees(() => region.inputValue(), "us-east-1", "it is taken back where it was done");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await sees(() => hasFocus(button(page, "Associate")), true, "the focus is where the person goes on");
  await button(page, "Restore my form").focus();
  await page.keyboard.press("Enter");
  await sees(() => typed.inputValue(), "prod-typedbyme000");
  await sees(() => region.inputValue(), "eu-west-1");
  await sees(async () => !(await isFocusLost(page)), true, "Undo goes, the focus does not");
});

test("a run that is refused leaves the record before it followed", async (t) => {
  const { page } = await begin(t);
  await example(page, "Run a service action", "Restart an instance");
  await button(page, "Run").click();
  await part(page, "Timeline").waitFor();
  await sees(() => hasFocus(page.locator("#result")), true);
  await editAgain(page);
  await page.getByRole("main").getByLabel("Service action ID", { exact: true }).fill("act-nosuchaction1");
  await button(page, "Run").click();
  await sees(() => flash(page), /^The service rejected the request: ResourceNotFoundException/);
  const others = part(page, "Runs of this form");
  await sees(() => words(others), /completed without an error/, "it comes to its end", 30_000);
  await others.getByRole("button", { name: "Show" }).click();
  await sees(() => words(part(page, "Timeline")), /Succeeded/);
  await sees(() => words(others), /The service rejected the request: ResourceNotFoundException/, "and the refused one is a line now");
});

test("sending again counts its own attempts, and the focus is never lost", async (t) => {
  const { page, strike } = await begin(t, { random: 0.99 });
  await example(page, "Associate a service action", "Add an action to a new version");
  await strike({ fault: "throttle", operation: "AssociateServiceActionWithProvisioningArtifact", times: 9 });
  await button(page, "Associate").click();
  await stopTrying(page);
  await ofVerdict(page, "Send again").focus();
  await page.keyboard.press("Enter");
  await sees(() => words(page.getByRole("main")), /attempt 2 of 3/);
  await sees(async () => !(await isFocusLost(page)), true);
  await sees(() => flash(page), /^The service rejected the request: ThrottlingException/, "after three", 10_000);
  await sees(() => words(page.getByRole("main")), /Earlier attempts \(3\)/);
});

test("a refusal after a lost answer says that nobody knows, and nothing else", async (t) => {
  const { page, strike, done } = await begin(t, { random: 0.01 });
  await example(page, "Run a service action", "Restart an instance");
  await strike(
    { fault: "fail-after", operation: "ExecuteProvisionedProductServiceAction", times: 1 },
    { fault: "expired", operation: "ExecuteProvisionedProductServiceAction", after: 1, times: 1 },
  );
  await button(page, "Run").click();
  await sees(() => flash(page), /^Unknown: sign in again/i);
  assert.doesNotMatch(await flash(page), /Nothing was carried out/);
  assert.deepEqual(await done(), { ExecuteProvisionedProductServiceAction: 1 });
});
