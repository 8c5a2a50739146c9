// Everything with the keyboard alone: Tab, Enter, Space and the arrow keys.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { openHistory } from "./history.mjs";
import { flash, formIsOpen, hasFocus, openOperation, part, row, sees, table } from "./person.mjs";

after(closeBrowser);

/** What has the focus: its role-like element name and the name assistive technology knows. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? "";
    return label.replace(/\s+/g, " ").trim();
  });
}

/** Presses Tab until something with this name has the focus. */
async function tabTo(page, name) {
  const passed = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now === name) return;
    passed.push(now);
  }
  assert.fail(`Tab does not reach “${name}”; it passes ${passed.join(" | ")}`);
}

async function open(t, options) {
  const { page } = await openPage(t, (await startSite(t)).url, options);
  return page;
}

test("a batch from the start page to the result", async (t) => {
  const page = await open(t);
  await tabTo(page, "Disassociate service actions in bulk");
  await page.keyboard.press("Enter");
  await formIsOpen(page, "Disassociate service actions in bulk");
  for (const [index, values] of [
    ["act-stop4ec2k9m7q", "prod-abcdzk7xy33qa", "pa-wk2n8rtq5zd3c"],
    ["act-resz2vol7jm4c", "prod-abcdzk7xy33qa", "pa-wk2n8rtq5zd3c"],
  ].entries()) {
    if (index === 0) await tabTo(page, "Service action ID");
    else {
      await tabTo(page, "Add association");
      await page.keyboard.press("Enter");
      await sees(() => hasFocus(row(page, "Association 2").getByRole("combobox").first()), true);
    }
    await page.keyboard.type(values[0]);
    await tabTo(page, "Product ID");
    await page.keyboard.type(values[1]);
    await tabTo(page, "Product version ID");
    await page.keyboard.type(values[2]);
  }
  await tabTo(page, "Disassociate");
  await page.keyboard.press("Enter");
  await sees(() => flash(page), "1 of 2 associations disassociated, 1 failed");
  await sees(() => hasFocus(page.locator("#result")), true, "focus goes to the result");
  const [, done] = await table(page, "Association outcomes");
  assert.deepEqual(done, ["act-stop4ec2k9m7q", "Done", "-", "EC2 workstation prod-abcdzk7xy33qa", "2.0 pa-wk2n8rtq5zd3c"]);
  await tabTo(page, "Copy service action ID act-resz2vol7jm4c");
});

test("choices with arrow keys, sending with Enter in a field, errors and back", async (t) => {
  const page = await open(t);
  await tabTo(page, "Disassociate an opportunity");
  await page.keyboard.press("Enter");
  await formIsOpen(page, "Disassociate an opportunity");
  await tabTo(page, "Catalog");
  await page.keyboard.type("Sandbox");
  await tabTo(page, "Opportunity ID");
  await page.keyboard.type("1234567");
  await tabTo(page, "Related entity type");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await sees(() => page.getByLabel("Related entity type").inputValue(), "AwsProducts");
  await tabTo(page, "Related entity ID");
  // Where a key has opened a list, Enter takes what fits of it, and sends once that is closed.
  const enterUntil = async (isDone) => {
    for (let times = 0; times < 3 && !(await isDone()); times += 1) {
      await page.keyboard.press("Enter");
      await page.waitForTimeout(500);
    }
  };
  await page.keyboard.type("AWSGlue");
  const summary = page.getByRole("group", { name: "There is a problem" });
  await enterUntil(() => summary.isVisible());
  await sees(() => hasFocus(summary), true, "focus is on the summary");
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^Opportunity ID: “1” at position 1 is not allowed here/);
  await page.keyboard.press("Enter");
  await sees(() => focused(page), "Opportunity ID");
  await page.keyboard.press("Home");
  await page.keyboard.type("O");
  await summary.waitFor({ state: "detached" });
  await enterUntil(() => page.locator("#result").isVisible());
  await sees(() => flash(page), "The related entity is no longer linked to the opportunity.");
});

test("the JSON with arrow keys", async (t) => {
  const page = await open(t);
  await tabTo(page, "Associate a service action");
  await page.keyboard.press("Enter");
  await formIsOpen(page, "Associate a service action");
  await tabTo(page, "Form");
  await page.keyboard.press("ArrowRight");
  await sees(() => focused(page), "JSON");
  assert.equal(await page.getByRole("tab", { name: "JSON" }).getAttribute("aria-selected"), "true");
  await tabTo(page, "Input as JSON");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type('{"ProductId":"prod-abcdzk7xy33qa","ProvisioningArtifactId":"pa-4abcdjnxjj6ne","ServiceActionId":"act-fs7abcd89wxyz"}');
  await tabTo(page, "Associate");
  await page.keyboard.press("Space");
  await part(page, "DuplicateResourceException").waitFor();
});

test("the skip link goes past the navigation", async (t) => {
  const page = await open(t);
  // The start page begins with the focus on its search, past the navigation.
  await openHistory(page);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to content");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(page.getByRole("main")), true);
});

test("on a phone the navigation opens and closes", async (t) => {
  const page = await open(t, { width: 390, height: 844 });
  await openOperation(page, "Run a service action");
  const link = page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "All operations", exact: true });
  await tabTo(page, "Open navigation");
  await page.keyboard.press("Enter");
  await sees(() => focused(page), "Close navigation");
  await page.keyboard.press("Escape");
  await sees(() => focused(page), "Open navigation");
  await page.keyboard.press("Enter");
  await sees(() => focused(page), "Close navigation");
  await link.waitFor();
  await tabTo(page, "All operations");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Service Catalog" }).waitFor();
  await page.getByRole("button", { name: "Close navigation" }).waitFor({ state: "hidden" });
});
