// The pages of the history: what was sent is found, compared, opened again, pinned, deleted,
// exported and imported.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, takePictures } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { associate, associated, failed, failing, file, heads, inBulk, kept, known, open, openHistory, run, runs, send, verdicts } from "./history.mjs";
import { siteWithModels } from "./models.mjs";
import { allWords, button, editAgain, field, flash, formIsOpen, hasFocus, openOperation, pairs, part, row, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

test("runs are found by what was sent, by request ID and by verdict", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  const many = Array.from({ length: 60 }, (_, at) => run(at, at % 3 ? {} : { tone: "error", verdict: `Run ${at} refused` }));
  await page.getByLabel("Import").setInputFiles(file(many));
  await sees(() => status(page), "60 runs imported.");
  await sees(async () => (await runs(page)).length, 50, "a page of 50");
  await sees(async () => (await verdicts(page))[0], "Run 59 done", "the newest first");
  await button(page, "Next page").click();
  await sees(async () => (await verdicts(page)).at(-1), "Run 0 refused");
  const search = page.getByRole("searchbox", { name: "Find runs" });
  await search.fill("prod-42");
  await sees(() => runs(page), [[associate, "Run 42 refused"]], "by a value of the input");
  await search.fill("request-7");
  await sees(() => runs(page), [[associate, "Run 7 done"]], "by request ID");
  await search.fill("nowhere");
  await sees(() => words(page.getByRole("table", { name: "Runs" })), /No matches/);
  await button(page, "Clear filter").click();
  await page.getByLabel("Filter by verdict").selectOption({ label: "Failed (20)" });
  await sees(async () => (await runs(page)).every(([, verdict]) => verdict.endsWith("refused")), true);
  await sees(async () => (await runs(page)).length, 20);
});

test("runs are found by operation and by day, of however many there are", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  const day = 24 * 60 * 60 * 1000;
  const disassociate = { operation: "BatchDisassociateServiceActionFromProvisioningArtifact", title: inBulk };
  const many = Array.from({ length: 60 }, (_, at) => run(at, { startedMs: 1.7e12 + at * day, ...(at % 20 ? {} : disassociate) }));
  await page.getByLabel("Import").setInputFiles(file(many));
  await sees(() => status(page), "60 runs imported.");
  // Written to the database in this format before operations were counted.
  const { overview } = await kept(page);
  delete overview.operations;
  await kept(page, { overview });
  await page.reload();
  const filter = page.getByLabel("Filter by operation");
  await filter.selectOption({ label: "BatchDisassociateServiceActionFromProvisioningArtifact (3)" });
  await sees(() => verdicts(page), ["Run 40 done", "Run 20 done", "Run 0 done"]);
  await page.getByLabel("From", { exact: true }).fill("2023-12-04");
  await sees(() => verdicts(page), ["Run 40 done", "Run 20 done"]);
  await page.getByLabel("To", { exact: true }).fill("2023-12-04");
  await filter.selectOption("");
  await sees(async () => (await verdicts(page)).length, 1, "one run a day");
  await assertAccessible(page);
  await page.getByLabel("To", { exact: true }).fill("2023-11-01");
  await button(page, "Clear filter").click();
  await sees(async () => (await runs(page)).length, 50);
  await button(page, "Delete all unpinned runs").click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await sees(() => status(page), "60 runs deleted.");
  await sees(async () => (await kept(page)).overview.operations, {});
  await page.getByLabel("Import").setInputFiles(file(many.slice(19, 21)));
  await sees(async () => (await kept(page)).overview.operations, { [run(0).operation]: 1, [disassociate.operation]: 1 });
});

test("all runs of a form are those of its operation", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file(Array.from({ length: 9 }, (_, at) => run(at))));
  await sees(() => status(page), "9 runs imported.");
  for (let time = 0; time < 2; time += 1) await send(page, inBulk, "Disassociate", failing);
  await part(page, "Runs of this form").getByRole("link", { name: "View all" }).click();
  await sees(() => runs(page), [failed, failed]);
  const search = page.getByRole("searchbox", { name: "Find runs" });
  assert.equal(await search.inputValue(), "BatchDisassociateServiceActionFromProvisioningArtifact");
  await search.fill("");
  await sees(async () => (await runs(page)).length, 11);
});

test("what is searched for stays, and so does the focus, while an answer comes", async (t) => {
  const { page, answers } = await openHeld(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file(Array.from({ length: 9 }, (_, at) => run(at))));
  await sees(() => status(page), "9 runs imported.");
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  await sees(() => answers.length, 1);
  await openHistory(page);
  const search = page.getByRole("searchbox", { name: "Find runs" });
  await search.fill(known["Product ID"]);
  await sees(() => runs(page), [[associate, "Waiting for the answer"]]);
  answers[0]("{}");
  await sees(() => runs(page), [associated]);
  await sees(() => hasFocus(search), true);
  assert.equal(await search.inputValue(), known["Product ID"]);
});

test("a run is opened again as a draft, with new tokens, and that can be undone", async (t) => {
  const { page } = await open(t);
  await send(page, associate, "Associate", known);
  await editAgain(page);
  const spent = await field(page, "Idempotency token").inputValue();
  await button(page, "Clear").click();
  await write(page.getByRole("main"), { "Product ID": "prod-mine" });
  await openHistory(page);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(() => hasFocus(page.getByRole("heading", { level: 1 })), true, "the page that was gone to has the focus");
  await page.getByRole("link", { name: "Open again" }).click();
  await sees(() => status(page), "The run's input was loaded, with new tokens.");
  await sees(() => field(page, "Product ID").inputValue(), known["Product ID"]);
  const token = await field(page, "Idempotency token").inputValue();
  assert.match(token, /^[0-9a-f]{8}-/);
  assert.notEqual(token, spent);
  assert.doesNotMatch(page.url(), /run=/, "a reload does not load it again");
  await button(page, "Restore my form").click();
  await sees(() => field(page, "Product ID").inputValue(), "prod-mine");
});

test("an input that the model no longer takes is opened as JSON, with its mistake", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1, { input: { ProductId: 1, Gone: true } })]));
  await sees(() => status(page), "1 run imported.");
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?run=${run(1).id}`);
  const json = page.getByRole("textbox", { name: "Input as JSON" });
  await sees(async () => JSON.parse(await json.inputValue()), { ProductId: 1 });
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?run=nosuchrun`);
  await sees(() => status(page), /^This run is not in the history/);
  const notice = page.getByRole("main").locator(".flash").first();
  assert.match(await words(notice), /^This run is not in the history/);
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await sees(() => words(page.getByRole("main")), /^(?!.*This run is not in the history)/);
});

test("members of a kept run that the operation does not have are named, and its region goes with Undo", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1, { input: { ProductId: "prod-1", Gone: true, Old: { a: 1 } } })]));
  await sees(() => status(page), "1 run imported.");
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?run=${run(1).id}`);
  const told = /with new tokens\. The operation has no members “Gone” and “Old”: they were left out\. The region is now eu-west-1\./;
  await sees(() => words(page.getByRole("main").locator(".flash").first()), told);
  assert.match(await status(page), told);
  await sees(() => field(page, "Product ID").inputValue(), "prod-1");
  await button(page, "Restore my form").click();
  await sees(() => page.getByRole("combobox", { name: "Region" }).inputValue(), "us-east-1");
});

test("two runs are compared, member by member", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  const one = run(1, { input: { Same: "x", List: [{ Id: "a" }, { Id: "b" }] } });
  const other = run(2, { input: { Same: "x", List: [{ Id: "a" }, { Id: "c" }], More: 3 }, verdict: "Run 2 refused", tone: "error", region: "us-east-1" });
  await page.getByLabel("Import").setInputFiles(file([one, other]));
  await sees(async () => (await runs(page)).length, 2);
  const compare = button(page, "Compare");
  assert.equal(await compare.getAttribute("aria-disabled"), "true", "one has to choose two");
  for (const box of await page.getByRole("checkbox", { name: /^Select row/ }).all()) await box.check();
  await compare.click();
  await page.getByRole("heading", { level: 1, name: "Comparison of two runs" }).waitFor();
  await sees(() => table(page, "Differences in the input"), [["List[2].Id", "b", "c"], ["More", "Not set", "3"]]);
  const facts = await table(page, "Result");
  assert.deepEqual(facts[0], ["Verdict", "Run 1 done", "Run 2 refused"]);
  assert.match(facts.at(-1).join(), /eu-west-1.*us-east-1/);
  const same = page.getByRole("table", { name: "In common" });
  assert.equal(await same.isVisible(), false, "what is the same is folded");
  await page.getByRole("main").locator("summary").filter({ hasText: "In common" }).click();
  await sees(() => table(page, "In common"), [["Same", "x", "x"], ["List[1].Id", "a", "a"]]);
});

test("a run is pinned and deleted, and comes back with Undo; the pinned outlive the rest", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1), run(2), run(3)]));
  await sees(async () => (await runs(page)).length, 3);
  await page.goto(`${site.url}#/history/${run(2).id}`);
  await button(page, "Pin").click();
  await sees(() => status(page), /^The run is pinned/);
  await button(page, "Unpin").waitFor();
  await sees(() => page.title(), `Run 2 done - ${associate} - Formsmith`, "the verdict, and what it is of");
  await page.goto(`${site.url}#/history/${run(3).id}`);
  await sees(() => words(part(page, "Run")), /Run 3 done/);
  await button(page, "Delete").click();
  await sees(async () => (await verdicts(page)), ["Run 2 done", "Run 1 done"]);
  await sees(() => status(page), "The run was deleted.");
  await button(page, "Undo").click();
  await sees(async () => (await verdicts(page)), ["Run 3 done", "Run 2 done", "Run 1 done"]);
  await page.goto(`${site.url}#/history/${run(3).id}`);
  await sees(() => words(part(page, "Run")), /Run 3 done/);
  // The page is drawn anew when the model has come.
  await part(page, "Result").waitFor();
  // Both presses come before the run is gone: a double click.
  await button(page, "Delete").evaluate((button) => [1, 2].forEach(() => button.click()));
  await sees(async () => (await verdicts(page)), ["Run 2 done", "Run 1 done"]);
  await button(page, "Undo").waitFor();
  // What can't be brought back now can be later.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function () {
      IDBObjectStore.prototype.put = put;
      throw new DOMException("no", "UnknownError");
    };
  });
  await button(page, "Undo").click();
  await sees(() => flash(page), /^The browser's database isn't working right now/);
  await button(page, "Undo").click();
  await sees(async () => (await verdicts(page)), ["Run 3 done", "Run 2 done", "Run 1 done"]);
  await sees(() => button(page, "Undo").count(), 0);
  await sees(() => flash(page), "The run was restored.");
  await button(page, "Delete all unpinned runs").click();
  const dialog = page.getByRole("dialog");
  await sees(() => words(dialog), /Permanently delete 2 runs\?/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal((await runs(page)).length, 3);
  await button(page, "Delete all unpinned runs").click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await sees(async () => (await verdicts(page)), ["Run 2 done"]);
});

test("a history is exported and imported elsewhere, and what is there already stays", async (t) => {
  const { page, site } = await open(t);
  await send(page, associate, "Associate", known);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1, { pinned: true, input: { Text: "é \u{1F600} \" \\ \n" } })]));
  await sees(async () => (await runs(page)).length, 2);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Export").click()]);
  const saved = await readFile(await download.path(), "utf8");
  await sees(() => status(page), /^2 runs passed to the browser/);
  assert.deepEqual(JSON.parse(saved).runs.map(({ facts }) => facts[0].input)[1], { Text: "é \u{1F600} \" \\ \n" });

  const { page: elsewhere } = await openPage(t, `${site.url}#/history`);
  await elsewhere.getByLabel("Import").setInputFiles(file(saved));
  await sees(() => status(elsewhere), "2 runs imported.");
  await sees(() => runs(elsewhere), await runs(page));
  // But for the mark that it was imported, which counts.
  const unmarked = async (page) => {
    const texts = Object.entries(await kept(page));
    const heads = texts.filter(([key]) => key.startsWith("head/"));
    return heads.map(([key, { imported: _imported, size: _size, ...text }]) => [key, text]);
  };
  assert.deepEqual(await unmarked(elsewhere), await unmarked(page));
  await elsewhere.getByLabel("Import").setInputFiles(file(saved));
  const told = "0 runs imported. 2 already in the history.";
  await sees(() => status(elsewhere), told);
  await sees(() => flash(elsewhere), told, "what is said is seen too");
  assert.equal(await elsewhere.getByRole("status").count(), 1, "and said once");
  await assertAccessible(elsewhere, "the history with a notice");
  await elsewhere.getByRole("button", { name: "Dismiss" }).click();
  await sees(() => allWords(elsewhere.locator(".flash")), []);
  await sees(() => hasFocus(elsewhere.getByRole("heading", { level: 1 })), true, "the button is gone");

  await elsewhere.getByRole("checkbox", { name: /^Select row 2/ }).check();
  await elsewhere.getByLabel("Import").setInputFiles(file([run(2)]));
  await sees(async () => (await verdicts(elsewhere)), [associated[1], "Run 2 done", "Run 1 done"]);
  await sees(() => elsewhere.getByRole("checkbox", { name: /^Select row 3/ }).isChecked(), true, "a run is selected, not a row");
  const [one] = await Promise.all([elsewhere.waitForEvent("download"), button(elsewhere, "Export").click()]);
  const chosen = JSON.parse(await readFile(await one.path(), "utf8")).runs;
  assert.deepEqual(chosen.map(({ head }) => head.id), [run(1).id], "only what was chosen");
});

test("of many runs all are exported, selected and sorted, though few of them are read at first", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  const many = Array.from({ length: 120 }, (_, at) => run(at));
  await page.getByLabel("Import").setInputFiles(file(many));
  await sees(() => status(page), "120 runs imported.");
  await page.reload();
  await sees(() => words(page.getByRole("group", { name: "Pages" })), "1 to 50 of 120");
  const exported = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Export").click()]);
    return JSON.parse(await readFile(await download.path(), "utf8")).runs.length;
  };
  assert.equal(await exported(), 120, "all of them, not only those that are drawn");
  await page.reload();
  await sees(() => words(page.getByRole("group", { name: "Pages" })), "1 to 50 of 120");
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("checkbox", { name: /^Select row 1,/ }).uncheck();
  assert.equal(await exported(), 119);
  await page.getByRole("columnheader", { name: "Sent", exact: true }).getByRole("button").click();
  await sees(async () => (await verdicts(page))[0], "Run 0 done", "the oldest first");
  await button(page, "Last page").click();
  await sees(async () => (await verdicts(page)).at(-1), "Run 119 done");
  await button(page, "Delete all unpinned runs").click();
  await sees(() => words(page.getByRole("dialog")), /120 runs/);
});

test("a hostile file does no harm", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  const load = page.getByLabel("Import");
  for (const text of ["", "no JSON", "[]", "{}", '{"formsmithHistory":3,"runs":[]}', `{"formsmithHistory":1,"runs":${"[".repeat(200_000)}`]) {
    await load.setInputFiles(file(text));
    await sees(() => status(page), /^This file contains no history/, text.slice(0, 40));
    await sees(() => flash(page), /^This file contains no history/);
    await load.setInputFiles(file([]));
    await sees(() => status(page), "0 runs imported.");
    await sees(() => flash(page), "0 runs imported.");
  }
  const script = "<img src=x onerror=\"document.title='harmed'\"><script>document.title='harmed'</script>";
  const hostile = run(1, { title: script, verdict: script, input: { [script]: script }, extra: script });
  const links = { operation: "x?run=1&token=2", service: "javascript:alert(1)" };
  await load.setInputFiles(file([hostile, run(2, links), run(3, { id: "../../x" }), run(4, { startedMs: -1 }), null, 7]));
  await sees(() => status(page), "1 run imported. 5 skipped: they can't be read.");
  await sees(async () => (await runs(page)).length, 1);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(() => words(part(page, "Run")), /<img src=x onerror=/);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.equal((await heads(page)).length, 1);
  assert.equal((await heads(page))[0].extra, undefined);
  await page.goto(`${site.url}#/history/${encodeURIComponent(script)}`);
  await sees(() => words(page.getByRole("main")), /This run is not in the history/);
  assert.notEqual(await page.title(), "harmed");
});

test("a run of any of AWS's operations says what it was and can be opened again", async (t) => {
  const { site, remove } = await siteWithModels(["sqs"]);
  t.after(remove);
  const proxy = await startProxy(t, ["--target", "sandbox", "--site", site]);
  const { page } = await openPage(t, proxy.url);
  await openHistory(page);
  const sent = run(1, { service: "sqs", operation: "SendMessage", input: { QueueUrl: "https://queue", MessageBody: "hello" } });
  await page.getByLabel("Import").setInputFiles(file([sent]));
  await sees(async () => (await runs(page))[0][0], "Send message");
  await page.getByRole("table", { name: "Runs" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: "Send message" }).waitFor();
  await page.getByRole("link", { name: "Open again" }).click();
  await formIsOpen(page, "Send message");
  await sees(() => field(page, "Message body").inputValue(), "hello");
});

test("a run of an operation that no model describes is still shown", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1, { service: "gone", operation: "DoGone" })]));
  await sees(() => status(page), "1 run imported.");
  await page.goto(`${site.url}#/history/${run(1).id}`);
  await sees(() => words(page.getByRole("main")), /There is no model for this operation here/);
  assert.equal(await page.getByRole("link", { name: "Open again" }).count(), 0);
  await sees(async () => (await pairs(part(page, "Run"))).Account, "1234-5678-9012");
});

test("the history is accessible, works by keyboard and fits a phone", async (t) => {
  const { page, site } = await open(t);
  await openHistory(page);
  await assertAccessible(page, "the empty history");
  const wordy = {
    verdict: associated[1],
    attempts: [{ ...run(3).attempts[0], verdict: associated[1], requestId: "69463300-8b66-42e4-8e1c-6e3f818f32b7" }],
  };
  const all = [...Array(8).keys()].map((at) => run(at, [{ tone: "unknown", endedMs: null }, {}, {}, wordy][at]));
  await page.getByLabel("Import").setInputFiles(file(all));
  await sees(async () => (await runs(page)).length, 8);
  await assertAccessible(page, "the list");
  await page.getByRole("checkbox", { name: /^Select row 1,/ }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("checkbox", { name: /^Select row 2,/ }).focus();
  await page.keyboard.press("Space");
  await button(page, "Compare").focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(page.getByRole("heading", { level: 1, name: "Comparison of two runs" })), true);
  await assertAccessible(page, "the comparison");
  const pages = [`#/history/${run(1).id}/${run(2).id}`, "#/history", `#/history/${run(3).id}`];
  for (const [at, hash] of pages.entries()) {
    await page.goto(`${site.url}${hash}`);
    await page.getByRole("table").first().waitFor();
    for (const summary of await page.getByRole("main").locator("summary").all()) await summary.click();
    const regions = page.getByRole("main").locator(".table-region");
    const isWhole = () => regions.evaluateAll((all) => all.every((one) => one.scrollWidth <= one.clientWidth));
    await sees(isWhole, true, "no table is cut off at its side");
    await takePictures(page, `history-${at}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, hash);
    await assertAccessible(page, `${hash}, 390 pixels wide`);
    await page.setViewportSize({ width: 1366, height: 900 });
  }
  await button(page, "Delete").focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(page.getByRole("heading", { level: 1, name: "History" })), true);
});
