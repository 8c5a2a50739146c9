// Scenarios for demos, and the sandbox's state: kept, reset, saved and loaded.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite } from "./harness.mjs";
import { button, editAgain, flash, ofVerdict, openOperation, part, sees, status, words } from "./person.mjs";

after(closeBrowser);

async function begin(page, title) {
  await page.evaluate(() => (location.hash = "#/"));
  const scenarios = part(page, "Scenarios");
  await scenarios.getByRole("button", { name: title, exact: true }).click();
  await sees(() => status(page), `Scenario: ${title}`);
}

const stories = [
  ["Everything succeeds", "Disassociate", /^2 of 2 associations disassociated/],
  ["Some succeed, some fail", "Disassociate", /^1 of 7 associations disassociated, 6 failed/],
  ["Success with nothing done", "Disassociate", /^0 of 3 .* failed/],
  ["The service is busy", "Associate", /^The service action is now associated/],
  ["No permission", "Disassociate", /AccessDeniedException/],
  ["A run fails halfway", "Run", /Status: created/],
  ["Somebody else was faster", "Disassociate", /^1 of 2 associations disassociated, 1 failed/],
  ["The answer is lost", "Disassociate", /^Unknown: the connection closed before an answer arrived/],
];

for (const [where, open] of [
  ["the page's sandbox", async (t) => (await startSite(t)).url],
  ["the proxy's sandbox", async (t) => (await startProxy(t)).url],
]) {
  test(`every scenario fills its form and is seen to end as its story says, in ${where}`, async (t) => {
    const { page } = await openPage(t, await open(t));
    for (const [title, verb, verdict] of stories) {
      await begin(page, title);
      await button(page, verb).click();
      await sees(() => flash(page), verdict, title, 10_000);
    }
  });
}

test("a slow service is waited for, and the form stays usable", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await begin(page, "A slow service");
  await button(page, "Disassociate").click();
  await button(page, "Stop waiting").waitFor();
  await sees(() => part(page, "Result").count(), 1, "the answer comes after all", 15_000);
});

test("what was done survives a reload, until the sandbox is reset", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await begin(page, "Everything succeeds");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
  await page.reload();
  await editAgain(page);
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^0 of 2 .* failed/, "both are gone by now");
  await page.evaluate(() => (location.hash = "#/"));
  const question = page.getByRole("dialog", { name: "Reset the sandbox" });
  await button(page, "Sandbox data").click();
  await button(page, "Reset the sandbox").click();
  await sees(async () => (await words(question)).includes("Changes in the sandbox will be lost unless you save its state to a file first."), true);
  await question.getByRole("button", { name: "Cancel" }).click();
  await sees(() => question.isVisible(), false);
  assert.notEqual(await status(page), "Sandbox reset.");
  await button(page, "Reset the sandbox").click();
  await question.getByRole("button", { name: "Reset", exact: true }).click();
  await sees(() => status(page), "Sandbox reset.");
  await sees(() => flash(page), "Sandbox reset.");
  await page.goBack();
  await editAgain(page);
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
});

test("a story goes on with what the person does, and what is undone is told no longer as to be confirmed", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  const next = page.locator(".story-next");
  await begin(page, "Some succeed, some fail");
  await sees(() => words(next), "Next: press Disassociate.");
  await button(page, "Disassociate").click();
  await sees(() => words(next), /Press Retry 2 failed\.$/);
  await ofVerdict(page, "Retry 2 failed").click();
  await sees(() => flash(page), /^3 of 7 /);
  await sees(() => words(next), /^The two temporary failures have succeeded\./);
  await begin(page, "Everything succeeds");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
  await sees(() => words(next), /Press Undo 2/);
  await ofVerdict(page, "Undo 2").click();
  const review = page.getByRole("dialog", { name: /^Associate 2 / });
  await review.getByRole("button", { name: /^Associate 2 / }).click();
  await sees(() => flash(page), /^2 of 2 associations associated/);
  assert.equal(await page.getByText("Nothing is sent until you confirm.").count(), 0);
  await page.goBack();
  await sees(() => words(next), "Both are back, as they were before.");
});

test("the sandbox's state is saved to a file and loaded from it; another file changes nothing", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  await button(page, "Sandbox data").click();
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save its state to a file").click()]);
  const saved = await readFile(await download.path());
  assert.ok(JSON.parse(saved).services.servicecatalog);
  await sees(() => flash(page), "The sandbox's state was passed to the browser for saving.");

  await begin(page, "Everything succeeds");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /);
  await page.evaluate(() => (location.hash = "#/"));
  await button(page, "Sandbox data").click();
  const file = page.getByLabel("Load its state from a file");
  await file.setInputFiles({ name: "other.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await sees(() => status(page), /can't be loaded, and nothing has changed/);
  const notice = page.getByRole("region", { name: "Notifications" }).locator(".flash");
  await sees(() => flash(page), /can't be loaded, and nothing has changed/, "what is said is seen too");
  assert.equal(await notice.getAttribute("data-kind"), "error");
  await file.setInputFiles({ name: "state.json", mimeType: "application/json", buffer: saved });
  await sees(() => status(page), "Sandbox state loaded.");
  await sees(() => flash(page), "Sandbox state loaded.");
  assert.equal(await notice.getAttribute("data-kind"), "success");
  await page.goBack();
  await sees(() => flash(page), /^2 of 2 /, "a notice stays on its page");
  await editAgain(page);
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^2 of 2 /, "what was saved is back");
});

test("the sandbox's data and its faults are accessible", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await button(page, "Sandbox data").click();
  await part(page, "Scenarios").getByText(/fault-throttle: The service is busy/).waitFor();
  await assertAccessible(page, "the sandbox's data");
});
