// Every text comes from the tables of the page's language and the models': in the pseudo-language,
// which has all of them in marks, nothing on any screen is without marks but data.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { closeBrowser, startSite } from "./harness.mjs";
import { sees } from "./person.mjs";
import { spoken } from "./spoken.mjs";
import { answered, association, associations, bulk, filled, go, heading, openIn, walk } from "./walk.mjs";

after(closeBrowser);

walk("en-XA");

const { say, strays } = spoken("en-XA");

test("nothing that is stored or exported holds a word of the language", async (t) => {
  const { page } = await answered(t, "en-XA", () => [200, { FailedServiceActionAssociations: [{ ...association(1), ErrorCode: "THROTTLING", ErrorMessage: "said-by-the-service" }] }]);
  await go(page, filled(bulk, associations(2)));
  await page.locator("#notice").waitFor();
  await page.locator("#send").click();
  await page.locator("#result").waitFor();
  await go(page, "#/history");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: say("Export"), exact: true }).click()]);
  assert.doesNotMatch(readFileSync(await download.path(), "utf8"), /[⟦⟧]/);
  assert.doesNotMatch(JSON.stringify(await page.evaluate(() => ({ ...localStorage }))), /[⟦⟧]/);
});

test("a language whose files do not come, or are of another version, leaves the page in English", async (t) => {
  const answer = (name, response) => {
    if (name !== "words/en-XA.json") return false;
    response.writeHead(200, { "content-type": "application/json" }).end('[["another", "⟦Something⟧"], []]');
    return true;
  };
  const { page } = await openIn(t, "en-XA", (await startSite(t, { answer })).url);
  await sees(() => heading(page).innerText(), "Run AWS operations");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.ok((await strays(page)).length > 50, "which is in no marks, as these tests would tell");
});
