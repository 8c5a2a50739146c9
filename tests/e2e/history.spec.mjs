// What was sent is kept: before the send and after the answer, within bounds, whatever happens to
// the tab, and said beforehand where it can't be.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { associate, associated, failed, failing, file, forget, hasNoRoomOnce, heads, inBulk, kept, known, open, openHistory, run, runs, send, verdicts } from "./history.mjs";
import { button, editAgain, editIfFolded, flash, hasFocus, ofVerdict, openOperation, pairs, part, row, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

test("a run is kept with its input, target, verdict, times and answer, also across a reload", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  await sees(() => words(page.getByRole("main")), /Nothing has been sent yet/);
  await send(page, inBulk, "Disassociate", failing);
  await openHistory(page);
  await sees(() => runs(page), [failed]);
  await page.reload();
  await sees(() => runs(page), [failed]);
  assert.equal((await table(page, "Runs"))[0].at(-4), failing["Service action ID"], "what was acted on");
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: inBulk }).waitFor();
  const result = await pairs(part(page, "Run"));
  assert.equal(result.Target, "Sandbox in this page");
  assert.equal(result.Region, "us-east-1");
  assert.match(result.Sent, /^\d{4}-\d\d-\d\d /);
  await sees(() => words(part(page, "Result")), /0 of 1 association disassociated, 1 failed/);
  const [attempt] = await table(page, "Attempts");
  assert.equal(attempt[4], "200");
  assert.match(attempt[5], /^[0-9a-f-]{36}$/);
  await page.getByRole("main").locator("summary").filter({ hasText: "Input as sent" }).click();
  const input = await page.getByRole("region", { name: "Input as sent" }).innerText();
  assert.deepEqual(JSON.parse(input).ServiceActionAssociations[0].ServiceActionId, failing["Service action ID"]);
  await page.getByRole("main").locator("summary").filter({ hasText: "Response as received" }).click();
  assert.match(await page.getByRole("region", { name: "Response as received" }).innerText(), /^HTTP 200[^]*RESOURCE_NOT_FOUND/);
});

test("a tab that is closed while the answer is waited for leaves an unknown", async (t) => {
  const { page, context, site, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  const [head] = await heads(page);
  assert.deepEqual([head.verdict.tone, head.endedMs], ["unknown", null], "kept before there is an answer");
  await openHistory(page);
  await sees(() => runs(page), [[associate, "Waiting for the answer"]]);
  const other = await context.newPage();
  await other.goto(`${site.url}#/history`);
  await page.close();
  await sees(() => runs(other), [[associate, "Unknown: the page was closed before an answer arrived"]]);
  await other.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(() => words(part(other, "Result")), /It's not known whether the request was carried out/);
});

test("a run that is no longer waited for is kept as unknown", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  await button(page, "Stop waiting").click();
  await openHistory(page);
  await sees(() => runs(page), [[associate, "Unknown: you stopped waiting for the answer"]]);
  const mark = page.getByRole("table", { name: "Runs" }).locator("[data-kind]");
  assert.equal(await mark.getAttribute("data-kind"), "unknown", "neither good nor bad");
  answers[0]("{}");
});

/** Deletes the one run that is kept, on its own page, and stays at the history. */
async function deleteRun(page) {
  await openHistory(page);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await button(page, "Delete").click();
  await button(page, "Undo").waitFor();
}

test("a run that was deleted before its answer comes back with the answer", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  await deleteRun(page);
  answers[0]("{}");
  await sees(() => status(page), /now associated/);
  assert.deepEqual(await runs(page), [], "it does not come back by itself");
  await button(page, "Undo").click();
  await sees(() => runs(page), [associated]);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(async () => (await table(page, "Attempts")).map((cells) => cells[4]), ["200"]);
});

test("a run that was deleted while what it started is followed comes back with how that ended", async (t) => {
  const { page, answers } = await openHeld(t);
  const asked = (name) => answers.filter(({ operation }) => operation.startsWith(name));
  await openOperation(page, "Run a service action");
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": known["Service action ID"] });
  await button(page, "Run").click();
  await sees(() => answers.length, 1);
  const record = (status) => JSON.stringify({ RecordDetail: { RecordId: "rec-1", Status: status } });
  answers[0](record("CREATED"));
  await sees(() => asked("Describe").length, 1, "it is followed", 15_000);
  await deleteRun(page);
  asked("Describe")[0](record("SUCCEEDED"));
  await sees(() => status(page), /completed without an error/);
  await button(page, "Undo").click();
  await sees(async () => (await runs(page)).map(([, verdict]) => verdict).join(), /completed without an error/);
});

test("what is still under way stays when all that is not pinned is deleted", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1)]));
  await sees(async () => (await runs(page)).length, 2);
  await button(page, "Delete all unpinned runs").click();
  await sees(() => words(page.getByRole("dialog")), /Permanently delete 1 run\?/);
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await sees(async () => (await runs(page)).length, 1);
  answers[0]("{}");
  await sees(() => runs(page), [associated]);
});

test("a run that another tab deletes sends nothing more, and its answer is told", async (t) => {
  const { page, context, site, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  const other = await context.newPage();
  await other.goto(site.url);
  await deleteRun(other);
  answers[0](JSON.stringify({ __type: "ThrottlingException", Message: "Slow down." }), 400);
  await sees(() => status(page), /^The service rejected the request: ThrottlingException/);
  assert.equal(await ofVerdict(page, "Send again").count(), 0);
  await page.waitForTimeout(3000);
  assert.equal(answers.length, 1, "it is not tried again");
  assert.deepEqual(await runs(other), []);
  await button(other, "Undo").click();
  await sees(async () => (await runs(other)).length, 1);
  await ofVerdict(page, "Send again").click();
  await sees(() => answers.length, 2, "the person may, once it is back");
  answers[1]("{}");
  await sees(() => runs(other), [associated]);
});

test("that the history could not keep how a run ended is told wherever the person is", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  await openOperation(page, inBulk);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no", "UnknownError");
    };
  });
  answers[0]("{}");
  const told = new RegExp(`^${associate}: ${associated[1]} .*The result couldn't be stored in the history\\. The browser's database isn't working right now`);
  await sees(() => flash(page), told);
  await sees(() => status(page), told);
});

/** Imports runs, each of which is then taken for as large as this, in bytes. */
async function importSized(page, sized) {
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file(sized.map(([run]) => run)));
  await sees(async () => (await runs(page)).length, sized.length);
  const all = await kept(page);
  await kept(page, Object.fromEntries(sized.map(([{ id }, size]) => [`head/${id}`, { ...all[`head/${id}`], size }])));
  // The page counts anew what it has no overview of.
  await forget(page, "overview");
  await page.reload();
}

test("when the history has its size, the oldest that is not pinned makes room", async (t) => {
  const { page } = await open(t);
  await importSized(page, [[run(1, { pinned: true }), 29_000_000], [run(2), 500_000], [run(3), 499_000]]);
  await send(page, associate, "Associate", known);
  await openHistory(page);
  await sees(() => verdicts(page), [associated[1], "Run 3 done", "Run 1 done"]);
  const all = await kept(page);
  const [heads, facts] = ["head/", "log/"].map((prefix) => new Set(Object.keys(all).filter((key) => key.startsWith(prefix)).map((key) => key.split("/")[1])));
  assert.deepEqual(facts, heads, "head and facts went together");
});

test("where only pinned runs are left, that is said before the send, and nothing is sent", async (t) => {
  const { page, answers } = await openHeld(t);
  const pinned = run(1, { pinned: true });
  await importSized(page, [[pinned, 29_999_000]]);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => status(page), /^Nothing was sent, because the history can't store it\. The history is full \(30 MB\)/);
  await button(page, "Send without history").waitFor();
  assert.equal(answers.length, 0);
  await page.evaluate((id) => (location.hash = `#/history/${id}`), pinned.id);
  await button(page, "Unpin").click();
  await button(page, "Pin").waitFor();
  await openOperation(page, associate);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  answers[0]("{}");
  await sees(() => flash(page), associated[1]);
  await openHistory(page);
  await sees(async () => (await runs(page))[0], associated);
});

for (const [how, prepare] of [
  ["refuses", () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  }],
  ["is not there", () => Object.defineProperty(window, "indexedDB", { value: undefined })],
]) {
  test(`a database that ${how} is told before the send, and nothing is sent until the person says so`, async (t) => {
    const { page, answers } = await openHeld(t, prepare);
    await openOperation(page, associate);
    await write(page.getByRole("main"), known);
    await button(page, "Associate").click();
    await sees(() => status(page), /^Nothing was sent, because the history can't store it\. This browser doesn't let the page store data/);
    const notice = page.locator("#notice");
    await sees(() => hasFocus(notice), true, "what is said is where the person is");
    assert.equal(answers.length, 0);
    await button(page, "Associate").click();
    await sees(() => hasFocus(notice), true, "pressing again sends nothing either");
    assert.equal(answers.length, 0);
    await button(page, "Send without history").click();
    await sees(() => answers.length, 1);
    answers[0]("{}");
    await sees(() => flash(page), associated[1]);
    await editAgain(page);
    await button(page, "Associate").click();
    await sees(() => answers.length, 2, "asked once as long as the page lives");
    answers[1]("{}");
    await openHistory(page);
    await sees(() => words(page.getByRole("main")), /The history can't be read.*doesn't let the page store data/);
  });
}

test("a browser without room says so before the send", async (t) => {
  const { page, context, site, answers } = await openHeld(t);
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  const session = await context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 10 });
  await button(page, "Associate").click();
  await sees(() => status(page), /^Nothing was sent, because the history can't store it\. This browser has no more storage/);
  assert.equal(answers.length, 0);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  answers[0]("{}");
  await sees(() => flash(page), associated[1]);
});

test("where the browser has no more room, the oldest run makes some", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1), run(2, { pinned: true })]));
  await sees(async () => (await runs(page)).length, 2);
  await hasNoRoomOnce(page);
  await send(page, associate, "Associate", known);
  await openHistory(page);
  await sees(() => verdicts(page), [associated[1], "Run 2 done"]);
});

test("two tabs that send at the same time both keep their runs, and each sees the other's", async (t) => {
  const { page, context, site } = await open(t);
  const other = await context.newPage();
  const third = await context.newPage();
  await third.goto(`${site.url}#/history`);
  await third.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await other.goto(site.url);
  for (const one of [page, other]) {
    await openOperation(one, inBulk);
    await write(row(one, "Association 1"), failing);
  }
  for (let count = 1; count <= 3; count += 1) {
    for (const one of [page, other]) await editIfFolded(one);
    await Promise.all([page, other].map((one) => button(one, "Disassociate").click()));
    await sees(() => runs(third), Array(2 * count).fill(failed), "without a reload");
  }
});
