// The page of a service: reads apart from changes, found by any of their names.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite, takePictures } from "./harness.mjs";
import { associate, known, send } from "./history.mjs";
import { allWords, formIsOpen, hasFocus, sees, words } from "./person.mjs";

after(closeBrowser);

const numbered = (count, name) => Array.from({ length: count }, (_, at) => `${name}${String(at).padStart(3, "0")}`);
const services = {
  dynamodb: { title: "DynamoDB", operations: [["DeleteTable", "DescribeTable", "ListTables", "PutItem"]], classes: ["drrw"] },
  ec2: { title: "Amazon EC2", operations: [numbered(120, "Describe")], classes: ["r".repeat(120)] },
  servicecatalog: { title: "AWS Service Catalog", operations: [["CreatePortfolio", "ListServiceActions"]], classes: ["wr"] },
  tides: { title: "Tides", operations: [["ListAWSTides", "ListBays", "ListAnchors", "StartVpnTide"]], classes: ["rrrw"] },
  wonders: { title: "Wonders", operations: [["ListWonders"]], classes: ["r"] },
};

/** As AWS writes it; of an operation the first sentence is shown. */
const documentation = {
  documentation: "<fullname>Amazon DynamoDB</fullname><p>Keeps items in <i>tables</i>. And much more.</p>",
  operations: {
    DescribeTable: { documentation: "<p>Tells a <i>status</i> &amp; a key schema. And much more.</p>" },
    PutItem: { documentation: "<p> </p><p>Makes an item\n anew</p><p>More.</p>" },
  },
};

async function open(t, fragment, { index = { services }, ...options } = {}) {
  const answer = (name, response) => {
    if (name === "models/aws/index.json") return response.writeHead(200).end(JSON.stringify(index));
    const documented = name.endsWith("dynamodb/0.docs.json") ? documentation : {};
    return name.endsWith(".docs.json") && response.writeHead(200).end(JSON.stringify(documented));
  };
  const site = await startSite(t, { answer });
  return { site, ...(await openPage(t, site.url + fragment, options)) };
}

const main = (page) => page.getByRole("main");
const group = (page, name) => main(page).getByRole("region", { name });
const rows = (page, name) => group(page, name).locator("tbody").getByRole("row");
const names = (page, name) => allWords(rows(page, name).getByRole("link"));
const facts = (page) => words(main(page).locator(".service-facts"));
const count = (page, name) => words(group(page, name).getByRole("heading", { level: 2 }));
const address = (page) => new URL(page.url()).hash;
const reads = "Operations that read";
const changes = "Operations that change something";

test("operations stand in the order of their titles, in which acronyms are capitals", async (t) => {
  const { page } = await open(t, "#/tides");
  await sees(() => names(page, "Operations that read"), ["List anchors", "List AWS tides", "List bays"]);
  assert.deepEqual(await names(page, "Operations that change something"), ["Start VPN tide"]);
});

test("operations that read stand apart from those that change something, each with its class", async (t) => {
  const { page } = await open(t, "#/dynamodb");
  await sees(() => names(page, reads), ["Describe table", "List tables"]);
  await sees(() => allWords(rows(page, changes)), [
    "Delete table DeleteTable Destroys Does what can't be undone",
    "Put item PutItem Write Makes an item anew",
  ]);
  assert.deepEqual(await allWords(main(page).getByRole("group", { name: "Class" }).getByRole("button")), ["All (4)", "Read (2)", "Write (1)", "Destroys (1)"]);
  await main(page).getByText("Keeps items in tables.", { exact: true }).waitFor();
  assert.equal(await facts(page), "Operations 4: 2 read, 2 change Sent to Sandbox in this page, N. Virginia");
  assert.deepEqual(await allWords(group(page, reads).getByRole("columnheader")), ["Operation", "Class", "What it does"]);
  await assertAccessible(page, "a service");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.documentElement.scrollWidth), 390);
  await assertAccessible(page, "a service at 390 pixels");
  await group(page, reads).getByRole("link", { name: "List tables" }).waitFor();
});

test("the filter finds by name, description, API name and command; filter and class stand in the address", async (t) => {
  const { page } = await open(t, "#/dynamodb");
  const filter = page.getByRole("searchbox", { name: "Filter 4 operations by name, description or CLI command" });
  await filter.fill("a status & a key schema");
  await sees(() => names(page, reads), ["Describe table"], "what AWS says of it");
  await filter.fill("aws dynamodb list-tables");
  await sees(() => names(page, reads), ["List tables"]);
  assert.equal(await count(page, reads), "Operations that read (1 of 2)");
  await group(page, changes).getByText("No operation here matches.").waitFor();
  assert.equal(await count(page, changes), "Operations that change something (0 of 2)");
  assert.equal(address(page), "#/dynamodb?filter=aws%20dynamodb%20list-tables");
  for (const [text, found] of [["DeleteT", "Delete table"], ["can't be undone", "Delete table"], ["put", "Put item"], ["MAKES anew", "Put item"]]) {
    await filter.fill(text);
    await sees(() => names(page, changes), [found], text);
  }
  await filter.fill("table");
  await page.getByRole("button", { name: "Destroys (1)" }).click();
  assert.equal(address(page), "#/dynamodb?filter=table&class=destroys");
  await page.reload();
  await sees(() => names(page, changes), ["Delete table"]);
  assert.deepEqual(await names(page, reads), []);
  assert.equal(await filter.inputValue(), "table");
  assert.equal(await page.getByRole("button", { name: "Destroys (1)" }).getAttribute("aria-pressed"), "true");
  await page.evaluate(() => (location.hash = "#/dynamodb?class=read"));
  await sees(() => names(page, reads), ["Describe table", "List tables"], "a link to the page that is open");
});

test("what is the person's own comes first, the rest from A to Z", async (t) => {
  const { page } = await open(t, "");
  await send(page, associate, "Associate", known);
  await page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "All operations" }).click();
  await sees(async () => (await names(page, changes))[0], associate);
  await sees(() => facts(page), new RegExp(`Your last request ${associate} Today, \\d\\d:\\d\\d$`));
  const list = group(page, reads).getByRole("button", { name: "Favorite: View a record" });
  await list.click();
  assert.notEqual((await names(page, reads))[0], "View a record", "no row moves under a press");
  await page.reload();
  await sees(async () => (await names(page, reads))[0], "View a record");
  await page.getByRole("button", { name: "Yours first" }).click();
  await sees(async () => (await names(page, reads))[0], "List records", "from A to Z");
});

test("of many operations some are shown, and more by each press", async (t) => {
  const { page } = await open(t, "#/ec2");
  await sees(async () => (await names(page, reads)).length, 8);
  await page.getByRole("button", { name: "Show 100 more that read" }).focus();
  await page.keyboard.press("Enter");
  await sees(async () => (await names(page, reads)).length, 108);
  await sees(() => hasFocus(rows(page, reads).nth(8).getByRole("link")), true, "the first of those that came");
  await page.getByRole("button", { name: "Show 12 more that read" }).click();
  await sees(async () => (await names(page, reads)).length, 120);
  assert.equal(await page.getByRole("button", { name: /^Show/ }).count(), 0);
});

test("a built-in service lists AWS's other operations where they are there", async (t) => {
  const { page } = await open(t, "#/servicecatalog");
  await page.getByRole("heading", { level: 1, name: "Service Catalog" }).waitFor();
  await page.getByRole("button", { name: "All (15)", exact: true }).waitFor();
  await takePictures(page, "service");
  await page.getByRole("searchbox").fill("create portfolio");
  await sees(() => names(page, changes), ["Create portfolio"]);
  await page.getByRole("searchbox").fill("self-service actions to product versions");
  await group(page, changes).getByRole("link", { name: "Associate service actions in bulk" }).click();
  await formIsOpen(page, "Associate service actions in bulk");
});

test("without AWS's models a built-in service has its page, and says what is missing", async (t) => {
  const { page } = await open(t, "#/billingconductor", { index: { services: {} } });
  await page.getByRole("heading", { level: 1, name: "Billing Conductor" }).waitFor();
  await page.getByText(/^Only the built-in operations are listed/).waitFor();
  assert.equal(await facts(page), "Operations 5: 3 read, 2 change Sent to Sandbox in this page, N. Virginia");
  await assertAccessible(page, "a built-in service");
});

test("services stand in AWS's categories, each folded until it is opened", async (t) => {
  const { page } = await open(t, "#/services");
  const categories = group(page, "Services by category");
  await sees(() => allWords(categories.locator("summary")), [
    "Compute 1 service",
    "Databases 1 service",
    "Management and governance 1 service",
    "Other 2 services",
  ]);
  assert.equal(await categories.getByRole("link").count(), 0);
  await categories.getByText("Databases").click();
  await categories.getByRole("link", { name: "DynamoDB" }).waitFor();
  await assertAccessible(page, "the services");
  await takePictures(page, "services");
  await categories.getByRole("link", { name: "DynamoDB" }).click();
  await page.getByRole("heading", { level: 1, name: "DynamoDB" }).waitFor();
});
