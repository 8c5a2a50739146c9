// The header: where requests go, by mark, name and account; the region by its name; notices; settings.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite, version } from "./harness.mjs";
import { allWords, hasFocus, meets, sees, switcher, target, words } from "./person.mjs";

after(closeBrowser);

const banner = (page) => page.getByRole("banner");
const phone = { width: 390, height: 844 };

/** The page on a host whose proxy tells this of itself. */
async function open(t, told, options) {
  const answer = (name, response) => {
    if (!told || !name.startsWith("api/")) return false;
    const status = { name: "formsmith-proxy", version, targets: ["sandbox"], warnings: [], ...told };
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
  };
  const { page } = await openPage(t, (await startSite(t, { answer })).url + "#/history", options);
  await banner(page).waitFor();
  return page;
}

test("the sandbox has its mark, its name and its color, and the region its name", async (t) => {
  const page = await open(t);
  await sees(() => words(switcher(page)), "Target Sandbox In this page Nothing reaches AWS");
  assert.equal(await page.locator(".place-line").getAttribute("data-tone"), "green");
  assert.equal(await page.locator(".place-line").evaluate((line) => line.getBoundingClientRect().height), 3);
  assert.equal(await page.locator(".app-title img").evaluate((icon) => icon.complete && icon.naturalWidth > 0), true);
  assert.equal(await words(page.locator(".app-region .app-lines")), "N. Virginia us-east-1");
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-central-1");
  await sees(() => words(page.locator(".app-region .app-lines")), "Frankfurt eu-central-1");
  const search = banner(page).getByRole("button", { name: "Search operations, resources and history" });
  assert.ok((await search.boundingBox()).width > 500);
  await assertAccessible(page, "the header");
});

test("by keyboard alone another target is chosen, and the focus comes back", async (t) => {
  const page = await open(t, {});
  await meets(page, "proxy-sandbox");
  await switcher(page).focus();
  await page.keyboard.press("Enter");
  const popup = page.getByRole("dialog", { name: "Target" });
  await sees(() => hasFocus(popup.getByRole("radio", { name: "Sandbox in the local proxy" })), true);
  await assertAccessible(page, "what there is to choose");
  await page.keyboard.press("ArrowDown");
  await sees(() => target(page), "page");
  await page.keyboard.press("Escape");
  await popup.waitFor({ state: "hidden" });
  assert.equal(await hasFocus(switcher(page)), true);
  await sees(() => words(switcher(page)), "Target Sandbox In this page Nothing reaches AWS");
});

test("notices are counted until they have been read, and stay listed when they are dismissed", async (t) => {
  const page = await open(t, { version: "0.0.1" });
  const bell = banner(page).getByRole("button", { name: "Notices" });
  await sees(() => words(bell), "Notices 1");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await bell.click();
  const popup = page.getByRole("dialog", { name: "Notices" });
  await sees(() => allWords(popup.getByRole("listitem")), [`The proxy is older than this page The page has version ${version}, the proxy 0.0.1. Reinstall the proxy, then restart it.`]);
  await assertAccessible(page, "the notices");
  await page.keyboard.press("Escape");
  assert.equal(await words(bell), "Notices");
});

test("on a phone the header is one line, and region, notices and settings are in the menu", async (t) => {
  const page = await open(t, undefined, phone);
  const { height } = await banner(page).boundingBox();
  assert.equal(height, 48);
  for (const control of await banner(page).locator("a, button").filter({ visible: true }).all()) {
    assert.ok((await control.boundingBox()).height >= 40, await control.innerText());
  }
  assert.deepEqual(await allWords(banner(page).getByRole("button")), ["", "Search operations, resources and history", "Target Sandbox In this page"]);
  await banner(page).getByRole("button", { name: "Open navigation" }).click();
  const menu = page.getByRole("navigation", { name: "Operations" });
  await menu.getByRole("combobox", { name: "Region" }).selectOption("eu-west-1");
  await sees(() => words(menu.locator(".app-region .app-lines")), "Ireland eu-west-1");
  await assertAccessible(page, "the menu of a phone");
  await menu.getByRole("button", { name: "Notices" }).click();
  const popup = page.getByRole("dialog", { name: "Notices" });
  await popup.getByText("There are no notices.").waitFor();
  await popup.getByRole("button", { name: "Close" }).click();
  await menu.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await page.evaluate(() => (location.hash = "#/servicecatalog/ListServiceActions"));
  await page.getByRole("heading", { level: 1, name: "List service actions" }).waitFor();
  const crumbs = page.getByRole("navigation", { name: "Breadcrumbs" });
  await sees(() => allWords(crumbs.getByRole("listitem")), ["Service Catalog"]);
  await crumbs.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "Service Catalog" }).waitFor();
});
