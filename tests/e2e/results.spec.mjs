// The table of a batch's outcomes: found, sorted, filtered, selected, taken elsewhere; and many rows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { association, eight, formula, name, open } from "./eight.mjs";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { allWords, button, explained, hasFocus, ofVerdict, openOperation, part, row, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

/** The first cells of the rows shown, as numbers. */
async function shown(page) {
  return (await table(page, name)).map(([id]) => Number(id?.match(/^act-(\d+)$/)?.[1]));
}

function box(page, number) {
  return part(page, name).getByRole("checkbox", { name: `Select row ${number}, act-${number}`, exact: true });
}

function heading(page) {
  return part(page, name).getByRole("heading", { level: 2 }).innerText();
}

const all = (page) => part(page, name).getByRole("checkbox", { name: "Select all", exact: true });
const find = (page) => part(page, name).getByRole("searchbox", { name: "Find associations" });
const choice = (page, column) => part(page, name).getByLabel(`Filter by ${column}`);

/** Those that can be retried, the others that failed, and those that were done. */
const failedFirst = [2, 5, 3, 7, 1, 4, 6, 8];

test("each association that was sent has its outcome, and what needs a person stands first", async (t) => {
  const { page } = await eight(t);
  const rows = await table(page, name);
  assert.deepEqual(await shown(page), failedFirst);
  assert.deepEqual(rows[0], ["act-2", "Failed", "THROTTLING Can be retried Rate exceeded.", "prod-2", "pa-2"]);
  assert.deepEqual(rows[3], ["act-7", "Failed", "RESOURCE_NOT_FOUND Ärger mit Nummer sieben.", "prod-1", "pa-7"]);
  assert.deepEqual(rows[4], ["act-1", "Done", "-", "prod-1", "pa-1"]);
  await part(page, name).getByText("Failed rows first. The service lists only failures. It doesn't list the other associations, so they count as done.", { exact: true }).waitFor();
});

test("the codes are one line, which opens with a sentence for each and whether a retry helps", async (t) => {
  const { page } = await eight(t);
  const line = part(page, name).locator("summary");
  // What stands between them is drawn by the style.
  assert.match(await words(line), /^What the 2 codes mean THROTTLING 2\s*RESOURCE_NOT_FOUND 2$/);
  const codes = part(page, name).getByRole("list").getByRole("listitem");
  assert.equal(await codes.first().isVisible(), false);
  await explained(page, name);
  const [throttled, missing, ...others] = await allWords(codes);
  assert.match(throttled, /^THROTTLING .* send this association again\. Can be retried$/);
  assert.match(missing, /^RESOURCE_NOT_FOUND .* there is nothing left to do\.$/);
  assert.deepEqual(others, []);
  await assertAccessible(page, "what the codes mean");
});

test("rows are found by any of their texts, and their number is said", async (t) => {
  const { page } = await eight(t);
  for (const [query, expected, said] of [
    ["ACT-3", [3], "1 match"],
    ["  prod-2 ", [2, 5, 8], "3 matches"],
    ["ärger", [7], "1 match"],
    ["once more", [5], "1 match"],
  ]) {
    await find(page).fill(query);
    await sees(() => shown(page), expected, query);
    await sees(() => status(page), said);
  }
  await find(page).fill("pa-1 x");
  await sees(() => table(page, name), [["No matches Clear filter"]]);
  await sees(() => status(page), "No matches");
  await button(page, "Clear filter").click();
  await sees(() => shown(page), failedFirst);
  await sees(() => hasFocus(find(page)), true, "the button has gone; the search has the focus");
});

test("rows are filtered by code and status", async (t) => {
  const { page } = await eight(t);
  const errors = choice(page, "error");
  assert.deepEqual(await errors.locator("option").allInnerTexts(), ["Any error", "- (4)", "THROTTLING (2)", "RESOURCE_NOT_FOUND (2)"]);
  await errors.selectOption("THROTTLING (2)");
  await sees(() => shown(page), [2, 5]);
  await sees(() => status(page), "2 matches");
  await choice(page, "status").selectOption("Done (4)");
  await sees(() => table(page, name), [["No matches Clear filter"]]);
  await errors.selectOption("Any error");
  await sees(() => shown(page), [1, 4, 6, 8]);
  await find(page).fill("prod-1");
  await sees(() => shown(page), [1, 4]);
});

test("rows are sorted by any column, there and back", async (t) => {
  const { page } = await eight(t);
  const head = (title) => part(page, name).getByRole("columnheader", { name: title, exact: true });
  const press = (title) => head(title).getByRole("button", { name: title, exact: true }).click();
  const sorted = (title) => head(title).getAttribute("aria-sort");
  const first = part(page, name).getByText("Failed rows first.");
  assert.equal(await sorted("Error"), "none");
  await first.waitFor();
  await press("Error");
  await sees(() => shown(page), [3, 7, 2, 5, 1, 4, 6, 8], "rows without an error stand last");
  assert.equal(await sorted("Error"), "ascending");
  assert.equal(await first.count(), 0, "the person's own order");
  await press("Error");
  await sees(() => shown(page), [2, 5, 3, 7, 1, 4, 6, 8]);
  assert.equal(await sorted("Error"), "descending");
  await press("Product ID");
  await sees(() => shown(page), [3, 6, 1, 4, 7, 2, 5, 8]);
  assert.deepEqual([await sorted("Error"), await sorted("Product ID")], ["none", "ascending"]);
  await press("Product ID");
  await press("Product ID");
  await sees(() => shown(page), failedFirst);
  await first.waitFor();
  assert.equal(await sorted("Product ID"), "none");
});

test("what may be sent again is selected; a selection outlives search, order and filter", async (t) => {
  const { page } = await eight(t);
  const checked = async () => {
    const states = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => box(page, number).isChecked()));
    return states.flatMap((is, index) => (is ? [index + 1] : []));
  };
  const indeterminate = () => all(page).evaluate((element) => element.indeterminate);
  assert.deepEqual(await checked(), [2, 5]);
  assert.equal(await heading(page), `${name} (2/8)`);
  assert.equal(await indeterminate(), true);

  await choice(page, "error").selectOption("RESOURCE_NOT_FOUND (2)");
  await sees(() => shown(page), [3, 7]);
  assert.deepEqual([await indeterminate(), await all(page).isChecked()], [false, false], "none of those shown is selected");
  await all(page).check();
  await sees(() => heading(page), `${name} (4/8)`);
  await box(page, 3).uncheck();
  await sees(indeterminate, true);
  await find(page).fill("act-7");
  await sees(() => all(page).isChecked(), true);
  await page.getByRole("columnheader", { name: "Status" }).getByRole("button").click();
  await find(page).fill("");
  await choice(page, "error").selectOption("Any error");
  await sees(checked, [2, 5, 7]);
  await all(page).check();
  await sees(() => heading(page), `${name} (8/8)`);
  await all(page).uncheck();
  await sees(() => heading(page), `${name} (8)`, "never (0/8)");

  const again = (name) => page.getByRole("button", { name, exact: true });
  await box(page, 2).check();
  await box(page, 3).check();
  await again("Send 2 again").waitFor();
  assert.equal(await ofVerdict(page, "Retry 2 failed").count(), 1, "the verdict offers what it did");
  await find(page).fill("act-3");
  await again("Send 2 again, 1 hidden by the filter").waitFor();
  await find(page).fill("");
  await again("Send 2 again").waitFor();
  await box(page, 3).uncheck();
  await box(page, 5).check();
  await sees(() => again("Send 2 again").count(), 0, "the verdict has a button for these");
  await all(page).check();
  await all(page).uncheck();

  await box(page, 6).check();
  await openOperation(page, "Run a service action");
  await page.evaluate(() => history.go(-2));
  await sees(checked, [6], "another page and back");
});

/** A reader of RFC 4180, strict. */
function readCsv(text, separator = ",") {
  const rows = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\r\n]*))(${separator}|\r\n)`, "y");
  let cells = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    assert.ok(found, "every cell ends in a separator or CRLF");
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] === "\r\n") rows.push(cells.splice(0));
  }
  return rows;
}

/** Saves rows as CSV or JSON; `which` is what the menu says of them. */
async function download(page, format, which) {
  await button(page, "Download").click();
  const menu = page.getByRole("menu", { name: "Download", exact: true });
  const rows = menu.getByRole("group", { name: which, exact: true });
  const [file] = await Promise.all([page.waitForEvent("download"), rows.getByRole("menuitem", { name: format }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const columns = ["Service action ID", "Product ID", "Product version ID", "Status", "Error", "Message", "Resource check"];
const names = ["ServiceActionId", "ProductId", "ProvisioningArtifactId", "status", "code", "message", "readBack"];
const file = "BatchDisassociateServiceActionFromProvisioningArtifact-associations";

test("what is selected is saved as CSV, in the order on the screen, and no cell is a formula", async (t) => {
  const { page } = await eight(t);
  await box(page, 3).check();
  await part(page, name).getByRole("columnheader", { name: "Error", exact: true }).getByRole("button").click();
  await sees(() => shown(page), [3, 7, 2, 5, 1, 4, 6, 8]);
  const csv = await download(page, "CSV", "3 selected rows");
  assert.equal(csv.name, `${file}.csv`);
  await sees(() => status(page), `3 rows saved as ${file}.csv`);
  assert.equal(csv.text[0], "\ufeff", "spreadsheets know by it that this is UTF-8");
  assert.deepEqual(readCsv(csv.text.slice(1)), [
    names,
    ["act-3", "prod-0", "pa-3", "failed", "RESOURCE_NOT_FOUND", `'${formula}`, ""],
    ["act-2", "prod-2", "pa-2", "failed", "THROTTLING", "Rate exceeded.", ""],
    ["act-5", "prod-2", "pa-5", "failed", "THROTTLING", "Rate exceeded, once more.", ""],
  ]);
});

test("what is only proposed is no selection: all rows that match are saved as JSON, exactly as they came", async (t) => {
  const { page } = await eight(t);
  const exports = (caption) => part(page, name).getByRole("group", { name: caption, exact: true });
  assert.equal(await heading(page), `${name} (2/8)`);
  await exports("All 8 rows").waitFor();
  await button(page, "Copy rows").waitFor();
  await find(page).fill("prod-0");
  await exports("2 matching rows").waitFor();
  await button(page, "Copy 2 matching rows").waitFor();
  const saved = await download(page, "JSON", "2 matching rows");
  assert.equal(saved.name, `${file}.json`);
  assert.deepEqual(JSON.parse(saved.text), [
    { ...association(3), status: "failed", code: "RESOURCE_NOT_FOUND", message: formula },
    { ...association(6), status: "done" },
  ]);
});

test("rows are copied for a spreadsheet", async (t) => {
  const { page, context } = await eight(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await box(page, 3).check();
  await find(page).fill("prod-0");
  await sees(() => shown(page), [3, 6]);
  await button(page, "Copy 3 selected rows").click();
  await sees(() => status(page), "3 rows copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const rows = readCsv(copied.replace(/\r?\n/g, (end, at) => (copied[at - 1] === "," ? "\n" : "\r\n")), "\t");
  assert.deepEqual(rows[0], columns);
  assert.deepEqual(rows[1], ["act-3", "prod-0", "pa-3", "failed", "RESOURCE_NOT_FOUND", `'${formula}`, ""]);
  assert.deepEqual(rows.slice(2).map(([id]) => id), ["act-2", "act-5"], "what is hidden comes last");
});

test("few rows need no tools, and success needs no selection", async (t) => {
  const { page } = await open(t, "Disassociate service actions in bulk", { FailedServiceActionAssociations: [] });
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" });
  await button(page, "Disassociate").click();
  await sees(() => table(page, name), [["act-1", "Done", "-", "prod-1", "pa-1"]]);
  await part(page, name).getByText("No failed associations").waitFor();
  for (const role of ["searchbox", "combobox", "checkbox"]) assert.equal(await part(page, name).getByRole(role).count(), 0, role);
  assert.equal(await part(page, name).getByRole("columnheader").getByRole("button").count(), 0);
});

test("a list in an output has the same table; numbers are sorted as numbers", async (t) => {
  const names = ["10", "9", "-1", "400", "9.5", "12345678901234567890", "12345678901234567891"];
  const ServiceActionSummaries = names.map((Name, index) => ({ Id: `act-${index}`, Name, Description: `@Action ${index}` }));
  const { page } = await open(t, "List service actions", { ServiceActionSummaries });
  await button(page, "List").click();
  const read = async () => (await table(page, "Service actions")).map(([both]) => both.split(" ")[0]);
  await sees(read, names);
  assert.deepEqual((await table(page, "Service actions"))[1].slice(0, 2), ["9 act-1", "@Action 1"], "the name stands above the identifier");
  const head = page.getByRole("columnheader", { name: "Name", exact: true }).getByRole("button");
  await head.click();
  const ascending = ["-1", "9", "9.5", "10", "400", "12345678901234567890", "12345678901234567891"];
  await sees(read, ascending);
  await head.click();
  await sees(read, ascending.toReversed());
  const saved = await download(page, "JSON", "All 7 rows");
  assert.equal(saved.name, "ListServiceActions-service-actions.json");
  assert.deepEqual(JSON.parse(saved.text), ascending.toReversed().map((name) => ServiceActionSummaries[names.indexOf(name)]));
  const csv = await download(page, "CSV", "All 7 rows");
  assert.deepEqual(readCsv(csv.text.slice(1))[1].slice(0, 3), ["act-6", "12345678901234567891", "'@Action 6"]);
});

test("the outcomes are accessible, fit their place, and a phone", async (t) => {
  const { page } = await eight(t);
  const overflows = () => part(page, name).locator(".table-region").evaluate((region) => region.scrollWidth > region.clientWidth);

  for (const [width, height] of [[1366, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await sees(overflows, false, `the table at ${width} pixels`);
    await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);
    await assertAccessible(page, `the outcomes, ${width} pixels wide`);
  }
  // On a phone what needs a person is in view: the tools open with a button, and what was done is one line.
  const first = part(page, name).getByRole("row").filter({ hasText: "act-2" });
  assert.ok(await first.evaluate((row) => row.getBoundingClientRect().bottom < innerHeight), "the first failed row is in view");
  const done = part(page, name).getByRole("row").filter({ hasText: "act-8" });
  assert.equal(await done.isVisible(), false);
  await page.emulateMedia({ media: "print" });
  await sees(() => done.isVisible(), true, "on paper all rows are there");
  await page.emulateMedia({ media: "screen" });
  await button(page, "4 done").click();
  await sees(() => done.isVisible(), true);
  assert.equal(await find(page).isVisible(), false);
  await button(page, "Find, filter and sort").click();
  await find(page).fill("nothing like it");
  await sees(() => table(page, name), [["No matches Clear filter"]]);
  await assertAccessible(page, "no matches");
});

test("with the keyboard alone", async (t) => {
  const { page } = await eight(t);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText);
  const tabTo = async (label) => {
    for (let presses = 0; presses < 40 && (await focused()) !== label; presses += 1) await page.keyboard.press("Tab");
    assert.equal(await focused(), label);
  };
  await sees(() => hasFocus(page.locator("#result")), true);
  await tabTo("Find associations");
  await page.keyboard.type("pa-");
  await tabTo("Filter by status");
  await page.keyboard.type("Failed");
  await sees(() => shown(page), [2, 5, 3, 7]);
  await tabTo("Select all");
  await page.keyboard.press("Space");
  await sees(() => heading(page), `${name} (4/8)`);
  await tabTo("Service action ID");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await sees(() => shown(page), [7, 5, 3, 2]);
  await tabTo("Select row 5, act-5");
  await page.keyboard.press("Space");
  await sees(() => heading(page), `${name} (3/8)`);
  assert.equal(await focused(), "Select row 5, act-5", "the focus stays");
});
