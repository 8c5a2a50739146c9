// What stays in view: the bar that ends a form, the verdict with what to do next, and on a wide screen
// form and result beside each other.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, choice, drawn, field, flash, hasFocus, openOperation, paste, row, sees, settled, words } from "./person.mjs";

after(closeBrowser);

const bulk = "Disassociate service actions in bulk";
const notifications = (page) => page.getByRole("region", { name: "Notifications" });

/** The edges of what a person sees of an element. */
const box = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());

async function isInView(locator) {
  const { top, bottom } = await box(locator);
  const height = await locator.evaluate(() => innerHeight);
  return top >= 0 && bottom <= height;
}

/** A form of twelve rows, which is longer than the window. */
async function longForm(t, size) {
  const { page } = await openPage(t, (await startSite(t)).url, size);
  await openOperation(page, bulk);
  const rows = Array.from({ length: 12 }, (_, at) => `act-${at}\tprod-${at}\tpa-${at}`);
  await paste(field(row(page, "Association 1"), "Service action ID"), rows.join("\n"));
  await row(page, "Association 12").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  return page;
}

async function scenario(page, title) {
  await page.getByRole("button", { name: title, exact: true }).click();
  await page.getByRole("tab", { name: "Form", exact: true }).waitFor();
}

for (const size of [{ width: 1366, height: 700 }, { width: 390, height: 844 }]) {
  test(`the primary button stays in view, and covers no field that has the focus, ${size.width} pixels wide`, async (t) => {
    const page = await longForm(t, size);
    const send = button(page, "Disassociate");
    const last = field(row(page, "Association 12"), "Product version ID");
    assert.equal(await isInView(last), false, "the form is longer than the window");
    await sees(() => isInView(send), true);
    await field(row(page, "Association 1"), "Service action ID").focus();
    const { top: barTop } = await box(page.locator(".form-actions"));
    for (let at = 0; at < 40; at += 1) {
      await page.keyboard.press("Tab");
      await drawn(page);
      const { bottom, isIn } = await page.evaluate(() => {
        const focused = document.activeElement;
        return { bottom: focused.getBoundingClientRect().bottom, isIn: !!focused.closest("[role=group]") };
      });
      if (isIn) assert.ok(bottom <= barTop, `what has the focus ends at ${bottom}, the bar begins at ${barTop}`);
    }
    await assertAccessible(page, "a form longer than the window");
  });
}

test("on a phone the bar is one line, and what else it has is in a menu", async (t) => {
  const page = await longForm(t, { width: 390, height: 844 });
  const { height } = await box(page.locator(".form-actions"));
  assert.ok(height <= 64, `the bar is ${height} pixels high`);
  await button(page, "More").click();
  await choice(page, "More", "Copy link").waitFor();
  await page.keyboard.press("Escape");
  await button(page, "Clear").click();
  await sees(() => row(page, "Association 12").count(), 0);
});

for (const size of [{ width: 1366, height: 900 }, { width: 390, height: 844 }]) {
  test(`the verdict stays in view with its next steps, in two lines or on a phone its headline, ${size.width} pixels wide`, async (t) => {
    const { page } = await openPage(t, (await startSite(t)).url, size);
    await scenario(page, "Some succeed, some fail");
    await button(page, "Disassociate").click();
    await sees(() => flash(page), /^1 of 7 associations disassociated, 6 failed/);
    const bar = notifications(page);
    // The page has scrolled to the result by itself.
    await sees(() => hasFocus(page.locator("#result")), true);
    await settled(() => page.evaluate(() => scrollY));
    await page.evaluate(() => scrollTo(0, 0));
    await bar.getByRole("button", { name: "Undo 1", exact: true }).waitFor();
    const retry = bar.getByRole("button", { name: /^Retry \d failed$/ });
    await retry.waitFor();
    const height = async () => Math.round((await box(bar.locator(".flash"))).height);
    const whole = await settled(height);
    const all = await page.evaluate(() => document.scrollingElement.scrollHeight);
    await page.evaluate(() => scrollTo(0, document.scrollingElement.scrollHeight));
    const isLow = async () => (size.width > 1000 ? (await height()) <= 72 : (await height()) < whole);
    await sees(isLow, true);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollHeight), all, "nothing moves");
    assert.ok(await isInView(bar.locator("strong")));
    if (size.width > 1000) assert.ok(await isInView(retry));
    await assertAccessible(page, "a result that is scrolled");
    await page.evaluate(() => scrollTo(0, 0));
    await sees(height, whole);
    await retry.click();
    await sees(() => words(page.getByRole("status")), /associations? disassociated/);
  });
}

for (const size of [{ width: 390, height: 844 }, { width: 1366, height: 900 }, { width: 2560, height: 1300 }]) {
  test(`after a send the verdict and the first outcomes are seen without scrolling, ${size.width} pixels wide`, async (t) => {
    const { page } = await openPage(t, (await startSite(t)).url, size);
    await scenario(page, "Some succeed, some fail");
    await page.mouse.wheel(0, 300);
    await button(page, "Disassociate").click();
    await sees(() => flash(page), /^1 of 7 associations disassociated, 6 failed/);
    const outcomes = page.getByRole("table", { name: "Association outcomes" });
    const heading = page.getByRole("heading", { name: /Association outcomes/ });
    const first = outcomes.getByText("act-rotk8key4dx5p");
    // Nothing is cut off, and nothing lies over it.
    const isSeen = (locator) =>
      locator.evaluate((element) => {
        const { left, top, bottom, height } = element.getBoundingClientRect();
        const at = document.elementFromPoint(left + 2, top + height / 2);
        return top >= 0 && bottom <= innerHeight && (element.contains(at) || at?.contains(element));
      });
    for (const [what, locator] of [
      ["the verdict", notifications(page).locator("strong")],
      ["the heading of the outcomes", heading],
      ["the first row, which can be retried", first],
    ]) {
      await sees(() => isSeen(locator), true, what);
    }
    await sees(() => page.evaluate(() => document.activeElement.id), "result");
    if (size.width < 1900) {
      const [story, verdict, top] = await Promise.all([box(page.locator(".story")), box(notifications(page).locator(".flash")), box(heading)]);
      const above = Math.max(verdict.bottom, size.width < 689 ? 0 : story.bottom);
      assert.ok(top.top - above < 40, `the heading begins at ${top.top}, what sticks ends at ${above}`);
      if (size.width > 689) assert.ok(story.height < 80, `the story is ${story.height} pixels high`);
    }
    await assertAccessible(page, `a result, ${size.width} pixels wide`);
  });
}

test("what ended elsewhere is told where the person is, however far they have scrolled", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url, { height: 500 });
  await scenario(page, "A slow service");
  await button(page, "Disassociate").click();
  await button(page, "Stop waiting").waitFor();
  await page.evaluate(() => (location.hash = "#/settings"));
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await page.evaluate(() => scrollTo(0, document.scrollingElement.scrollHeight));
  await sees(() => flash(page), /^Disassociate an opportunity: .* Show$/, "it is told", 15_000);
  assert.ok(await isInView(notifications(page).locator("strong")));
  await notifications(page).getByRole("button", { name: "Dismiss" }).click();
  await sees(() => flash(page), "");
});

test("on a wide screen form and result stand beside each other, and each scrolls by itself", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url, { width: 2560, height: 700 });
  await scenario(page, "Some succeed, some fail");
  const send = button(page, "Disassociate");
  await send.click();
  await sees(() => flash(page), /^1 of 7/);
  const result = page.locator("#result");
  const outcomes = page.getByRole("heading", { name: /outcomes/ });
  assert.ok(await isInView(outcomes), "the outcomes are seen without scrolling");
  assert.ok((await box(send)).right < (await box(result)).left);
  const before = await box(outcomes);
  const scrolledTo = () => page.evaluate(() => scrollY);
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move((await box(send)).left, 400);
  await page.mouse.wheel(0, 400);
  await sees(async () => (await scrolledTo()) > 0, true);
  const scrolled = await settled(scrolledTo);
  assert.deepEqual(await box(outcomes), before, "the result stays where it was");
  await page.mouse.move((await box(result)).left + 300, 400);
  await page.mouse.wheel(0, 300);
  await sees(() => result.evaluate((element) => element.scrollTop > 0), true);
  assert.equal(await settled(scrolledTo), scrolled, "the form stays where it was");
  await assertAccessible(page, "form and result beside each other");

  const edge = page.getByRole("separator", { name: "Width of the result" });
  const width = async () => Math.round((await box(result)).width);
  const usual = await width();
  await edge.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await sees(width, usual + 80);
  const { left, top } = await box(edge);
  await page.mouse.move(left + 12, top + 300);
  await page.mouse.down();
  await page.mouse.move(left + 112, top + 300);
  await page.mouse.up();
  const dragged = await width();
  assert.ok(Math.abs(dragged - (usual - 20)) <= 16, `${dragged} after ${usual}`);
  await page.reload();
  await sees(width, dragged, "after a reload", 10_000);
});
