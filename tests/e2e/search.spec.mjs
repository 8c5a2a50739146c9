// Search everywhere: with one key, by keyboard alone, in whatever words somebody has for it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite, takePictures } from "./harness.mjs";
import { associate, known, send } from "./history.mjs";
import { allWords, drawn, field, formIsOpen, hasFocus, openOperation, sees, table, words } from "./person.mjs";

after(closeBrowser);

/** An index of some of AWS's services, as `make models` writes it. */
const services = {
  cloud9: { title: "AWS Cloud9", operations: [["CreateEnvironmentEC2", "ListEnvironments"]], classes: ["wr"] },
  dynamodb: { title: "DynamoDB", operations: [["DeleteTable", "DescribeTable", "ListTables"]], classes: ["drr"] },
  ec2: { title: "Amazon EC2", operations: [["DescribeInstances", "RunInstances"], ["TerminateInstances"]], classes: ["re", "d"] },
  glue: { title: "AWS Glue", operations: [["DeleteTable"]], classes: ["d"] },
  servicediscovery: { title: "ServiceDiscovery", fullName: "AWS Cloud Map", sdkId: "ServiceDiscovery", operations: [["ListNamespaces"]], classes: ["r"] },
  stepfunctions: { title: "AWS SFN", fullName: "AWS Step Functions", sdkId: "SFN", operations: [["ListActivities"]], classes: ["r"] },
  post: { title: "Post", operations: [["SendLetter"]], classes: ["w"] },
  servicecatalog: { title: "AWS Service Catalog", operations: [["SearchProducts"]], classes: ["r"] },
};

async function open(t, { fragment = "", index = { services }, ...options } = {}) {
  const answer = (name, response) => {
    if (name === "models/aws/index.json") return response.writeHead(200).end(JSON.stringify(index));
    return name.endsWith(".docs.json") && response.writeHead(200).end("{}");
  };
  const site = await startSite(t, { answer });
  return (await openPage(t, site.url + fragment, options)).page;
}

const dialog = (page) => page.getByRole("dialog", { name: "Search" });
const box = (page) => dialog(page).getByRole("combobox", { name: "Search services, operations, commands and history" });
const options = (page) => dialog(page).getByRole("option");
const chosen = (page) => words(dialog(page).getByRole("option", { selected: true }));
const group = (page, name) => allWords(dialog(page).getByRole("group", { name, exact: true }).getByRole("option"));
const address = (page) => new URL(page.url()).hash;

/** Opens search with its key and types. */
async function search(page, text) {
  await page.keyboard.press("/");
  await sees(() => hasFocus(box(page)), true);
  await page.keyboard.type(text);
}

test("from a key to an open form, by keyboard alone", async (t) => {
  const page = await open(t);
  await search(page, "disassociate in bulk");
  await sees(() => chosen(page), "Disassociate service actions in bulk · Service Catalog BatchDisassociateServiceActionFromProvisioningArtifact Write");
  await page.keyboard.press("Enter");
  await formIsOpen(page, "Disassociate service actions in bulk");
  assert.equal(await dialog(page).count(), 0);
});

test("words, names with wrong letters and commands find what is meant, the best first", async (t) => {
  const page = await open(t);
  await search(page, "ec2");
  await sees(() => chosen(page), "EC2 · 3 operations ec2", "the service that is called so comes first");
  for (const [typed, first] of [
    ["delete table", "Delete table · DynamoDB DeleteTable Destroys"],
    ["remove table", "Delete table · DynamoDB DeleteTable Destroys"],
    ["dynamobd list tabels", "List tables · DynamoDB ListTables Read"],
    ["aws ec2 run-instances --image-id ami-1", "Run instances · EC2 RunInstances Effect"],
    ["TerminateInst", "Terminate instances · EC2 TerminateInstances Destroys"],
    ["sett", "Settings"],
  ]) {
    await box(page).fill(typed);
    await sees(() => chosen(page), first, typed);
  }
  await box(page).fill("delete table");
  assert.deepEqual(await group(page, "Operations"), [
    "Delete table · DynamoDB DeleteTable Destroys",
    "Delete table · Glue DeleteTable Destroys",
  ]);
  await box(page).fill("frobnicate");
  await sees(() => words(dialog(page).getByRole("status")), "Nothing found. Try an API name, a service name or different words.");
  assert.equal(await options(page).count(), 0);
});

test("a service has the title that AWS's console has for it, and is found by its others", async (t) => {
  const page = await open(t);
  await search(page, "step functions");
  for (const [typed, first] of [
    ["step functions", "Step Functions · 1 operation stepfunctions"],
    ["sfn", "Step Functions · 1 operation stepfunctions"],
    ["cloud map", "Cloud Map · 1 operation servicediscovery"],
    ["servicediscovery", "Cloud Map · 1 operation servicediscovery"],
  ]) {
    await box(page).fill(typed);
    await sees(() => chosen(page), first, typed);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Cloud Map" }).waitFor();
});

test("what is typed while search is still on its way is what is sought", async (t) => {
  const page = await open(t);
  const held = [];
  await page.route("**/search.wasm", (route) => held.push(route));
  await page.getByRole("main").getByRole("button", { name: /^Search services/ }).press("Control+k");
  await page.keyboard.type("list tabless");
  await page.keyboard.press("Backspace");
  await sees(() => held.length, 1);
  await held[0].continue();
  await sees(() => box(page).inputValue(), "list tables");
  await sees(() => hasFocus(box(page)), true);
  await page.keyboard.type("x");
  assert.equal(await box(page).inputValue(), "list tablesx", "and what is typed then goes on");
});

test("where search can't be fetched, what is typed goes where it is typed, and it can be tried again", async (t) => {
  const { page, problems } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "Associate a service action");
  const product = field(page, "Product ID");
  let isBlocked = true;
  await page.route("**/search.wasm", (route) => (isBlocked ? route.abort() : route.continue()));
  await product.press("Control+k");
  const again = page.getByRole("button", { name: "Try again", exact: true });
  await again.waitFor();
  await product.focus();
  await page.keyboard.type("prod-x");
  assert.equal(await product.inputValue(), "prod-x");
  assert.ok(problems.splice(0).every((problem) => /search\.wasm|Failed to fetch/.test(problem)));
  isBlocked = false;
  await again.click();
  await sees(() => hasFocus(box(page)), true);
});

test("a model of one's own is found, and so are its operations", async (t) => {
  const page = await open(t);
  const target = (id) => ({ target: id });
  const shapes = {
    "a#Tide": { type: "service", version: "1", operations: [target("a#GetTideTable")], traits: { "aws.api#service": { sdkId: "Tides" }, "aws.protocols#awsJson1_1": {}, "smithy.api#title": "Harbour tides" } },
    "a#GetTideTable": { type: "operation" },
  };
  await page.evaluate(() => (location.hash = "#/services"));
  await page.locator("input[type=file]").setInputFiles({ name: "tides.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ smithy: "2.0", shapes })) });
  await page.getByRole("link", { name: "Harbour tides" }).waitFor();
  await page.locator("h1").click();
  await search(page, "tide");
  await sees(() => group(page, "Models of your own"), ["Harbour tides · 1 operation own-tides", "Get tide table · Harbour tides GetTideTable"]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Harbour tides" }).waitFor();
});

test("the page has one status region, which a dialog takes in while it is open", async (t) => {
  const page = await open(t);
  assert.equal(await page.locator("[role=status]").count(), 1);
  await search(page, "table");
  await sees(() => words(dialog(page).getByRole("status")), /^\d+ results?/);
  assert.equal(await page.locator("[role=status]").count(), 1);
  await page.keyboard.press("Escape");
  await sees(() => page.locator("dialog [role=status]").count(), 0);
  assert.equal(await page.locator("[role=status]").count(), 1);
});

test("arrow keys go through all groups and around, and Enter opens what is chosen", async (t) => {
  const page = await open(t);
  await search(page, "ec2");
  await sees(() => chosen(page), /^EC2/);
  const all = await allWords(options(page));
  assert.ok(all.length > 3);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(page), all.at(-1));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(page), all[1]);
  const active = await box(page).getAttribute("aria-activedescendant");
  assert.equal(await words(page.locator(`[id="${active}"]`)), all[1], "assistive technology hears the same");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await sees(() => address(page), "#/ec2");
  await page.getByRole("heading", { level: 1, name: "EC2" }).waitFor();
});

test("Escape closes, gives the focus back and keeps the text; the keys are heard where they are meant", async (t) => {
  const page = await open(t);
  const button = page.getByRole("main").getByRole("button", { name: /^Search / });
  await button.click();
  await sees(() => hasFocus(box(page)), true);
  await page.keyboard.type("table");
  await page.keyboard.press("Escape");
  await sees(() => hasFocus(button), true);
  assert.equal(await dialog(page).count(), 0);
  await page.keyboard.press("Control+k");
  await sees(() => box(page).inputValue(), "table");
  await page.keyboard.type("glue");
  assert.equal(await box(page).inputValue(), "glue", "what was typed before is selected");
  await page.keyboard.press("Escape");

  await page.evaluate(() => (location.hash = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact"));
  await formIsOpen(page, associate);
  await field(page.getByRole("main"), "Product ID").fill("a");
  await page.keyboard.press("/");
  assert.equal(await field(page.getByRole("main"), "Product ID").inputValue(), "a/", "in a field it is a letter");
  await page.keyboard.press("Control+k");
  await sees(() => hasFocus(box(page)), true);
});

test("what was used comes first, with its runs", async (t) => {
  const page = await open(t);
  await send(page, associate, "Associate", known);
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  await search(page, "");
  await sees(() => group(page, "Recently used"), ["Associate a service action · Service Catalog AssociateServiceActionWithProvisioningArtifact Write"]);
  await sees(async () => (await group(page, "History")).length, 1);
  await page.keyboard.type("service action");
  await sees(() => chosen(page), /^Associate a service action · Service Catalog/);
  const [run, all] = await group(page, "History");
  assert.match(run, /^Associate a service action · prod-\S+, .+, \d{4}-.+ The service carried out the request/);
  assert.equal(all, "All runs with “service action”");
  await dialog(page).getByRole("group", { name: "History" }).getByRole("option").first().click();
  await sees(() => address(page), /^#\/history\/./);
  await sees(() => dialog(page).count(), 0);
});

test("a run is found by what it acted on, first of all, and so are all runs", async (t) => {
  const page = await open(t);
  await send(page, associate, "Associate", known);
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  const product = known["Product ID"];
  await search(page, product);
  await sees(() => chosen(page), new RegExp(`^Associate a service action · ${product}, `));
  await dialog(page).getByRole("option", { name: `All runs with “${product}”` }).click();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await sees(() => page.getByRole("row", { name: product }).count(), 1);
});

test("an identifier offers what takes it, those that read first, with the form filled", async (t) => {
  const page = await open(t);
  const id = "i-0123456789abcdef0";
  await search(page, id);
  await sees(() => group(page, "Operations"), [`Describe instances · EC2, ${id} DescribeInstances Read`, `Terminate instances · EC2, ${id} TerminateInstances Destroys`]);
  assert.match(await words(dialog(page).getByRole("status")), /^2 results\./);
  assert.deepEqual(await allWords(dialog(page).locator("mark")), []);
  const link = await options(page).first().getAttribute("href");
  assert.deepEqual(JSON.parse(decodeURIComponent(link.split("input=")[1])), { InstanceIds: [id] });
});

test("a search has an address", async (t) => {
  const page = await open(t, { fragment: "#/search?q=list%20tabels", permissions: ["clipboard-read", "clipboard-write"] });
  await sees(() => box(page).inputValue(), "list tabels");
  await sees(() => chosen(page), /^List tables/);
  await dialog(page).getByRole("button", { name: "Copy the link to this search" }).click();
  await sees(() => page.evaluate(() => navigator.clipboard.readText()), /#\/search\?q=list%20tabels$/);
  await page.keyboard.press("Escape");
  await sees(() => dialog(page).count(), 0);
  assert.equal(address(page), "#/");
});

test("an address that leads nowhere offers the nearest", async (t) => {
  const page = await open(t);
  const nearest = () => allWords(page.getByRole("main").getByRole("listitem").getByRole("link"));
  const go = (to) => page.evaluate((to) => (location.hash = to), to);
  await go("#/ec2/RunInstance");
  await sees(async () => (await nearest())[0], "Run instances · EC2 RunInstances Effect");
  assert.ok((await nearest()).length <= 3);
  await assertAccessible(page, "an unknown operation");
  await go("#/dynamobd");
  await sees(async () => (await nearest())[0], "DynamoDB · 3 operations dynamodb");
  // Too short to be searched with a letter wrong.
  await go("#/ec3");
  await sees(async () => (await nearest())[0], "EC2 · 3 operations ec2");
  await go("#/glue/delete/table");
  await sees(async () => (await nearest())[0], "Delete table · Glue DeleteTable Destroys");
  // From one that leads nowhere to another; what it asks for besides is no part of the address.
  await go("#/servicecatalog/associate/action?region=eu-west-1");
  await sees(async () => (await nearest())[0], /^Associate a service action/);
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await formIsOpen(page, "Associate a service action");
  await go("#/frobnicate/Quuxes");
  await page.getByRole("heading", { level: 1, name: "Quuxes" }).waitFor();
  await page.getByText("No operation has this address").waitFor();
  assert.deepEqual(await nearest(), []);
});

test("a page without models finds what is built in", async (t) => {
  const page = await open(t, { index: { services: {} } });
  await search(page, "service catalog");
  await sees(() => chosen(page), /Service Catalog/);
  assert.deepEqual(await group(page, "Services"), ["Service Catalog · 14 operations servicecatalog"]);
  await box(page).fill("run instances on ec2");
  await sees(() => words(dialog(page).getByRole("status")), /^Nothing found/);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = "#/servicecatalog/BatchDisassociateServiceActions"));
  await page.getByRole("main").getByRole("link", { name: /BatchDisassociateServiceActionFromProvisioningArtifact/ }).waitFor();
});

test("in the list of services, what is called so stands first", async (t) => {
  const page = await open(t, { fragment: "#/services" });
  const titles = async () => (await table(page, "All AWS services")).map(([title]) => title);
  const inOrder = ["Cloud Map", "Cloud9", "DynamoDB", "EC2", "Glue", "Post", "Service Catalog", "Step Functions"];
  await sees(titles, inOrder, "by what they are called here");
  await page.getByRole("searchbox").fill("ec2");
  await sees(titles, ["EC2", "Cloud9"]);
});

test("it has no barriers, and fits on a phone", async (t) => {
  const page = await open(t);
  await search(page, "table");
  await sees(async () => (await options(page).count()) > 3, true);
  await assertAccessible(page, "search");
  await takePictures(page, "search");
  await page.setViewportSize({ width: 390, height: 700 });
  await drawn(page);
  const list = dialog(page).getByRole("listbox");
  assert.equal(await list.evaluate((it) => it.scrollWidth - it.clientWidth), 0, "nothing scrolls sideways");
  const { x, width } = await dialog(page).boundingBox();
  assert.ok(x >= 0 && x + width <= 390, `it is from ${x} on ${width} wide`);
});
