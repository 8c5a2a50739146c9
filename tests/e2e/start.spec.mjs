// The start page and the navigation: what is used stands at hand, and stays in view.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { signedIn, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, startSite, takePictures } from "./harness.mjs";
import { associate, inBulk, known, send } from "./history.mjs";
import { allWords, button, flash, formIsOpen, hasFocus, meets, ofVerdict, part, sees, status, target, words } from "./person.mjs";

after(closeBrowser);

const navigation = (page) => page.getByRole("navigation", { name: "Operations" });
const star = (scope, title) => scope.getByRole("button", { name: `Favorite: ${title}`, exact: true });
const main = (page) => page.getByRole("main");
const goHome = (page) => navigation(page).getByRole("link", { name: "Start", exact: true }).click();

async function open(t, fragment = "", options) {
  const site = await startSite(t);
  return { site, ...(await openPage(t, site.url + fragment, options)) };
}

test("the start page says what this is, and has search, scenarios and the built-in operations", async (t) => {
  const { page } = await open(t);
  await main(page).getByText(/^Fill in a checked form, send exactly what AWS's own clients would send/).waitFor();
  const operations = part(page, "Built-in operations").getByRole("row");
  assert.deepEqual(await allWords(operations.locator(".api-name")), [
    "BatchDisassociateServiceActionFromProvisioningArtifact",
    "AssociateServiceActionWithProvisioningArtifact",
    "ExecuteProvisionedProductServiceAction",
    "BatchDisassociateResourcesFromCustomLineItem",
    "DisassociateOpportunity",
  ]);
  assert.equal(await part(page, "Scenarios").getByRole("listitem").count(), 9);
  await assertAccessible(page, "the start page");
  await takePictures(page, "home");
  await main(page).getByRole("button", { name: "Search services, operations, commands and history" }).click();
  await sees(() => hasFocus(page.getByRole("dialog", { name: "Search" }).getByRole("combobox")), true);
});

test("on a phone three scenarios are shown, and the others by a press", async (t) => {
  const { page } = await open(t, "", { width: 390, height: 844 });
  const scenarios = part(page, "Scenarios");
  await sees(() => scenarios.getByRole("listitem").count(), 3);
  await button(page, "Show 6 more scenarios").focus();
  await page.keyboard.press("Enter");
  await sees(() => scenarios.getByRole("listitem").count(), 9);
  await sees(() => hasFocus(scenarios.getByRole("listitem").nth(3).getByRole("button")), true, "the first of those that came");
  assert.equal(await button(page, "Show 6 more scenarios").count(), 0);
  await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  await assertAccessible(page, "the start page at 390 pixels");
});

test("the search says how many operations there are, once their index has been read", async (t) => {
  const services = { dynamodb: { title: "DynamoDB", operations: [Array.from({ length: 1200 }, (_, at) => `Describe${at}`)], classes: ["r".repeat(1200)] } };
  const answer = (name, response) => name === "models/aws/index.json" && response.writeHead(200).end(JSON.stringify({ services }));
  const { page } = await openPage(t, (await startSite(t, { answer })).url);
  await main(page).getByRole("button", { name: "Search services, operations, commands and history" }).waitFor();
  await navigation(page).getByRole("link", { name: "All AWS services" }).click();
  await main(page).getByText("DynamoDB").first().waitFor();
  await goHome(page);
  await main(page).getByRole("button", { name: "Search 1,200 operations in 1 services" }).waitFor();
});

test("favorites are turned with one key, kept, and the same in all tabs", async (t) => {
  const { page, context, site } = await open(t);
  await star(main(page), associate).focus();
  await page.keyboard.press("Space");
  await sees(() => star(main(page), associate).getAttribute("aria-pressed"), "true");
  const favorites = (page) => allWords(navigation(page).locator("details").filter({ hasText: "Favorites" }).getByRole("link"));
  await sees(() => favorites(page), [associate]);

  const other = await context.newPage();
  await other.goto(site.url);
  await sees(() => favorites(other), [associate]);
  assert.equal(await part(other, "Favorites").locator("tbody").getByRole("row").count(), 1);
  await star(part(other, "Built-in operations"), inBulk).click();
  await sees(() => favorites(page), [inBulk, associate], "another tab is followed");
  await other.close();

  await navigation(page).getByRole("link", { name: associate, exact: true }).click();
  await formIsOpen(page, associate);
  await star(page, associate).click();
  await sees(() => favorites(page), [inBulk]);
  await page.reload();
  await formIsOpen(page, associate);
  assert.equal(await star(page, associate).getAttribute("aria-pressed"), "false");
  await goHome(page);
  const listed = star(part(page, "Favorites"), inBulk);
  await listed.click();
  await sees(() => listed.getAttribute("aria-pressed"), "false");
  assert.equal(await hasFocus(listed), true, "who pressed it by mistake can press it again");
});

test("what was sent last is listed with what came of it, and leads to the run", async (t) => {
  const { page } = await open(t);
  await send(page, associate, "Associate", known);
  await goHome(page);
  const recent = part(page, "Recent operations");
  await sees(() => allWords(recent.getByRole("columnheader")), ["Operation", "Last verdict", "Sent"]);
  await sees(() => words(recent.locator("tbody").getByRole("row")), /^Associate a service action Service Catalog The service action is now associated with the product version\. Today, \d\d:\d\d Sandbox in this page$/);
  await sees(() => allWords(navigation(page).locator("details").filter({ hasText: "Recent" }).getByRole("link")), [associate]);
  await assertAccessible(page, "the start page with what was used");
  await takePictures(page, "home-used");
  await recent.getByRole("link", { name: associate }).click();
  await page.waitForURL(/#\/history\/./);
  await page.getByRole("heading", { level: 1, name: associate }).waitFor();
});

test("the navigation stays in view, has the service one is in, and does not grow with the operations", async (t) => {
  const { page } = await open(t);
  await main(page).getByRole("link", { name: inBulk, exact: true }).click();
  await formIsOpen(page, inBulk);
  assert.deepEqual(await allWords(navigation(page).getByRole("link")), ["Start", "History", "Presets", "All operations", inBulk, "All AWS services"]);
  assert.equal(await navigation(page).getByRole("link", { name: inBulk }).getAttribute("aria-current"), "page");
  await page.setViewportSize({ width: 1366, height: 500 });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  assert.ok(await page.evaluate(() => window.scrollY > 100));
  assert.equal(await navigation(page).getByRole("link", { name: "Start" }).evaluate((link) => link.getBoundingClientRect().top >= 0), true);
  const trail = page.getByRole("navigation", { name: "Breadcrumbs" });
  assert.deepEqual(await allWords(trail.getByRole("listitem")), ["Services", "Service Catalog", inBulk]);
  await trail.getByRole("link", { name: "Service Catalog" }).click();
  await page.getByRole("heading", { level: 1, name: "Service Catalog" }).waitFor();
});

test("a scenario's story stays while it is played, and says what to press next", async (t) => {
  const { page } = await open(t);
  await button(page, "Everything succeeds").click();
  const story = part(page, "Scenario: Everything succeeds");
  await sees(() => status(page), "Scenario: Everything succeeds");
  await story.getByText("Next: press Disassociate.").waitFor();
  await assertAccessible(page, "a scenario before it is sent");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
  await story.getByText(/Press Undo 2 to bring them back/).waitFor();
  await page.reload();
  await story.getByText(/Press Undo 2 to bring them back/).waitFor();
  await assertAccessible(page, "a scenario that was played");
  await takePictures(page, "scenario");
  await story.getByRole("button", { name: "Next scenario: Some succeed, some fail" }).click();
  const following = part(page, "Scenario: Some succeed, some fail");
  await following.getByText("Next: press Disassociate.").waitFor();
  await button(page, "Disassociate").click();
  await following.getByText(/Press Retry 2 failed/).waitFor();
  await ofVerdict(page, "Retry 2 failed").waitFor();
  await following.getByRole("button", { name: "End the scenario" }).click();
  await sees(() => following.count(), 0);
});

test("a scenario brings back what was in the form before", async (t) => {
  const { page } = await open(t, "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact");
  await formIsOpen(page, associate);
  const product = page.getByRole("combobox", { name: "Product ID" });
  await product.fill("prod-mine");
  await goHome(page);
  await button(page, "The service is busy").click();
  const story = part(page, "Scenario: The service is busy");
  await sees(async () => (await product.inputValue()) !== "prod-mine", true);
  await story.getByRole("button", { name: "Restore my form" }).click();
  await sees(() => product.inputValue(), "prod-mine");
});

test("where AWS is the target, a scenario switches to the sandbox and says so", async (t) => {
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist], signedIn);
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-aws");
  assert.equal(await button(page, "Sandbox data").count(), 0);
  await button(page, "Everything succeeds").click();
  await part(page, "Scenario: Everything succeeds").getByText("The target was switched to the sandbox. Nothing reaches AWS.").waitFor();
  assert.equal(await target(page), "page");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
});
