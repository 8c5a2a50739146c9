// The help beside a form, AWS's examples, and unions: with AWS's own models.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite } from "./harness.mjs";
import { openForm, siteWithModels } from "./models.mjs";
import { button, choice, errorOf, field, formIsOpen, hasFocus, input, sees, words } from "./person.mjs";
import { spoken } from "./spoken.mjs";
import { go, openIn } from "./walk.mjs";

let site;

before(async () => (site = await siteWithModels(["dynamodb", "ivschat", "s3"])));

after(async () => {
  await site.remove();
  await closeBrowser();
});

const open = (t, ...of) => openForm(t, site.site, ...of);

const logging = (t, options) => open(t, "ivschat/CreateLoggingConfiguration", "Create logging configuration", options);
const help = (page) => page.getByRole("region", { name: "Help", exact: true });

test("one member of a union is chosen by keyboard and written; the others keep what was typed", async (t) => {
  const page = await logging(t);
  const main = page.getByRole("main");
  const choice = field(main, "Choose one");
  await choice.waitFor();
  assert.equal(await main.getByRole("textbox", { name: "Bucket name" }).count(), 0, "nothing is chosen");
  await button(page, "Send").click();
  await sees(() => errorOf(choice), "Choose destination configuration");
  await page.getByRole("button", { name: /Choose destination configuration/ }).click();
  await sees(() => hasFocus(choice), true, "the summary leads to the choice");
  await page.keyboard.type("S3");
  await sees(() => choice.inputValue(), "s3");
  const name = field(main, "Bucket name");
  await name.waitFor();
  // Help for the field may come before it.
  await page.keyboard.press("Tab");
  if (!(await hasFocus(name))) await page.keyboard.press("Tab");
  await sees(() => hasFocus(name), true, "its field is next");
  await page.keyboard.type("bucket-1");
  assert.deepEqual(await input(page), { destinationConfiguration: { s3: { bucketName: "bucket-1" } } });
  await choice.selectOption("firehose");
  await field(main, "Delivery stream name").fill("stream-1");
  assert.deepEqual(await input(page), { destinationConfiguration: { firehose: { deliveryStreamName: "stream-1" } } });
  await choice.selectOption("s3");
  await sees(() => field(main, "Bucket name").inputValue(), "bucket-1");
  await assertAccessible(page, "a union");
  await page.reload();
  await formIsOpen(page, "Create logging configuration");
  await sees(() => field(main, "Bucket name").inputValue(), "bucket-1");
});

test("what JSON gives of a union is drawn, also where it gives two members", async (t) => {
  const page = await logging(t);
  const main = page.getByRole("main");
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  const both = { destinationConfiguration: { s3: { bucketName: "bucket-1" }, firehose: { deliveryStreamName: "stream-1" } } };
  await page.getByRole("textbox", { name: "Input as JSON" }).fill(JSON.stringify(both));
  await page.getByRole("tab", { name: "Form", exact: true }).click();
  await sees(() => field(main, "Bucket name").inputValue(), "bucket-1");
  assert.equal(await field(main, "Delivery stream name").inputValue(), "stream-1");
  await button(page, "Send").click();
  await sees(() => errorOf(field(main, "Choose one")), "Give exactly one member, not 2");
  await field(main, "Choose one").selectOption("firehose");
  assert.deepEqual(await input(page), { destinationConfiguration: { firehose: { deliveryStreamName: "stream-1" } } });
});

test("in another language the help says that AWS's documentation is in English, and marks it so", async (t) => {
  const { say } = spoken("de");
  const proxy = await startProxy(t, ["--target", "sandbox", "--site", site.site]);
  const { page } = await openIn(t, "de", proxy.url);
  await go(page, "#/dynamodb/CreateTable");
  await page.getByRole("main").getByRole("button", { name: say("Help"), exact: true }).click();
  const panel = page.getByRole("region", { name: say("Help"), exact: true });
  await panel.getByText(say("AWS's documentation is in English.")).first().waitFor();
  await sees(() => words(panel.locator("[lang=en]").first()), /The CreateTable operation adds a new table/);
});

test("the help follows the focus and never takes it", async (t) => {
  const page = await open(t, "dynamodb/CreateTable", "Create table", { width: 1366, height: 900 });
  const main = page.getByRole("main");
  await button(page, "Help").click();
  await sees(() => words(help(page)), /About Create table .*The CreateTable operation adds a new table/);
  await field(main, "Table name").focus();
  await sees(() => words(help(page)), /^Table name TableName .*If you leave it out It is required: nothing is sent without it\. What it looks like Text\. 1 to 1,024 characters/);
  assert.equal(await hasFocus(field(main, "Table name")), true);
  await assertAccessible(page, "the help");
  const links = help(page).getByRole("link");
  for (const link of await links.all()) {
    assert.match(await link.getAttribute("href"), /^https:\/\//);
    assert.equal(await link.getAttribute("rel"), "noopener");
  }
  const toggle = button(page, "Help");
  assert.equal(await toggle.getAttribute("aria-expanded"), "true");
  await toggle.focus();
  await page.keyboard.press("Enter");
  await help(page).waitFor({ state: "hidden" });
  await toggle.click();
  await help(page).getByRole("button", { name: "Close help" }).click();
  await help(page).waitFor({ state: "hidden" });
  await sees(() => hasFocus(toggle), true);
  await page.reload();
  await formIsOpen(page, "Create table");
  assert.equal(await toggle.getAttribute("aria-expanded"), "false", "it is kept");
});

test("on a phone the help is folded, and lies over the end of the page when it is opened", async (t) => {
  const page = await open(t, "dynamodb/CreateTable", "Create table", { width: 390, height: 844 });
  assert.equal(await help(page).count(), 0);
  await button(page, "Help").click();
  await field(page.getByRole("main"), "Table name").focus();
  await sees(() => words(help(page)), /^Table name/);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  await assertAccessible(page, "the help, 390 pixels wide");
});

test("without AWS's models the help has the model's own words, or says that there are none", async (t) => {
  const { url } = await startSite(t);
  const { page } = await openPage(t, `${url}#/servicecatalog/ListServiceActions`);
  await formIsOpen(page, "List service actions");
  await button(page, "Help").click();
  await sees(() => words(help(page)), /About List service actions/);
});

test("AWS's examples are fetched when they are opened, and can be taken back", async (t) => {
  const page = await open(t, "dynamodb/BatchGetItem", "Batch get item");
  const fetched = [];
  page.on("request", (request) => {
    if (request.url().endsWith("examples.json")) fetched.push(request);
  });
  assert.equal(fetched.length, 0);
  await button(page, "Load").press("Enter");
  const group = page.getByRole("menu", { name: "Load" }).getByRole("group", { name: "Examples from AWS, with made-up names and IDs" });
  await group.waitFor();
  await assertAccessible(page, "AWS's examples");
  await choice(page, "Load", "To retrieve multiple items from a table").press("Enter");
  assert.equal(fetched.length, 1);
  const loaded = await input(page);
  assert.equal(loaded.RequestItems.Music.Keys[0].Artist.S, "No One You Know");
});
