// Moments, dates and months: the browser's calendar beside the text, and what is understood of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { addSettings, described, errorOf, field, hasFocus, input, openOperation, sees, write } from "./person.mjs";

after(closeBrowser);

/** The form that lists opportunities, in Sydney, where it is 11 hours later in January. */
async function openList(t, options) {
  const { page } = await openPage(t, (await startSite(t)).url, { timezoneId: "Australia/Sydney", ...options });
  // The browser's own popup is outside the page and opens when it likes: keys that come then are its.
  await page.evaluate(() => {
    HTMLInputElement.prototype.showPicker = function () {
      this.dataset.pickers = Number(this.dataset.pickers ?? 0) + 1;
    };
  });
  await openOperation(page, "List opportunities");
  const main = page.getByRole("main");
  await write(main, { Catalog: "Sandbox" });
  return { page, main };
}

/** Adds a structure of the form, and gives the group that it is. */
async function add(main, title) {
  const group = main.getByRole("group", { name: new RegExp(`^${title}`) });
  if (!(await group.count())) {
    await addSettings(main, title);
  } else {
    await group.getByRole("button", { name: /^Add / }).click();
  }
  await group.getByRole("textbox").first().waitFor();
  return group;
}

const calendar = (scope, title) => scope.getByRole("button", { name: `Calendar for ${title}` });
/** Of the two that a range has, the one that is open. */
const moment = (scope) => scope.getByRole("textbox", { name: "Date and time in your time zone" });

test("a moment is chosen in the person's time zone, and shown in UTC, there, and as seconds", async (t) => {
  const { page, main } = await openList(t);
  const created = await add(main, "Created");
  const after = field(created, "After");
  const opener = calendar(created, "after");
  assert.equal(await opener.getAttribute("aria-expanded"), "false");
  await opener.press("Enter");
  await sees(() => hasFocus(moment(created)), true, "one press leads into the calendar");
  assert.equal(await moment(created).getAttribute("data-pickers"), "1", "and opens the browser's popup");
  assert.equal(await opener.getAttribute("aria-expanded"), "true");
  await moment(created).fill("2026-01-15T09:30:00");
  assert.equal(await after.inputValue(), "2026-01-14T22:30:00Z");
  const said = "Understood as 2026-01-14T22:30:00Z. In your time zone: 2026-01-15 09:30:00 (UTC+11:00). In epoch seconds: 1768429800.";
  await sees(async () => (await described(after))[0], said);
  await assertAccessible(page, "an open calendar");
  assert.deepEqual(await input(page), { Catalog: "Sandbox", CreatedDate: { AfterCreatedDate: "2026-01-14T22:30:00Z" } });
});

test("what is typed as text is understood as well, and the calendar shows it", async (t) => {
  const { main } = await openList(t);
  const created = await add(main, "Created");
  const after = field(created, "After");
  await calendar(created, "after").click();
  await after.fill("1768429800.5");
  await sees(() => moment(created).inputValue(), "2026-01-15T09:30");
  await sees(async () => (await described(after))[0], /^Understood as 2026-01-14T22:30:00\.500Z\..*In epoch seconds: 1768429800\.5\.$/);
  await after.fill("2026-07-01T00:00:00+02:00");
  await sees(() => moment(created).inputValue(), "2026-07-01T08:00");
  await after.fill("next week");
  await after.blur();
  await sees(async () => (await described(after))[0], /^Enter seconds since 1970/);
  assert.equal(await moment(created).inputValue(), "", "the calendar doesn't show what isn't there");
  assert.equal(await after.inputValue(), "next week");
});

test("the calendar is written with the keyboard alone, and cleared, which leaves the member out", async (t) => {
  const { page, main } = await openList(t);
  const created = await add(main, "Created");
  const after = field(created, "After");
  await after.focus();
  await page.keyboard.press("Tab");
  assert.ok(await hasFocus(calendar(created, "after")));
  await page.keyboard.press("Space");
  await sees(() => hasFocus(moment(created)), true);
  // The browser's own pop-up may be over it.
  await page.keyboard.press("Escape");
  await moment(created).focus();
  await page.keyboard.type("01152026");
  await page.keyboard.type("093000AM");
  await sees(() => after.inputValue(), "2026-01-14T22:30:00Z");
  await moment(created).fill("");
  await sees(() => after.inputValue(), "");
  assert.deepEqual((await input(page)).CreatedDate ?? {}, {});
});

test("dates and months have the browser's own control, and their text stays as it was", async (t) => {
  const { page, main } = await openList(t);
  const close = await add(main, "Target close date");
  await calendar(close, "before").click();
  await close.getByRole("textbox", { name: "Date", exact: true }).fill("2026-02-28");
  assert.equal(await field(close, "Before").inputValue(), "2026-02-28");
  await openOperation(page, "List billing groups");
  await calendar(main, "billing period").click();
  const month = main.getByRole("textbox", { name: "Month", exact: true });
  assert.equal(await month.getAttribute("type"), "month");
  await month.fill("2026-02");
  await field(main, "Billing period").fill("2026-7");
  await sees(() => month.inputValue(), "", "a month that the browser writes otherwise");
  assert.deepEqual(await input(page), { BillingPeriod: "2026-7" });
});

test("where the browser has no control for months, the text field stays alone", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url, {
    prepare: () => {
      const { get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "type");
      Object.defineProperty(HTMLInputElement.prototype, "type", { get() { return this.getAttribute("type") === "month" ? "text" : get.call(this); } });
    },
  });
  const part = page.waitForResponse(/calendar\.wasm/);
  await openOperation(page, "List billing groups");
  await part;
  await page.waitForLoadState("networkidle");
  const main = page.getByRole("main");
  await write(main, { "Billing period": "2026-02" });
  assert.deepEqual(await input(page), { BillingPeriod: "2026-02" });
  assert.equal(await calendar(main, "billing period").count(), 0);
});

test("a form without moments, dates or months does not fetch the calendar", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await openOperation(page, "Associate a service action");
  await page.waitForLoadState("networkidle");
  assert.deepEqual(fetched.filter((url) => url.includes("calendar")), []);
});

test("on a phone the calendar fits", async (t) => {
  const { page, main } = await openList(t, { width: 390, height: 844 });
  const created = await add(main, "Created");
  await calendar(created, "after").click();
  await moment(created).fill("2026-01-15T09:30:00");
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  await assertAccessible(page, "an open calendar, 390 pixels wide");
});

test("what is half written is told, with what is missing, and is not sent or hidden", async (t) => {
  const { page, main } = await openList(t);
  const created = await add(main, "Created");
  const after = field(created, "After");
  await calendar(created, "after").click();
  await page.keyboard.press("Escape");
  await moment(created).fill("2026-01-15T09:30:00");
  await moment(created).focus();
  await page.keyboard.press("Delete");
  assert.equal(await moment(created).inputValue(), "", "the month is gone");
  await field(created, "Before").focus();
  const said = /^This date and time isn't complete, .*Fill in year, month, day and time, or clear all of them\. Until then the field stays as it is\.$/;
  await sees(() => errorOf(moment(created)), said);
  assert.equal(await after.inputValue(), "2026-01-14T22:30:00Z", "the text stays");
  await assertAccessible(page, "a half-written date");
  await calendar(created, "after").click();
  await sees(() => hasFocus(moment(created)), true, "it does not close over it");
  await main.getByRole("button", { name: "List", exact: true }).click();
  await sees(() => hasFocus(moment(created)), true, "nothing is sent");
  await page.keyboard.press("Control+Enter");
  await sees(() => hasFocus(moment(created)), true, "by the keyboard neither");
  assert.equal(await page.getByRole("region", { name: "Result" }).count(), 0);
  await moment(created).focus();
  await page.keyboard.type("02");
  await sees(() => errorOf(moment(created)), null);
  await sees(() => after.inputValue(), "2026-02-14T22:30:00Z");
});

test("of a time that comes twice the second can be chosen, and one that doesn't exist is refused", async (t) => {
  const { page, main } = await openList(t, { timezoneId: "Europe/Berlin" });
  const created = await add(main, "Created");
  const after = field(created, "After");
  await calendar(created, "after").click();
  await page.keyboard.press("Escape");
  await moment(created).fill("2026-10-25T02:30:00");
  assert.equal(await after.inputValue(), "2026-10-25T00:30:00Z");
  await created.getByText("Clocks go back over this time, so it comes twice. This is the first.").waitFor();
  await assertAccessible(page, "a time that comes twice");
  await created.getByRole("button", { name: "Use the second" }).press("Enter");
  await sees(() => after.inputValue(), "2026-10-25T01:30:00Z");
  await created.getByText("This is the second.").waitFor();
  await sees(() => moment(created).inputValue(), "2026-10-25T02:30");
  await created.getByRole("button", { name: "Use the first" }).click();
  await sees(() => after.inputValue(), "2026-10-25T00:30:00Z");
  await moment(created).fill("2026-03-29T02:30:00");
  await sees(() => errorOf(moment(created)), /^Clocks in your time zone go forward over this time, so it doesn't exist\./);
  assert.equal(await after.inputValue(), "2026-10-25T00:30:00Z");
  await moment(created).fill("2026-03-29T03:30:00");
  await sees(() => errorOf(moment(created)), null);
  await sees(() => after.inputValue(), "2026-03-29T01:30:00Z");
});
