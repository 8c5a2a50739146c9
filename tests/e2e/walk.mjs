// All screens of the page in one language: nothing on any of them is in another, but data.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alice, signedIn, startUpstream } from "./aws.mjs";
import { dist, openPage, startProxy, startSite, version } from "./harness.mjs";
import { drawn, sees } from "./person.mjs";
import { spoken } from "./spoken.mjs";

/** The page in a language, by its tag. */
export async function openIn(t, tag, url, options) {
  const opened = await openPage(t, undefined, options);
  await opened.page.addInitScript((tag) => localStorage.setItem("formsmith.language", tag), tag);
  await opened.page.goto(url);
  await opened.page.locator(".app").waitFor();
  return opened;
}

export const heading = (page) => page.getByRole("heading", { level: 1 });
export const go = async (page, fragment) => {
  await page.evaluate((fragment) => (location.hash = fragment), fragment);
  await drawn(page);
};
export const send = (page) => page.locator("#send");
export const filled = (operation, input) => `${operation}?input=${encodeURIComponent(JSON.stringify(input))}`;

export const bulk = "#/servicecatalog/BatchDisassociateServiceActionFromProvisioningArtifact";
export const associate = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact";
export const run = "#/servicecatalog/ExecuteProvisionedProductServiceAction";
export const lineItem = "#/billingconductor/BatchDisassociateResourcesFromCustomLineItem";
export const opportunity = "#/partnercentral-selling/DisassociateOpportunity";
export const association = (number) => ({ ServiceActionId: `act-${number}`, ProductId: `prod-${number}`, ProvisioningArtifactId: `pa-${number}` });
export const associations = (count) => ({ ServiceActionAssociations: Array.from({ length: count }, (_, at) => association(at)) });

/** The page at a proxy whose service answers with this. */
export async function answered(t, tag, answer, told = {}) {
  const json = { "content-type": "application/json" };
  const site = await startSite(t, {
    answer(name, response) {
      if (!name.startsWith("api/")) return false;
      const proxy = { name: "formsmith-proxy", version, targets: ["sandbox"], writes: true, warnings: [], ...told };
      const [status, body] = name === "api/status" ? [200, proxy] : answer();
      response.writeHead(status, json).end(JSON.stringify(body));
      return true;
    },
  });
  const opened = await openIn(t, tag, site.url);
  await sees(() => opened.page.locator(".app-switcher").getAttribute("data-target"), "proxy-sandbox");
  return opened;
}

/** A test for each part of the page. */
export function walk(tag) {
  const { say, strays } = spoken(tag);
  const button = (page, name) => page.getByRole("button", { name: say(name), exact: true });
  /** Once `shown` is there, everything is in the language. */
  const inLanguage = async (page, name, shown) => {
    if (shown) await shown.first().waitFor();
    await drawn(page);
    await sees(() => strays(page), [], name);
  };

  test(`${tag}: the start page, its scenarios and dialogs, settings, and an address that leads nowhere`, async (t) => {
    const { page } = await openIn(t, tag, (await startSite(t)).url);
    assert.equal(await page.evaluate(() => document.documentElement.lang), tag);
    await inLanguage(page, "the start page", heading(page));
    assert.equal(await heading(page).innerText(), say("Run AWS operations"));
    await button(page, "Everything succeeds").waitFor();
    await button(page, "Sandbox data").click();
    await inLanguage(page, "the sandbox's data", page.getByText("fault-throttle"));
    await button(page, "Reset the sandbox").click();
    await inLanguage(page, "a confirmation", page.getByRole("dialog"));
    await page.getByRole("dialog").locator(".button-primary").click();
    await inLanguage(page, "a toast", page.locator(".app-flash .flash"));
    await button(page, "Paste a command").click();
    await page.locator("#pasted").fill("aws servicecatalog associate-service-action-with-provisioning-artifact --region eu-west-1 --product-id prod-1");
    await inLanguage(page, "the dialog for a command", page.getByRole("dialog"));
    await button(page, "Fill the form").click();
    await inLanguage(page, "a form filled from a command", page.locator("#notice"));

    await go(page, "#/settings");
    await inLanguage(page, "settings", page.locator("#age-limit"));
    await button(page, "Clear this browser's data").click();
    await inLanguage(page, "the question about the data", page.getByRole("dialog"));
    await go(page, "#/no/such/page");
    await inLanguage(page, "an address that leads nowhere", heading(page));
    await sees(() => heading(page).innerText(), say("Page not found"));
    await go(page, "#/runs/00000000-0000-4000-8000-000000000000");
    await inLanguage(page, "a run that is not there", heading(page));
  });

  for (const operation of [bulk, associate, run, lineItem, opportunity]) {
    test(`${tag}: the form of ${operation.split("/").at(-1)}: blank, with errors, as JSON, as code`, async (t) => {
      const { page } = await openIn(t, tag, (await startSite(t)).url + operation);
      await inLanguage(page, "the blank form", send(page));
      await page.locator("#load").click();
      await inLanguage(page, "what it can be filled from", page.getByRole("menu"));
      await page.keyboard.press("Escape");
      for (const info of await page.locator(`[aria-label^="${say("Info").replace(/⟧$/, "")}"], .info button`).all()) await info.click();
      await send(page).click();
      await inLanguage(page, "the form with errors", page.locator("#summary"));
      for (const input of await page.getByRole("main").locator("form input:not([type=checkbox])").all()) await input.fill("é!");
      await send(page).click();
      await inLanguage(page, "the form with wrong values", page.locator("#summary"));
      await page.locator("#more").click();
      await inLanguage(page, "what can be made of it", page.getByRole("menu"));
      await page.getByRole("menuitem", { name: say("Copy as"), exact: true }).click();
      const dialog = page.getByRole("dialog");
      await inLanguage(page, "the call as code", dialog.locator("pre"));
      await dialog.getByRole("button").last().click();
      await page.getByRole("tab", { name: say("JSON"), exact: true }).click();
      await page.getByRole("main").locator("textarea").fill('{ "Nothing": 1 }');
      await inLanguage(page, "JSON with a mistake", page.locator("[aria-invalid=true]"));
      await page.getByRole("tab", { name: say("Form"), exact: true }).click();
      await inLanguage(page, "the form while the JSON has a mistake", send(page));
      await button(page, "Discard the JSON and use the form").click();
      await button(page, "Clear").click();
      await inLanguage(page, "a form that was cleared", page.locator("#notice"));
    });
  }

  test(`${tag}: presets: none, saving one, the list, what a file would change, and what one asks for`, async (t) => {
    const { page } = await openIn(t, tag, `${(await startSite(t)).url}#/presets`);
    await inLanguage(page, "no presets", page.locator("main .container"));
    await go(page, filled(associate, { ...association(1), ProductId: "{{product}}" }));
    await page.locator("#more").click();
    await page.getByRole("menuitem", { name: say("Save as preset"), exact: true }).click();
    const dialog = page.locator("dialog[open]");
    await dialog.locator("#preset-name").fill("a/b");
    await dialog.locator(".button-primary").click();
    await inLanguage(page, "the dialog to save, with an error", page.locator("#preset-name-error"));
    await dialog.locator("#preset-name").fill("my-preset");
    await dialog.locator(".button-primary").click();
    await inLanguage(page, "a form that was saved", page.locator(".app-flash .flash"));
    await go(page, "#/presets");
    await inLanguage(page, "the list", page.locator("main table"));
    // Without a model an operation is called by its name, which is data; that of this one is known as such.
    const preset = { name: "my-other-preset", service: "some-service", operation: "1", input: {} };
    const file = { name: "presets.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ formsmithPresets: 1, presets: [preset] })) };
    await page.locator("main input[type=file]").setInputFiles(file);
    await inLanguage(page, "what a file would change", dialog);
    await dialog.locator(".button-primary").click();
    await page.locator("main td", { hasText: "my-other-preset" }).waitFor();
    await inLanguage(page, "the list with an operation that isn't known", page.locator("main .status[data-kind=warning]"));
    await page.locator("main td a", { hasText: /^my-preset$/ }).click();
    await inLanguage(page, "the dialog to fill", page.locator("#placeholder-0"));
  });

  test(`${tag}: results, and the history of them`, async (t) => {
    const failed = (number, ErrorCode) => ({ ...association(number), ErrorCode, ErrorMessage: "said-by-the-service" });
    const answers = [
      [200, { FailedServiceActionAssociations: [failed(1, "THROTTLING"), failed(2, "RESOURCE_NOT_FOUND"), failed(3, "UNHEARD_OF")] }],
      [400, { __type: "ResourceNotFoundException", Message: "said-by-the-service" }],
      [400, { __type: "AccessDeniedException", Message: "said-by-the-service" }],
      [400, { __type: "UnheardOfException", Message: "said-by-the-service" }],
      [502, { code: "upstream-dns", message: "said-by-the-proxy", action: "said-by-the-proxy", sent: "no" }],
    ];
    let answer = answers[0];
    const { page } = await answered(t, tag, () => answer);
    const sent = async (input, name) => {
      await go(page, filled(bulk, input));
      await page.locator("#notice").waitFor();
      await inLanguage(page, `the form that a link filled, before ${name}`, send(page));
      await send(page).click();
      await inLanguage(page, name, page.locator("#result"));
    };
    await sent(associations(8), "a batch");
    const table = page.getByRole("main").locator("table").first();
    await page.getByRole("searchbox").fill("nowhere");
    await inLanguage(page, "a table without matches", table.locator(".table-empty"));
    await page.getByRole("searchbox").fill("");
    await page.getByRole("main").locator("table tbody input[type=checkbox]").last().click();
    await inLanguage(page, "a table with a selection", table);
    for (const button of await page.getByRole("main").locator(".exports button").all()) {
      await button.click();
      await inLanguage(page, "rows taken elsewhere");
    }
    for (const [at, other] of answers.slice(1).entries()) {
      answer = other;
      await sent(associations(at + 1), String(other[1].__type ?? other[1].code));
    }
    for (const summary of await page.getByRole("main").locator("#result summary").all()) await summary.click();
    await inLanguage(page, "messages as they travelled");

    await go(page, "#/history");
    const boxes = page.getByRole("main").locator("table tbody input[type=checkbox]");
    await inLanguage(page, "the history", boxes);
    await boxes.nth(0).click();
    await boxes.nth(1).click();
    await button(page, "Compare").click();
    await inLanguage(page, "two runs compared", page.getByRole("main").locator("table"));
    for (const fragment of ["first", "last"]) {
      await go(page, "#/history");
      await boxes.first().waitFor();
      await page.getByRole("main").locator("table tbody a")[fragment]().click();
      await page.locator("#pin").waitFor();
      for (const summary of await page.getByRole("main").locator("summary").all()) await summary.click();
      await inLanguage(page, `the page of the ${fragment} run`, page.locator("#pin"));
    }
    await page.locator("#pin").click();
    await inLanguage(page, "a run that was pinned", page.locator(".app-flash .flash"));
    await button(page, "Delete").click();
    await inLanguage(page, "a run that was deleted", button(page, "Undo"));
    await button(page, "Delete all unpinned runs").click();
    await inLanguage(page, "the question about runs", page.getByRole("dialog"));
  });

  test(`${tag}: what is followed, and what the proxy warns of`, async (t) => {
    const warning = { code: "audit-unwritable", message: "said-by-the-proxy", action: "said-by-the-proxy" };
    const record = { RecordDetail: { RecordId: "rec-1", Status: "CREATED", CreatedTime: 1.7e9 } };
    const { page } = await answered(t, tag, () => [200, record], { version: "0.0.1", warnings: [warning], origin: "http://formsmith-0123456789abcdef.localhost:8787" });
    await sees(() => page.locator(".app-flash .flash").count(), 3);
    await inLanguage(page, "notices of the proxy");
    await go(page, filled(run, { ProvisionedProductId: "pp-1", ServiceActionId: "act-1" }));
    await page.locator("#notice").waitFor();
    await send(page).click();
    await inLanguage(page, "a run that goes on", page.locator(".timeline"));
  });

  test(`${tag}: the review, and what AWS answers`, async (t) => {
    const upstream = await startUpstream(t, { service: () => [400, JSON.stringify({ __type: "ResourceNotFoundException", Message: "said-by-the-service" })] });
    const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--allow-write"], signedIn);
    const { page } = await openIn(t, tag, proxy.url);
    await sees(() => page.locator(".app-switcher").getAttribute("data-target"), "proxy-aws");
    await sees(() => page.locator(".app-switcher").getAttribute("title"), alice.arn);
    await go(page, filled(bulk, associations(3)));
    await page.locator("#notice").waitFor();
    await inLanguage(page, "a form that changes real resources", send(page));
    await send(page).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("summary").click();
    await inLanguage(page, "the review", dialog.locator("dl"));
    await dialog.locator(".button-primary").click();
    await inLanguage(page, "the result", page.locator("#result"));
  });
}
