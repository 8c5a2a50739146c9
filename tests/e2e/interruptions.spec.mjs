// What happens while something else is under way: clearing, leaving or looking elsewhere while an
// answer is waited for, storage that refuses, a value taken back halfway.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { button, editAgain, errorOf, field, flash, hasFocus, openOperation, part, row, sees, status, words, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const associate = "Associate a service action";
const opportunity = "Disassociate an opportunity";
const ids = { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" };
const allDone = '{"FailedServiceActionAssociations":[]}';

async function open(t, title, prepare) {
  const { page } = await openPage(t);
  if (prepare) await page.addInitScript(prepare);
  await page.goto((await startSite(t)).url);
  await openOperation(page, title);
  return page;
}

test("clearing the form while it is sent does not lose the answer", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), ids);
  await button(page, "Disassociate").dblclick();
  await sees(() => answers.length, 1);
  await button(page, "Clear").click();
  await sees(() => field(row(page, "Association 1"), "Product ID").inputValue(), "");
  answers[0](allDone);
  await sees(() => flash(page), "1 of 1 association disassociated");
  assert.equal(answers.length, 1, "a double press sends once");
});

test("an answer that comes while another operation is shown leaves the focus there", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), ids);
  await button(page, "Disassociate").click();
  await sees(() => answers.length, 1);
  answers[0](allDone);
  await part(page, "Result").waitFor();

  await openOperation(page, associate);
  await write(page.getByRole("main"), ids);
  await button(page, "Associate").click();
  await sees(() => answers.length, 2);
  await page.evaluate(() => history.go(-2));
  await sees(() => hasFocus(page.getByRole("heading", { level: 1, name: inBulk })), true);
  await editAgain(page);
  const typedInto = field(row(page, "Association 1"), "Product ID");
  await typedInto.focus();
  answers[1]("{}");
  await sees(() => status(page), `${associate}: The service action is now associated with the product version.`);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.equal(await hasFocus(typedInto), true, "the focus stays in the field");
  assert.equal(await flash(page), `1 of 1 association disassociated ${associate}: The service action is now associated with the product version. Show`, "it is told, with the way there");
  await page.evaluate(() => history.go(2));
  await sees(() => flash(page), "The service action is now associated with the product version.");
});

test("a dismissed verdict stays dismissed", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), ids);
  await button(page, "Disassociate").click();
  await sees(() => answers.length, 1);
  answers[0](allDone);
  await sees(() => flash(page), "1 of 1 association disassociated");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await sees(() => flash(page), "");
  await openOperation(page, associate);
  await openOperation(page, inBulk);
  await part(page, "Result").waitFor();
  assert.equal(await flash(page), "");
});

test("the page that is gone to takes the focus", async (t) => {
  const page = await open(t, inBulk);
  const heading = page.getByRole("heading", { level: 1 });
  await sees(() => hasFocus(heading), true, "by the navigation");
  await page.goBack();
  await sees(() => words(heading), "Run AWS operations");
  await sees(() => hasFocus(heading), true, "back");
  await page.getByRole("main").getByRole("link", { name: associate, exact: true }).click();
  await sees(() => words(heading), associate);
  await sees(() => hasFocus(heading), true, "by a link of the start page");
});

test("storage that refuses is told once", async (t) => {
  const page = await open(t, associate, () => {
    window.refused = 0;
    Storage.prototype.setItem = () => {
      window.refused += 1;
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  const control = field(page, "Product ID");
  const notice = page.getByText("This browser can't save drafts");
  await control.pressSequentially("p");
  await notice.first().waitFor();
  await page.getByRole("main").getByRole("button", { name: "Dismiss" }).click();
  const refused = await page.evaluate(() => window.refused);
  await control.fill("prod");
  await sees(() => page.evaluate((before) => window.refused > before, refused), true, "it was tried again");
  assert.equal(await page.getByRole("main").getByText("This browser can't save drafts").count(), 0);
});

test("what was typed a moment before the page is left is kept", async (t) => {
  const page = await open(t, associate);
  await field(page, "Product ID").fill("prod-mine");
  await page.reload();
  await sees(() => field(page, "Product ID").inputValue(), "prod-mine");
});

test("a clipboard that refuses is not shown as success", async (t) => {
  const page = await open(t, associate, () => {
    const writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  });
  await write(page.getByRole("main"), ids);
  await button(page, "Associate").click();
  await part(page, "Result").waitFor();
  await page.getByRole("main").locator("summary").filter({ hasText: "Request as sent" }).click();
  await button(page, "Copy request").click();
  await sees(() => status(page), /^Request as sent could not be copied/);
  assert.equal(await page.locator(".copy-status").getAttribute("data-kind"), "warning");
  const text = page.getByRole("textbox", { name: /^Request as sent could not be copied/ });
  assert.match(await text.inputValue(), /^POST \//, "the text is there to be taken");
});

test("a value the model does not know can be emptied and written anew", async (t) => {
  const page = await open(t, opportunity);
  const choice = field(page, "Related entity type");
  const other = page.getByRole("textbox", { name: "Other value" });
  await choice.selectOption("Another value");
  await other.fill("AwsBundles");
  await page.reload();
  await other.waitFor();
  await other.fill("");
  await sees(() => hasFocus(other), true, "emptied, the field is still there");
  await other.pressSequentially("Solutions");
  await sees(() => other.inputValue(), "Solutions");
  await button(page, "Clear").click();
  await sees(() => other.count(), 0, "a blank form asks for a choice again");
  assert.equal(await choice.inputValue(), "");
  await button(page, "Restore my form").click();
  await sees(() => choice.inputValue(), "Solutions");
});

test("of a very long value a message shows the beginning", async (t) => {
  const page = await open(t, inBulk);
  const language = field(page, "Language");
  await language.fill("x".repeat(5000));
  await button(page, "Disassociate").click();
  const summary = page.getByRole("group", { name: "There is a problem" });
  await sees(() => words(summary), /5,000 characters: 4,900 too many/);
  assert.ok((await words(summary)).length < 800);
});

test("after the menu of the right button fields are still checked when left", async (t) => {
  const page = await open(t, associate);
  const control = field(page, "Product ID");
  await control.pressSequentially("!!");
  // The menu swallows the end of the press.
  await control.dispatchEvent("pointerdown", { button: 2, bubbles: true });
  await page.keyboard.press("Tab");
  await sees(async () => (await errorOf(control)) !== null, true);
});

test("a button that goes with its press leaves the focus where the person goes on", async (t) => {
  const page = await open(t, "Run a service action");
  await button(page, "Add parameter").click();
  await button(page, "Remove parameter 1").click();
  await button(page, "Leave it out").click();
  await sees(() => hasFocus(button(page, "Add parameter")), true);
  const control = field(page, "Provisioned product ID");
  await control.fill("arn:aws:servicecatalog:us-east-1:123456789012:stack/x/pp-abcdefgh12345");
  await control.blur();
  await button(page, "Use pp-abcdefgh12345").click();
  await sees(() => hasFocus(control), true);
  assert.equal(await control.inputValue(), "pp-abcdefgh12345");
});

test("nothing stands over the edge of a page 320 pixels wide", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url, { width: 320 });
  for (const hash of ["#/", "#/servicecatalog/ExecuteProvisionedProductServiceAction", "#/partnercentral-selling/DisassociateOpportunity"]) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await sees(() => page.evaluate(() => document.documentElement.scrollWidth), 320, hash);
  }
});
