// What a service complains about stands at the field it is about; what is denied can be asked for.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite, takePictures, version } from "./harness.mjs";
import { allWords, button, choose, described, errorOf, field, flash, hasFocus, meets, ofVerdict, openOperation, pairs, part, row, sees, status, words, write, writeRows } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const lineItem = "Disassociate resources from a custom line item";
const opportunity = "Disassociate an opportunity";
const association = (n) => ({ "Service action ID": `act-${n}`, "Product ID": `prod-${n}`, "Product version ID": `pa-${n}` });
const says = (message) => `The service says: ${message}`;
const json = { "content-type": "application/x-amz-json-1.1" };

/** The page with a proxy that refuses with these bodies, one after the other. */
async function refusing(t, ...bodies) {
  const site = await startSite(t, {
    answer(name, response) {
      if (name === "api/status") {
        const told = { name: "formsmith-proxy", version, targets: ["sandbox"], writes: true };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(told));
        return true;
      }
      if (!name.startsWith("api/")) return false;
      // A list that opens while somebody writes asks, too.
      const { status = 400, ...body } = bodies.shift() ?? { status: 404 };
      response.writeHead(status, json).end(JSON.stringify(body));
      return true;
    },
  });
  const { page } = await openPage(t, site.url);
  await meets(page, "proxy-sandbox");
  return page;
}

const validation = (message) => ({ __type: "com.amazon.coral.validate#ValidationException", message });

/** The list of complaints in the result's error. */
function complaints(page) {
  return allWords(part(page, "ValidationException").getByRole("listitem"));
}

test("sentences about members stand at their fields until these are edited, and are linked", async (t) => {
  const message =
    "3 validation errors detected: Value 'prod-2' at 'serviceActionAssociations.2.member.productId' failed to satisfy constraint: Member must be in this region; " +
    "Value 'act-1' at 'serviceActionAssociations.1.member.serviceActionId' failed to satisfy constraint: Member must be yours; " +
    "Value at 'serviceActionAssociations' failed to satisfy constraint: Member must have length less than or equal to 1";
  const page = await refusing(t, validation(message));
  await openOperation(page, inBulk);
  await writeRows(page, "association", [association(1), association(2), association(3)]);
  await button(page, "Disassociate").click();
  await sees(() => complaints(page), [
    "Member must be in this region Go to Product ID, association 2",
    "Member must be yours Go to Service action ID, association 1",
    "Member must have length less than or equal to 1 Go to Associations",
  ]);
  const product = field(row(page, "Association 2"), "Product ID");
  const action = field(row(page, "Association 1"), "Service action ID");
  assert.equal(await errorOf(product), says("Member must be in this region"));
  assert.equal(await errorOf(action), says("Member must be yours"));
  const add = button(page, "Add association");
  assert.deepEqual(await described(add), [says("Member must have length less than or equal to 1")]);
  assert.equal(await page.locator("[aria-invalid=true]").count(), 2, "no other field is marked");
  await assertAccessible(page, "complaints at fields");
  await takePictures(page, "complaints");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.documentElement.scrollWidth <= 390), true, "nothing scrolls sideways on a phone");
  await page.setViewportSize({ width: 1366, height: 900 });

  // By keyboard alone, and from the JSON as well.
  await page.getByRole("tab", { name: "JSON" }).click();
  await button(page, "Go to Product ID, association 2").focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(product), true);
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await sees(() => errorOf(product), null, "an edit ends it");
  await product.blur();
  assert.equal(await errorOf(product), null);
  await product.fill("prod-2");
  assert.equal(await errorOf(product), null, "and it stays ended");
  assert.equal(await errorOf(action), says("Member must be yours"), "the other field was not edited");
  assert.deepEqual(await described(add), [], "the list was edited with its row");

  // Rows are followed by what they are, not by their number.
  await button(page, "Remove association 1").click();
  await sees(() => complaints(page), [
    "Member must be in this region Go to Product ID, association 1",
    "Member must be yours ServiceActionAssociations[0].ServiceActionId",
    "Member must have length less than or equal to 1 Go to Associations",
  ]);
  await button(page, "Go to Product ID, association 1").click();
  await sees(() => hasFocus(field(row(page, "Association 1"), "Product ID")), true);
});

test("another request, and another input, end what was said of fields", async (t) => {
  const wrong = validation("1 validation error detected: Value 'jp' at 'acceptLanguage' failed to satisfy constraint: Member must be a language");
  const page = await refusing(t, wrong, wrong, { __type: "ResourceNotFoundException", message: "no" });
  await openOperation(page, inBulk);
  await writeRows(page, "association", [association(1)]);
  const language = field(page.getByRole("main"), "Language");
  await language.fill("jp");
  await button(page, "Disassociate").click();
  await sees(() => errorOf(language), says("Member must be a language"));
  await page.getByRole("tab", { name: "JSON" }).click();
  const area = page.getByRole("textbox", { name: "Input as JSON" });
  await area.fill((await area.inputValue()).replace("act-1", "act-2"));
  await page.getByRole("tab", { name: "Form" }).click();
  assert.equal(await errorOf(language), null, "another input is there");
  await sees(() => complaints(page), ["Member must be a language AcceptLanguage"], "which has no field for it");
  await button(page, "Disassociate").click();
  await sees(() => errorOf(language), says("Member must be a language"));
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /ResourceNotFoundException/);
  assert.equal(await errorOf(language), null);
});

test("an answer about an input that is no longer there marks no field", async (t) => {
  const page = await refusing(t, validation("1 validation error detected: Value 'act-1' at 'serviceActionAssociations.1.member.serviceActionId' failed to satisfy constraint: Member must be yours"));
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/api/servicecatalog/**", async (route) => {
    await held;
    await route.continue();
  });
  await openOperation(page, inBulk);
  await writeRows(page, "association", [association(1)]);
  await button(page, "Disassociate").click();
  await button(page, "Stop waiting").waitFor();
  await write(row(page, "Association 1"), { "Product ID": "prod-9" });
  release();
  await sees(() => complaints(page), ["Member must be yours ServiceActionAssociations[0].ServiceActionId"]);
  assert.equal(await page.locator("[aria-invalid=true]").count(), 0);
});

test("of rows sent again alone, the complaint stands at the row as it is in the form", async (t) => {
  const proxy = await startProxy(t);
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-sandbox");
  await openOperation(page, inBulk);
  await choose(page, "Load", "One success and six different failures");
  const message = "1 validation error detected: Value 'x' at 'serviceActionAssociations.2.member.productId' failed to satisfy constraint: Member must be yours";
  const plan = { faults: [{ fault: { refuse: { error: "ValidationException", message } }, after: 1 }] };
  const planned = await fetch(`${proxy.plain.origin}/sandbox/_faults`, {
    method: "PUT",
    headers: { "x-formsmith-token": proxy.token, "content-type": "application/json" },
    body: JSON.stringify(plan),
  });
  assert.equal(planned.status, 204, await planned.text());
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^1 of 7 /);
  await ofVerdict(page, "Retry 2 failed").click();
  await sees(() => complaints(page), ["Member must be yours Go to Product ID, association 4"]);
  assert.equal(await errorOf(field(row(page, "Association 4"), "Product ID")), says("Member must be yours"));
  assert.equal(await page.locator("[aria-invalid=true]").count(), 1);
});

test("Billing Conductor's fields: a member, and a structure as a whole", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, lineItem);
  await choose(page, "Load", "A flat custom line item");
  await button(page, "Disassociate").click();
  const target = field(page.getByRole("main"), "Custom line item ARN");
  await sees(() => errorOf(target), says("must name a percentage custom line item"));
  await button(page, "Go to Custom line item ARN").click();
  await sees(() => hasFocus(target), true);

  await choose(page, "Load", "Two billing groups and a line item");
  await button(page, "Add billing period range").click();
  await write(page.getByRole("main"), { "First billing period": "2025-06", "End billing period": "2025-05" });
  await button(page, "Disassociate").click();
  const range = page.getByRole("group", { name: /^Billing period range/ });
  await sees(() => described(range), [says("must end after it begins")]);
  await assertAccessible(page, "a complaint about a structure");
  await button(page, "Go to Billing period range").click();
  await sees(() => hasFocus(field(page.getByRole("main"), "First billing period")), true);
  await write(page.getByRole("main"), { "End billing period": "2025-07" });
  await sees(() => described(range), []);
});

test("Partner Central's list of errors names the field of a value that was sent anyway", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, opportunity);
  await choose(page, "Load", "Remove a partner solution in the test catalog");
  const type = field(page.getByRole("main"), "Related entity type");
  await type.selectOption("Another value");
  await page.getByRole("textbox", { name: "Other value" }).fill("Ideas");
  await button(page, "Disassociate").click();
  await button(page, "Send anyway").click();
  await sees(() => errorOf(type), /^The service says: Member must satisfy enum value set/);
  await button(page, "Go to Related entity type").click();
  await sees(() => hasFocus(type), true);
});

test("who is denied is told the action and the smallest policy", async (t) => {
  const { page, context } = await openPage(t, (await startSite(t)).url);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "No permission").click();
  await sees(() => status(page), "Scenario: No permission");
  await button(page, "Disassociate").click();
  const denied = part(page, "AccessDeniedException");
  await sees(async () => (await words(denied)).includes("Ask for this permission partnercentral:DisassociateOpportunity"), true);
  assert.equal((await pairs(denied))["HTTP status"], "403");
  const policy = JSON.parse(await page.getByRole("region", { name: "The smallest policy that allows it" }).innerText());
  assert.deepEqual(policy.Statement, [{ Effect: "Allow", Action: "partnercentral:DisassociateOpportunity", Resource: "*" }]);
  await button(page, "Copy policy").click();
  await sees(() => status(page), "Policy copied");
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), policy);
  await assertAccessible(page, "a denied request");
  await takePictures(page, "denied");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.documentElement.scrollWidth <= 390), true);
});

test("an error of another kind asks for no permission", async (t) => {
  const page = await refusing(t, { __type: "ResourceNotFoundException", message: "no" });
  await openOperation(page, inBulk);
  await writeRows(page, "association", [association(1)]);
  await button(page, "Disassociate").click();
  await part(page, "ResourceNotFoundException").waitFor();
  assert.equal(await page.getByText("Ask for this permission").count(), 0);
  assert.equal(await page.getByText("Messages about fields").count(), 0);
});
