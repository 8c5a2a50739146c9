// Identifiers are picked, not pasted: the built-in operations against the page's sandbox.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { called, choices, offered, openList, pick, told } from "./picks.mjs";
import { button, field, flash, hasFocus, openOperation, row, sees, table, words, write } from "./person.mjs";

after(closeBrowser);

const open = async (t, title) => {
  const { url } = await startSite(t);
  const opened = await openPage(t, url);
  await openOperation(opened.page, title);
  return opened;
};

test("an action of a version is chosen in a row, each field by what stands beside it", async (t) => {
  const { page } = await open(t, "Disassociate service actions in bulk");
  const first = row(page, "Association 1");
  await openList(first, "Product version ID");
  await sees(() => told(page), /First fill in product ID/);
  await page.keyboard.press("Escape");
  await choices(page).waitFor({ state: "detached" });
  assert.match(await pick(first, "Product ID", "prod-abcdzk7xy33qa"), /^prod-/);
  assert.match(await pick(first, "Product version ID", "pa-wk2n8rtq5zd3c"), /^pa-/);
  await openList(first, "Service action ID");
  await sees(() => told(page), /^ListServiceActionsForProvisioningArtifact in /);
  await sees(async () => (await offered(page)).length > 0, true);
  await assertAccessible(page, "an open list");
  await page.keyboard.press("Escape");
  assert.equal(await pick(first, "Service action ID", "act-stop4ec2k9m7q"), "act-stop4ec2k9m7q");
  assert.ok(await hasFocus(field(first, "Service action ID")));
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /1 of 1 association disassociated/);
  const [cells] = await table(page, "Association outcomes");
  assert.match(cells[0], /^\S.* act-stop4ec2k9m7q$/, "the name that the list told stands above the identifier");
});

test("typing filters, a name stands under what was picked, and any text may stay", async (t) => {
  const { page } = await open(t, "Associate a service action");
  const main = page.getByRole("main");
  const product = await openList(main, "Product ID");
  await sees(async () => (await offered(page)).length > 1, true);
  const [first] = await offered(page);
  const name = first.split(" · ")[0];
  await product.pressSequentially(name.slice(0, 6));
  await sees(async () => (await offered(page)).every((text) => text.toLowerCase().includes(name.slice(0, 6).toLowerCase())), true);
  await choices(page).getByRole("option").first().click();
  await sees(() => words(called(main)), name);
  await product.fill("prod-typedbyhand");
  await sees(() => called(main).isVisible(), false);
  await page.keyboard.press("Escape");
  assert.equal(await product.inputValue(), "prod-typedbyhand");
});

test("an action is associated, and one run, with nothing typed", async (t) => {
  const { page } = await open(t, "Associate a service action");
  const main = page.getByRole("main");
  await pick(main, "Product ID", "prod-");
  await pick(main, "Product version ID", "pa-");
  await pick(main, "Service action ID", "act-");
  await button(page, "Associate").click();
  await sees(() => flash(page), /associated|Already|DuplicateResource/);
  await openOperation(page, "Run a service action");
  await pick(main, "Provisioned product ID", "pp-");
  await pick(main, "Service action ID", "act-");
  await sees(() => field(main, "Service action ID").inputValue(), /^act-/);
});

test("the actions of a provisioned product are those of its version", async (t) => {
  const { page } = await open(t, "Run a service action");
  const main = page.getByRole("main");
  await openList(main, "Service action ID");
  await sees(() => told(page), /^ListServiceActions in /, "all of them, as long as there is no product");
  await sees(async () => (await offered(page)).length > 0, true);
  const all = await offered(page);
  await page.keyboard.press("Escape");
  await pick(main, "Provisioned product ID", "pp-");
  await openList(main, "Service action ID");
  await sees(() => told(page), /^ListServiceActionsForProvisioningArtifact in /);
  await sees(async () => (await offered(page)).length > 0, true);
  const its = await offered(page);
  assert.ok(all.some((text) => text.startsWith("runbook")) && !its.some((text) => text.startsWith("runbook")), `${its} of ${all}`);
  await page.keyboard.press("Escape");
  await write(main, { "Provisioned product ID": "pp-unknown000000" });
  await openList(main, "Service action ID");
  await sees(() => told(page), /^ListServiceActions in /, "of a product that isn't found, all again");
});

test("a name stands once under what was picked, however often one picks", async (t) => {
  const { page } = await open(t, "Associate a service action");
  const main = page.getByRole("main");
  const name = called(main);
  const values = [];
  for (const text of ["prod-abcdzk7xy33qa", "prod-", "prod-abcdzk7xy33qa"]) {
    values.push(await pick(main, "Product ID", text));
    await sees(() => name.count(), 1);
  }
  await field(main, "Product ID").fill(values[1]);
  // The list has told the names of all of them.
  await sees(() => name.count(), 1);
});

test("a custom line item by its name, then what is associated with it", async (t) => {
  const { page } = await open(t, "Disassociate resources from a custom line item");
  const main = page.getByRole("main");
  assert.match(await pick(main, "Custom line item ARN", "abcde12345"), /:customlineitem\//);
  assert.match(await pick(row(page, "Resource 1"), "Resource", "billinggroup/210987654321"), /^arn:/);
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /1 of 1/);
});

test("a click opens the list, and so does a key; Enter takes what fits and sends nothing", async (t) => {
  const { page } = await open(t, "Associate a service action");
  const main = page.getByRole("main");
  const product = field(main, "Product ID");
  await sees(() => product.getAttribute("role"), "combobox");
  await product.click();
  await sees(async () => (await offered(page)).length > 1, true);
  const [first] = await offered(page);
  await page.keyboard.press("Enter");
  await choices(page).waitFor({ state: "detached" });
  assert.equal(await product.inputValue(), "", "nothing was looked for");
  // A key opens it too, and what is typed is looked for at once.
  await page.keyboard.type(first.split(" · ")[0].slice(0, 6).toLowerCase());
  await sees(async () => (await offered(page))[0], first);
  await page.keyboard.press("Enter");
  await choices(page).waitFor({ state: "detached" });
  await sees(() => product.inputValue(), first.split(" · ")[1]);
  await sees(() => words(called(main)), first.split(" · ")[0]);
  await product.fill("");
  await page.keyboard.type("zz");
  await sees(() => told(page), /matches|fits|No /i);
  await page.keyboard.press("Enter");
  await choices(page).waitFor({ state: "detached" });
  assert.equal(await product.inputValue(), "zz");
  assert.equal(await main.locator("[aria-invalid=true]").count(), 0, "nothing was sent");
  // What was read is known wherever it is typed.
  await product.fill(first.split(" · ")[1]);
  await sees(() => words(called(main)), first.split(" · ")[0]);
});

test("what was picked for another product is not taken for one of this, and stays", async (t) => {
  const { page } = await open(t, "Associate a service action");
  const main = page.getByRole("main");
  const first = await pick(main, "Product ID", "prod-abcdzk7xy33qa");
  const version = await pick(main, "Product version ID", "pa-");
  const warning = main.locator(".field-line[data-part=warning]");
  assert.equal(await warning.count(), 0);
  await openList(main, "Product ID");
  await sees(async () => (await offered(page)).length > 1, true);
  const other = (await offered(page)).map((text) => text.split(" · ")[1]).find((id) => id !== first);
  await page.keyboard.press("Escape");
  await field(main, "Product ID").fill(other);
  await sees(() => words(warning), "This was picked for another product ID. Check that it fits.");
  assert.equal(await field(main, "Product version ID").inputValue(), version);
  await field(main, "Product ID").fill(first);
  await sees(() => warning.count(), 0);
});

test("an opportunity, and the entities of it, by their type", async (t) => {
  const { page } = await open(t, "Disassociate an opportunity");
  const main = page.getByRole("main");
  await openList(main, "Opportunity ID");
  await sees(() => told(page), /First fill in catalog/);
  await page.keyboard.press("Escape");
  await write(main, { Catalog: "Sandbox" });
  assert.equal(await pick(main, "Opportunity ID", "O1234567"), "O1234567");
  await openList(main, "Related entity ID");
  await sees(() => told(page), /First fill in related entity type/);
  await page.keyboard.press("Escape");
  await write(main, { "Related entity type": "AwsProducts" });
  assert.equal(await pick(main, "Related entity ID", "AWSGlue"), "AWSGlue");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), "The related entity is no longer linked to the opportunity.");
});
