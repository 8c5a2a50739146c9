// A link fills a form and never sends; what does not fit is named, and nothing is lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite, takePictures } from "./harness.mjs";
import { button, choose, errorOf, field, hasFocus, input, ofVerdict, requestsOf, row, sees, status, words, write, writeRows } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const associate = "Associate a service action";
const bulkPage = "#/servicecatalog/BatchDisassociateServiceActionFromProvisioningArtifact";
const associatePage = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact";
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const filled = "A link filled this form. Nothing was sent.";
const refused = "The link could not be read. The form was not changed.";

const asking = (page, input, more = "") =>
  `${page}?${more}input=${encodeURIComponent(typeof input === "string" ? input : JSON.stringify(input))}`;
const association = { ServiceActionId: "act-1", ProductId: "prod-1", ProvisioningArtifactId: "pa-1" };

/** Opens an address below the page; `go` leads elsewhere from there, as a link does. */
async function open(t, fragment, options) {
  const site = await startSite(t);
  const opened = await openPage(t, site.url + fragment, options);
  const sent = requestsOf(opened.page);
  const go = (to) => opened.page.evaluate((to) => (location.hash = to), to);
  return { ...opened, site, sent, go };
}

/** The notice above the form. */
const notice = (page) => words(page.getByRole("main").locator(".flash").first());
const address = (page) => new URL(page.url()).hash;

test("a link fills the form, is cleaned away, and a reload keeps what was typed since", async (t) => {
  const { page, sent } = await open(t, asking(bulkPage, { ServiceActionAssociations: [association, { ...association, ProductId: "prod-ü😀\"'%" }], AcceptLanguage: "zh" }));
  await sees(() => status(page), filled);
  assert.deepEqual(await input(page), {
    AcceptLanguage: "zh",
    ServiceActionAssociations: [association, { ...association, ProductId: "prod-ü😀\"'%" }],
  });
  assert.equal(address(page), bulkPage);
  assert.match(await errorOf(field(row(page, "Association 2"), "Product ID")), /^Use only letters/, "what breaks a constraint is shown");
  assert.equal(await errorOf(field(row(page, "Association 1"), "Product ID")), null);
  await write(row(page, "Association 1"), { "Product ID": "prod-typed" });
  await page.reload();
  await sees(() => field(row(page, "Association 1"), "Product ID").inputValue(), "prod-typed");
  assert.equal(sent.length, 0, "nothing is ever sent");
});

test("a link replaces a draft, which can be brought back", async (t) => {
  const { page, go } = await open(t, bulkPage);
  await writeRows(page, "association", [{ "Service action ID": "act-mine" }]);
  await go(asking(bulkPage, { ServiceActionAssociations: [association] }));
  await sees(() => field(row(page, "Association 1"), "Service action ID").inputValue(), "act-1");
  assert.equal(address(page), bulkPage);
  await button(page, "Restore my form").click();
  await sees(() => field(row(page, "Association 1"), "Service action ID").inputValue(), "act-mine");
  await button(page, "Undo").click();
  await sees(() => field(row(page, "Association 1"), "Service action ID").inputValue(), "act-1");
  // From another page, and back: the address asks once.
  await go(asking(associatePage, { ProductId: "prod-2" }));
  await page.getByRole("heading", { level: 1, name: associate }).waitFor();
  await sees(() => field(page.getByRole("main"), "Product ID").inputValue(), "prod-2");
  await write(page.getByRole("main"), { "Product ID": "prod-3" });
  await page.goBack();
  await page.goForward();
  await sees(() => field(page.getByRole("main"), "Product ID").inputValue(), "prod-3");
});

test("members the operation does not have are named, and a token is never taken", async (t) => {
  const link = asking(associatePage, { ProductId: "prod-1", IdempotencyToken: "stolen", Colour: "red", Size: { a: 1 } });
  const { page } = await open(t, link);
  await sees(() => notice(page), new RegExp("The operation has no members “Colour” and “Size”: they were left out\\."));
  await sees(() => status(page), /^A link filled this form\. Nothing was sent\. The operation has no members “Colour” and “Size”/);
  const sentInput = await input(page);
  assert.equal(sentInput.ProductId, "prod-1");
  assert.match(sentInput.IdempotencyToken, uuid4);
  assert.equal(await errorOf(field(page.getByRole("main"), "Service action ID")), null, "what the link leaves open is not yet wrong");
  await assertAccessible(page, "a filled form");
  await takePictures(page, "link");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.documentElement.scrollWidth <= 390), true, "nothing scrolls sideways on a phone");
});

test("many strangers, and long ones, are named within bounds", async (t) => {
  const strangers = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x${at}${"y".repeat(200)}`, at]));
  const { page } = await open(t, asking(associatePage, { ...strangers, ProductId: "prod-1" }));
  await sees(() => notice(page), /and 35 more: they were left out\./);
  assert.ok((await notice(page)).length < 1000);
});

const malformed = [
  ["percent-encoding that is cut off", `${bulkPage}?input=%7B%22A%`, /^Its percent-encoding is malformed/],
  ["percent-encoding that is no text", `${bulkPage}?input=%ff%fe`, /^Its percent-encoding is malformed/],
  ["no JSON", asking(bulkPage, "{not json"), /^Its input is not JSON/],
  ["nothing", `${bulkPage}?input=`, /^Its input is not JSON/],
  ["a list", asking(bulkPage, "[]"), /^Its input does not fit the operation: “\[\]” must be an object in curly brackets\./],
  ["a text for a list", asking(bulkPage, { ServiceActionAssociations: "x" }), /“"ServiceActionAssociations": "x"” must be a list in square brackets\./],
  ["a number for a text", asking(bulkPage, { ServiceActionAssociations: [{ ProductId: 5 }] }), /“"ProductId": 5” must be text in double quotes\./],
  ["what is nested too deep", asking(bulkPage, "[".repeat(2000)), /^Its input is not JSON/],
  ["too much", asking(bulkPage, { ServiceActionAssociations: [{ ProductId: "x".repeat(17_000) }] }), /^It is longer than 16 KB\./],
  ["a region in malformed encoding", asking(bulkPage, {}, "region=%E0%A4%A&"), /^Its percent-encoding is malformed/],
];

test("a link that can't be read says why and touches nothing", async (t) => {
  const { page, go, sent } = await open(t, bulkPage);
  await writeRows(page, "association", [{ "Service action ID": "act-mine" }]);
  const before = await input(page);
  for (const [what, fragment, why] of malformed) {
    await go(fragment);
    await sees(async () => (await notice(page)).slice(refused.length).trim(), why, what);
    assert.ok((await notice(page)).startsWith(refused), what);
    assert.ok((await status(page)).startsWith(refused), what);
    assert.deepEqual(await input(page), before, what);
    assert.equal(address(page), bulkPage, what);
    await page.getByRole("main").getByRole("button", { name: "Dismiss" }).click();
  }
  assert.equal(await page.getByRole("combobox", { name: "Region" }).inputValue(), "us-east-1");
  assert.equal(sent.length, 0);
});

test("a region is taken if it is known, and named if not", async (t) => {
  const { page, go } = await open(t, asking(bulkPage, { ServiceActionAssociations: [association] }, "region=eu-west-1&"));
  const region = page.getByRole("combobox", { name: "Region" });
  await sees(() => notice(page), /^A link filled this form\. Nothing was sent\. The region is now eu-west-1\./);
  assert.equal(await region.inputValue(), "eu-west-1");
  await button(page, "Restore my form").click();
  await sees(() => region.inputValue(), "us-east-1", "the region goes with the rest");
  await go(asking(bulkPage, { ServiceActionAssociations: [association] }, "region=eu-west-1&"));
  await sees(() => region.inputValue(), "eu-west-1");
  await go(`${bulkPage}?region=moon-north-1`);
  await sees(() => notice(page), /^Unknown region “moon-north-1”: the region is still eu-west-1\./);
  await go(`${bulkPage}?region=eu-central-1`);
  await sees(() => notice(page), /^The region is now eu-central-1\./);
  assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1", "the form is as it was");
});

test("an operation that no model describes is no page, whatever the link asks", async (t) => {
  const { page, go } = await open(t, asking("#/servicecatalog/Nothing", { a: 1 }));
  await page.getByText("The models of AWS's other services aren't installed").waitFor();
  await go(bulkPage);
  await page.getByRole("heading", { level: 1, name: inBulk }).waitFor();
  assert.equal(await page.getByRole("main").locator(".flash").count(), 0);
});

test("the proxy's token is not taken for the link's, nor the other way round", async (t) => {
  const proxy = await startProxy(t);
  const link = asking(bulkPage, { ServiceActionAssociations: [association] });
  const code = new URL(proxy.url).hash.slice("#".length);
  const { page } = await openPage(t, `${proxy.origin}/${link}&${code}`);
  await sees(() => field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
  assert.equal(address(page), bulkPage);
  await button(page, "Disassociate").click();
  await sees(() => status(page), /^0 of 1 association/, "the proxy takes the token");
});

test("a link made of the form fills another's form with the same, without the token", async (t) => {
  const { page, context, site, sent } = await open(t, associatePage);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-west-2");
  await write(page.getByRole("main"), { "Product ID": "prod-“ü😀”&?#%", "Service action ID": "act-1", Language: "jp" });
  await choose(page, "More", "Copy link");
  await sees(() => status(page), "Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(site.url + associatePage), link);
  const mine = await input(page);
  assert.ok(!link.includes(mine.IdempotencyToken));

  const other = await openPage(t, link);
  await sees(() => status(other.page), `${filled} The region is now eu-west-2.`);
  const theirs = await input(other.page);
  assert.match(theirs.IdempotencyToken, uuid4);
  assert.notEqual(theirs.IdempotencyToken, mine.IdempotencyToken);
  assert.deepEqual({ ...theirs, IdempotencyToken: "" }, { ...mine, IdempotencyToken: "" });
  assert.equal(sent.length, 0);
});

test("what is too long for a link, or no input, is not copied, and that is said", async (t) => {
  const { page } = await open(t, bulkPage);
  const rows = Array.from({ length: 50 }, (_, at) => ({ ...association, ProductId: `prod-${at}${"x".repeat(90)}`, ServiceActionId: `act-${"y".repeat(90)}`, ProvisioningArtifactId: `pa-${"z".repeat(90)}` }));
  await page.getByRole("tab", { name: "JSON" }).click();
  const area = page.getByRole("textbox", { name: "Input as JSON" });
  await area.fill(JSON.stringify({ ServiceActionAssociations: rows }));
  await choose(page, "More", "Copy link");
  await sees(() => status(page), "This input is too long for a link, which can hold 16 KB. Copy the JSON instead.");
  await area.fill('{"ServiceActionAssociations": [');
  await choose(page, "More", "Copy link");
  await sees(() => status(page), /^The JSON has an error\./);
});

test("following a link closes a review: what was reviewed is no longer in the form", async (t) => {
  const { page, go, sent } = await open(t, associatePage);
  await choose(page, "Load", "Add an action to a new version");
  await button(page, "Associate").click();
  await ofVerdict(page, "Undo this").click();
  await page.getByRole("dialog").waitFor();
  const before = sent.length;
  await go(asking(address(page), { ProductId: "prod-link" }));
  await sees(() => page.getByRole("dialog").count(), 0);
  await sees(() => field(page.getByRole("main"), "Product ID").inputValue(), "prod-link");
  await sees(() => hasFocus(page.getByRole("heading", { level: 1 })), true);
  assert.equal(sent.length, before);
});
