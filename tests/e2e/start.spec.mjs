// The start page and the navigation: what is used stands at hand, and stays in view.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { signedIn, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, startSite, takePictures } from "./harness.mjs";
import { associate, inBulk, known, send } from "./history.mjs";
import { allWords, button, flash, formIsOpen, hasFocus, part, sees, status, words } from "./person.mjs";

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
  const operations = part(page, "Built-in operations").getByRole("listitem");
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
  assert.equal(await part(other, "Favorites").getByRole("listitem").count(), 1);
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
  await sees(async () => words(recent.getByRole("listitem")), /^Associate a service action \d{4}-.+ The service action is now associated with the product version\.$/);
  await sees(() => allWords(navigation(page).locator("details").filter({ hasText: "Recent" }).getByRole("link")), [associate]);
  await assertAccessible(page, "the start page with what was used");
  await takePictures(page, "home-used");
  await recent.getByRole("link", { name: /is now associated/ }).click();
  await page.waitForURL(/#\/history\/./);
  await page.getByRole("heading", { level: 1, name: associate }).waitFor();
});

test("the navigation stays in view, has the service one is in, and does not grow with the operations", async (t) => {
  const { page } = await open(t);
  await main(page).getByRole("link", { name: inBulk, exact: true }).click();
  await formIsOpen(page, inBulk);
  assert.deepEqual(await allWords(navigation(page).getByRole("link")), ["Start", "History", "Presets", "Settings", "All operations", inBulk, "All AWS services"]);
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
  await story.getByText(/Press Undo this to bring them back/).waitFor();
  await page.reload();
  await story.getByText(/Press Undo this to bring them back/).waitFor();
  await assertAccessible(page, "a scenario that was played");
  await takePictures(page, "scenario");
  await story.getByRole("button", { name: "Next scenario: Some succeed, some fail" }).click();
  const following = part(page, "Scenario: Some succeed, some fail");
  await following.getByText("Next: press Disassociate.").waitFor();
  await button(page, "Disassociate").click();
  await following.getByText(/Press Send 2 again/).waitFor();
  await button(page, "Send 2 again").waitFor();
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
  await story.getByRole("button", { name: "Undo" }).click();
  await sees(() => product.inputValue(), "prod-mine");
});

test("where AWS is the target, a scenario switches to the sandbox and says so", async (t) => {
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist], signedIn);
  const { page } = await openPage(t, proxy.url);
  await sees(() => page.getByLabel("Target").inputValue(), "proxy-aws");
  assert.equal(await button(page, "Sandbox data").count(), 0);
  await button(page, "Everything succeeds").click();
  await part(page, "Scenario: Everything succeeds").getByText("The target was switched to the sandbox. Nothing reaches AWS.").waitFor();
  assert.equal(await page.getByLabel("Target").inputValue(), "page");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
});
