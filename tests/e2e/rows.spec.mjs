// Rows: adding, removing, and filling them from a spreadsheet.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, field, flash, hasFocus, openOperation, part, paste, row, sees, status, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const lineItem = "Disassociate resources from a custom line item";
const columns = ["Service action ID", "Product ID", "Product version ID"];

async function open(t, title) {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, title);
  return page;
}

/** The values of all rows of a list. */
async function values(page, item) {
  const rows = page.getByRole("group", { name: new RegExp(`^${item} \\d+$`) });
  return rows.evaluateAll((all) => all.map((one) => [...one.querySelectorAll("input")].map((input) => input.value)));
}

const line = (index) => ["a", "b", "c"].map((letter) => `${letter}${index}`);
const lines = (count) => Array.from({ length: count }, (_, index) => line(index + 1));
const tabs = (rows) => rows.map((cells) => cells.join("\t")).join("\n");

test("a row that is added takes the focus, and the room shrinks", async (t) => {
  const page = await open(t, inBulk);
  await page.getByText("You can add 49 more associations.").waitFor();
  await button(page, "Add association").click();
  await sees(() => hasFocus(field(row(page, "Association 2"), columns[0])), true);
  await page.getByText("You can add 48 more associations.").waitFor();
});

test("a removal is announced, and focus goes to the next Remove or to Add", async (t) => {
  const page = await open(t, inBulk);
  await paste(field(row(page, "Association 1"), columns[0]), tabs(lines(3)));
  await sees(() => status(page), "3 rows pasted.", "which may be said later, once its part is loaded");
  await button(page, "Remove association 2").click();
  await sees(() => values(page, "Association"), [line(1), line(3)]);
  await sees(() => status(page), "Association 2 removed.");
  await sees(() => hasFocus(button(page, "Remove association 2")), true, "the next row has moved up");
  await button(page, "Remove association 2").click();
  await sees(() => hasFocus(button(page, "Add association")), true, "there is no next row");
  await button(page, "Remove association 1").click();
  await sees(() => values(page, "Association"), []);
  await sees(() => hasFocus(button(page, "Add association")), true);
  await sees(() => status(page), "Association 1 removed.");
});

test("Enter goes to the same field of the next row, and after the last to the button that adds one", async (t) => {
  const page = await open(t, inBulk);
  await paste(field(row(page, "Association 1"), columns[0]), tabs(lines(2)));
  await sees(() => values(page, "Association"), lines(2));
  await field(row(page, "Association 1"), columns[1]).focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(field(row(page, "Association 2"), columns[1])), true);
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(button(page, "Add association")), true);
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(field(row(page, "Association 3"), columns[0])), true);
  assert.equal(await part(page, "Result").count(), 0, "nothing was sent");
});

test("no more rows than the service takes", async (t) => {
  const page = await open(t, inBulk);
  await paste(field(row(page, "Association 1"), columns[0]), tabs(lines(49)));
  await page.getByText("You can add 1 more association.").waitFor();
  await button(page, "Add association").click();
  await page.getByText("No more associations fit in one request.").waitFor();
  const add = button(page, "Add association");
  assert.equal(await add.getAttribute("aria-disabled"), "true");
  await add.focus();
  await page.keyboard.press("Enter");
  assert.equal((await values(page, "Association")).length, 50);
});

const pasted = [
  ["tabs", "a1\tb1\tc1\na2\tb2\tc2", lines(2)],
  ["tabs, the line ends of a spreadsheet", "a1\tb1\tc1\r\na2\tb2\tc2\r\n", lines(2)],
  ["commas", "a1,b1,c1\na2,b2,c2\n", lines(2)],
  ["commas and quotes", '"a1","b1","c1"\n"a2","b2","c2"', lines(2)],
  ["one row", "a1\tb1\tc1", lines(1)],
  ["a header of titles in another order", "Product version ID\tService action ID\tProduct ID\nc1\ta1\tb1", lines(1)],
  ["a header of API names", "ServiceActionId,ProductId,ProvisioningArtifactId\na1,b1,c1\na2,b2,c2", lines(2)],
  ["blank lines and spaces around cells", " a1 \t b1\tc1 \n\n a2\tb2\tc2\n\n", lines(2)],
  ["a row with a cell missing", "a1\tb1\tc1\na2\tb2", [line(1), ["a2", "b2", ""]]],
];

test("pasting rows", async (t) => {
  const page = await open(t, inBulk);
  for (const [kind, text, expected] of pasted) {
    await t.test(kind, async () => {
      await button(page, "Clear").click();
      await sees(() => values(page, "Association"), [["", "", ""]]);
      await paste(field(row(page, "Association 1"), columns[1]), text);
      await sees(() => values(page, "Association"), expected);
      await sees(() => status(page), expected.length === 1 ? "1 row pasted." : `${expected.length} rows pasted.`);
    });
  }
});

test("pasted rows go into blank rows first and leave filled ones alone", async (t) => {
  const page = await open(t, inBulk);
  await write(row(page, "Association 1"), { [columns[0]]: "mine", [columns[1]]: "my product", [columns[2]]: "my version" });
  await button(page, "Add association").click();
  await button(page, "Add association").click();
  await paste(field(row(page, "Association 2"), columns[0]), tabs(lines(1)));
  await sees(() => values(page, "Association"), [["mine", "my product", "my version"], line(1), ["", "", ""]]);
});

test("a single value is pasted as a value", async (t) => {
  const page = await open(t, inBulk);
  const control = field(row(page, "Association 1"), columns[0]);
  await paste(control, "act-1");
  await sees(() => values(page, "Association"), [["act-1", "", ""]]);
});

const refused = [
  ["too many rows", tabs(lines(50)), "You pasted 50 rows; there is room for 49. Nothing was changed."],
  ["a row that is too wide", "a1\tb1\tc1\td1\na2\tb2\tc2", "Pasted row 1 has 4 cells; there are 3 columns. Nothing was changed."],
  [
    "a header with an unknown column",
    "Product ID\tColour\np1\tred",
    "The pasted header has an unknown column, “Colour”. The columns are Service action ID, Product ID and Product version ID. Nothing was changed.",
  ],
  ["a header alone", "ServiceActionId\tProductId\tProvisioningArtifactId", "The pasted text has a header but no rows. Nothing was changed."],
];

test("pasting is refused", async (t) => {
  const page = await open(t, inBulk);
  const mine = ["act-mine", "prod-mine", "pa-mine"];
  await write(row(page, "Association 1"), Object.fromEntries(columns.map((column, index) => [column, mine[index]])));
  for (const [kind, text, said] of refused) {
    await t.test(kind, async () => {
      await paste(field(row(page, "Association 1"), columns[2]), text);
      await page.getByRole("main").getByText(said, { exact: true }).waitFor();
      await sees(() => status(page), said);
      assert.deepEqual(await values(page, "Association"), [mine], "nothing was lost");
    });
  }
});

const arns = ["123456789012", "210987654321", "Sav3dG8kL6"].map((tail) => `arn:aws:billingconductor::123456789012:billinggroup/${tail}`);
const lists = [
  ["lines", arns.join("\n"), arns, "3 rows pasted."],
  ["lines below the title of the list", ["Resource ARNs", ...arns].join("\n"), arns, "3 rows pasted."],
  ["lines below the API name", ["ResourceArns", ...arns].join("\n"), arns, "3 rows pasted."],
  ["lines below the column of a result", ["Resource ARN", ...arns].join("\n"), arns, "3 rows pasted."],
  ["one line with tabs", arns.join("\t"), arns, "3 rows pasted."],
  ["one line with commas", arns.join(","), arns, "3 rows pasted."],
  [
    "too many",
    Array.from({ length: 31 }, (_, index) => `1234567890${index}`).join("\n"),
    [""],
    "You pasted 31 rows; there is room for 30. Nothing was changed.",
  ],
];

test("pasting a list of ARNs", async (t) => {
  const page = await open(t, lineItem);
  for (const [kind, text, expected, said] of lists) {
    await t.test(kind, async () => {
      await button(page, "Clear").click();
      await sees(() => values(page, "Resource"), [[""]]);
      await paste(field(row(page, "Resource 1"), "Resource"), text);
      await sees(() => status(page), said);
      assert.deepEqual(await values(page, "Resource"), expected.map((value) => [value]));
      assert.equal(await flash(page), "", "pasting is no result");
    });
  }
});
