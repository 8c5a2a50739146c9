// Every text comes from the tables of the page's language and the models': in the pseudo-language,
// which has all of them in marks, nothing on any screen is without marks but data.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, test } from "node:test";
import { alice, signedIn, startUpstream } from "./aws.mjs";
import { closeBrowser, dist, openPage, startProxy, startSite, version } from "./harness.mjs";
import { drawn, sees } from "./person.mjs";

after(closeBrowser);

const marked = (text) => `⟦${text}⟧`;

const models = new URL("../../src/api/models/", import.meta.url);
const shapes = readdirSync(models).flatMap((file) => Object.entries(JSON.parse(readFileSync(new URL(file, models), "utf8")).shapes));
const operations = shapes.filter(([, shape]) => shape.type === "operation").map(([id]) => id.split("#")[1]);
const { scenarios } = JSON.parse(readFileSync(new URL("../../src/sandbox/scenarios.json", import.meta.url), "utf8"));

/**
 * What is data, and the same in every language; a text without marks has to be one of these.
 * What the sandbox tells of its scenarios is its own, as what a service says is the service's:
 * where these tests have one say something, it is `said-by-the-service`.
 */
const regions = JSON.parse(readFileSync(new URL("../../src/api/curated/partitions.json", import.meta.url), "utf8")).flatMap((partition) => partition.regions);
const names = [...regions.flatMap(([code, name]) => [name, `${name}, ${code}`]), "Formsmith", "AWS CLI", "Python", "Rust", "JavaScript", "curl", ...operations, ...scenarios.flatMap(({ title, story }) => [title, story])];
const forms = [
  /[-+()[\]/.,:;#\d\s]*/, // numbers and what stands between them; "-" for what is not there
  /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC[+-]\d\d:\d\d\)|\d{4}-\d\d-\d\dT[\d:.]+Z/, // a moment
  /[a-z]+(-[a-z0-9]+)+(, [a-z]+(-[a-z0-9]+)+)*/, // identifiers, a region
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, // a UUID
  /arn:[\w:/.-]+/, // an ARN
  /assumed-role\/[\w/]+/, // whom an ARN names
  /\w+ \/ \w+/, // their name as the review has it
  /[\d.]+:\d+/, // a host
  /([A-Z]+(_[A-Z]+)+|THROTTLING)( \(\d+\))?/, // a code
  /[A-Z][A-Za-z]+(Exception|Error)/, // the name of an error
  /([A-Z][a-z]+){2,}|[A-Z]\w+(\[[^\]]+\]|\.[A-Z]\w+)+/, // a member of the API, or the way to one
  /(POST|PUT|GET) \/\S*|HTTP \d{3}/, // the first line of a message
];
const data = { names, forms: forms.map((form) => `^(${form.source})$`) };

/** The texts on the page that are neither in marks nor data, with where they are. */
function unmarked(page) {
  return page.evaluate(({ names, forms }) => {
    const isData = forms.map((form) => new RegExp(form));
    // Code, JSON and messages as they travel; names of the API beside the names for people.
    const areData = "code, pre, time, .api-name, .code-block code, script, style, noscript";
    const rest = (text) => {
      let before;
      do {
        before = text;
        text = text.replace(/⟦[^⟦⟧]*⟧/g, "");
      } while (text !== before);
      return text.trim();
    };
    const isWrong = (text) => {
      const left = rest(text);
      return left && !names.includes(left) && !isData.some((form) => form.test(left));
    };
    const found = [];
    const look = (text, where) => {
      if (isWrong(text)) found.push(`${where}: ${text.trim().slice(0, 80)}`);
    };
    const place = (element) => `${element.localName}${element.id && `#${element.id}`}${element.className && `.${element.className}`}`;
    look(document.title, "title");
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: element, data } = texts.currentNode;
      if (!element.closest(areData)) look(data, place(element));
    }
    for (const name of ["title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name), `${place(element)}[${name}]`);
    }
    return found;
  }, data);
}

/** Once `shown` is there, everything is in marks. */
async function allMarked(page, name, shown) {
  if (shown) await shown.first().waitFor();
  await drawn(page);
  await sees(() => unmarked(page), [], name);
}

async function open(t, url) {
  const { page, context } = await openPage(t);
  await page.addInitScript(() => localStorage.setItem("formsmith.language", "en-XA"));
  await page.goto(url);
  await page.locator(".app").waitFor();
  return { page, context };
}

const button = (page, name) => page.getByRole("button", { name: marked(name), exact: true });
const heading = (page) => page.getByRole("heading", { level: 1 });
const go = async (page, fragment) => {
  await page.evaluate((fragment) => (location.hash = fragment), fragment);
  await drawn(page);
};
const send = (page) => page.locator("#send");
const filled = (operation, input) => `${operation}?input=${encodeURIComponent(JSON.stringify(input))}`;

const bulk = "#/servicecatalog/BatchDisassociateServiceActionFromProvisioningArtifact";
const associate = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact";
const run = "#/servicecatalog/ExecuteProvisionedProductServiceAction";
const lineItem = "#/billingconductor/BatchDisassociateResourcesFromCustomLineItem";
const opportunity = "#/partnercentral-selling/DisassociateOpportunity";
const association = (number) => ({ ServiceActionId: `act-${number}`, ProductId: `prod-${number}`, ProvisioningArtifactId: `pa-${number}` });
const associations = (count) => ({ ServiceActionAssociations: Array.from({ length: count }, (_, at) => association(at)) });

/** The page at a proxy whose service answers with this. */
async function answered(t, answer, told = {}) {
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
  const { page, context } = await open(t, site.url);
  await sees(() => page.locator(".app-switcher").getAttribute("data-target"), "proxy-sandbox");
  return { page, context };
}

test("the start page, its scenarios and dialogs, settings, and an address that leads nowhere", async (t) => {
  const { page } = await open(t, (await startSite(t)).url);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en-XA");
  await allMarked(page, "the start page", heading(page));
  assert.equal(await heading(page).innerText(), marked("Run AWS operations"));
  await button(page, scenarios[0].title).waitFor();
  await button(page, "Sandbox data").click();
  await allMarked(page, "the sandbox's data", page.getByText("fault-throttle"));
  await button(page, "Reset the sandbox").click();
  await allMarked(page, "a confirmation", page.getByRole("dialog"));
  await page.getByRole("dialog").locator(".button-primary").click();
  await allMarked(page, "a toast", page.locator(".app-flash .flash"));
  await button(page, "Paste a command").click();
  await page.locator("#pasted").fill("aws servicecatalog associate-service-action-with-provisioning-artifact --region eu-west-1 --product-id prod-1");
  await allMarked(page, "the dialog for a command", page.getByRole("dialog"));
  await button(page, "Fill the form").click();
  await allMarked(page, "a form filled from a command", page.locator("#notice"));

  await go(page, "#/settings");
  await allMarked(page, "settings", page.locator("#age-limit"));
  await button(page, "Clear this browser's data").click();
  await allMarked(page, "the question about the data", page.getByRole("dialog"));
  await go(page, "#/no/such/page");
  await allMarked(page, "an address that leads nowhere", heading(page));
  await sees(() => heading(page).innerText(), marked("Page not found"));
  await go(page, "#/runs/00000000-0000-4000-8000-000000000000");
  await allMarked(page, "a run that is not there", heading(page));
});

for (const operation of [bulk, associate, run, lineItem, opportunity]) {
  test(`the form of ${operation.split("/").at(-1)}: blank, with errors, as JSON, as code`, async (t) => {
    const { page } = await open(t, (await startSite(t)).url + operation);
    await allMarked(page, "the blank form", send(page));
    await page.locator("#load").click();
    await allMarked(page, "what it can be filled from", page.getByRole("menu"));
    await page.keyboard.press("Escape");
    for (const info of await page.locator("[aria-label^='⟦Info'], .info button").all()) await info.click();
    await send(page).click();
    await allMarked(page, "the form with errors", page.locator("#summary"));
    for (const input of await page.getByRole("main").locator("form input:not([type=checkbox])").all()) await input.fill("é!");
    await send(page).click();
    await allMarked(page, "the form with wrong values", page.locator("#summary"));
    await page.locator("#more").click();
    await allMarked(page, "what can be made of it", page.getByRole("menu"));
    await page.getByRole("menuitem", { name: marked("Copy as"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await allMarked(page, "the call as code", dialog.locator("pre"));
    await dialog.getByRole("button").last().click();
    await page.getByRole("tab", { name: marked("JSON"), exact: true }).click();
    await page.getByRole("main").locator("textarea").fill('{ "Nothing": 1 }');
    await allMarked(page, "JSON with a mistake", page.locator("[aria-invalid=true]"));
    await page.getByRole("tab", { name: marked("Form"), exact: true }).click();
    await allMarked(page, "the form while the JSON has a mistake", send(page));
    await button(page, "Discard the JSON and use the form").click();
    await button(page, "Clear").click();
    await allMarked(page, "a form that was cleared", page.locator("#notice"));
  });
}

test("presets: none, saving one, the list, what a file would change, and what one asks for", async (t) => {
  const { page } = await open(t, `${(await startSite(t)).url}#/presets`);
  await allMarked(page, "no presets", page.locator("main .container"));
  await go(page, filled(associate, { ...association(1), ProductId: "{{product}}" }));
  await page.locator("#more").click();
  await page.getByRole("menuitem", { name: marked("Save as preset"), exact: true }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("#preset-name").fill("a/b");
  await dialog.locator(".button-primary").click();
  await allMarked(page, "the dialog to save, with an error", page.locator("#preset-name-error"));
  await dialog.locator("#preset-name").fill("my-preset");
  await dialog.locator(".button-primary").click();
  await allMarked(page, "a form that was saved", page.locator(".app-flash .flash"));
  await go(page, "#/presets");
  await allMarked(page, "the list", page.locator("main table"));
  // Without a model an operation is called by its name, which is data; that of this one is known as such.
  const preset = { name: "my-other-preset", service: "some-service", operation: "1", input: {} };
  const file = { name: "presets.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ formsmithPresets: 1, presets: [preset] })) };
  await page.locator("main input[type=file]").setInputFiles(file);
  await allMarked(page, "what a file would change", dialog);
  await dialog.locator(".button-primary").click();
  await page.locator("main td", { hasText: "my-other-preset" }).waitFor();
  await allMarked(page, "the list with an operation that isn't known", page.locator("main .status[data-kind=warning]"));
  await page.locator("main td a", { hasText: /^my-preset$/ }).click();
  await allMarked(page, "the dialog to fill", page.locator("#placeholder-0"));
});

test("results, and the history of them", async (t) => {
  const failed = (number, ErrorCode) => ({ ...association(number), ErrorCode, ErrorMessage: "said-by-the-service" });
  const answers = [
    [200, { FailedServiceActionAssociations: [failed(1, "THROTTLING"), failed(2, "RESOURCE_NOT_FOUND"), failed(3, "UNHEARD_OF")] }],
    [400, { __type: "ResourceNotFoundException", Message: "said-by-the-service" }],
    [400, { __type: "AccessDeniedException", Message: "said-by-the-service" }],
    [400, { __type: "UnheardOfException", Message: "said-by-the-service" }],
    [502, { code: "upstream-dns", message: "said-by-the-proxy", action: "said-by-the-proxy", sent: "no" }],
  ];
  let answer = answers[0];
  const { page } = await answered(t, () => answer);
  const sent = async (input, name) => {
    await go(page, filled(bulk, input));
    await page.locator("#notice").waitFor();
    await allMarked(page, `the form that a link filled, before ${name}`, send(page));
    await send(page).click();
    await allMarked(page, name, page.locator("#result"));
  };
  await sent(associations(8), "a batch");
  const table = page.getByRole("main").locator("table").first();
  await page.getByRole("searchbox").fill("nowhere");
  await allMarked(page, "a table without matches", table.locator(".table-empty"));
  await page.getByRole("searchbox").fill("");
  await page.getByRole("main").locator("table tbody input[type=checkbox]").last().click();
  await allMarked(page, "a table with a selection", table);
  for (const button of await page.getByRole("main").locator(".exports button").all()) {
    await button.click();
    await allMarked(page, "rows taken elsewhere");
  }
  for (const [at, other] of answers.slice(1).entries()) {
    answer = other;
    await sent(associations(at + 1), String(other[1].__type ?? other[1].code));
  }
  for (const summary of await page.getByRole("main").locator("#result summary").all()) await summary.click();
  await allMarked(page, "messages as they travelled");

  await go(page, "#/history");
  const boxes = page.getByRole("main").locator("table tbody input[type=checkbox]");
  await allMarked(page, "the history", boxes);
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  await button(page, "Compare").click();
  await allMarked(page, "two runs compared", page.getByRole("main").locator("table"));
  for (const fragment of ["first", "last"]) {
    await go(page, "#/history");
    await boxes.first().waitFor();
    await page.getByRole("main").locator("table tbody a")[fragment]().click();
    await page.locator("#pin").waitFor();
    for (const summary of await page.getByRole("main").locator("summary").all()) await summary.click();
    await allMarked(page, `the page of the ${fragment} run`, page.locator("#pin"));
  }
  await page.locator("#pin").click();
  await allMarked(page, "a run that was pinned", page.locator(".app-flash .flash"));
  await button(page, "Delete").click();
  await allMarked(page, "a run that was deleted", button(page, "Undo"));
  await button(page, "Delete all unpinned runs").click();
  await allMarked(page, "the question about runs", page.getByRole("dialog"));
});

test("what is followed, and what the proxy warns of", async (t) => {
  const warning = { code: "audit-unwritable", message: "said-by-the-proxy", action: "said-by-the-proxy" };
  const record = { RecordDetail: { RecordId: "rec-1", Status: "CREATED", CreatedTime: 1.7e9 } };
  const { page } = await answered(t, () => [200, record], { version: "0.0.1", warnings: [warning], origin: "http://formsmith-0123456789abcdef.localhost:8787" });
  await sees(() => page.locator(".app-flash .flash").count(), 3);
  await allMarked(page, "notices of the proxy");
  await go(page, filled(run, { ProvisionedProductId: "pp-1", ServiceActionId: "act-1" }));
  await page.locator("#notice").waitFor();
  await send(page).click();
  await allMarked(page, "a run that goes on", page.locator(".timeline"));
});

test("the review, and what AWS answers", async (t) => {
  const upstream = await startUpstream(t, { service: () => [400, JSON.stringify({ __type: "ResourceNotFoundException", Message: "said-by-the-service" })] });
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--allow-write"], signedIn);
  const { page } = await open(t, proxy.url);
  await sees(() => page.locator(".app-switcher").getAttribute("data-target"), "proxy-aws");
  await sees(() => page.locator(".app-switcher").getAttribute("title"), alice.arn);
  await go(page, filled(bulk, associations(3)));
  await page.locator("#notice").waitFor();
  await allMarked(page, "a form that changes real resources", send(page));
  await send(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("summary").click();
  await allMarked(page, "the review", dialog.locator("dl"));
  await dialog.locator(".button-primary").click();
  await allMarked(page, "the result", page.locator("#result"));
});

test("nothing that is stored or exported holds a word of the language", async (t) => {
  const { page } = await answered(t, () => [200, { FailedServiceActionAssociations: [{ ...association(1), ErrorCode: "THROTTLING", ErrorMessage: "said-by-the-service" }] }]);
  await go(page, filled(bulk, associations(2)));
  await page.locator("#notice").waitFor();
  await send(page).click();
  await page.locator("#result").waitFor();
  await go(page, "#/history");
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Export").click()]);
  assert.doesNotMatch(readFileSync(await download.path(), "utf8"), /[⟦⟧]/);
  assert.doesNotMatch(JSON.stringify(await page.evaluate(() => ({ ...localStorage }))), /[⟦⟧]/);
});

test("a language whose files do not come, or are of another version, leaves the page in English", async (t) => {
  const answer = (name, response) => {
    if (name !== "words/en-XA.json") return false;
    response.writeHead(200, { "content-type": "application/json" }).end('["another", "⟦Something⟧"]');
    return true;
  };
  const { page } = await open(t, (await startSite(t, { answer })).url);
  await sees(() => heading(page).innerText(), "Run AWS operations");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.ok((await unmarked(page)).length > 50, "which is in no marks, as these tests would tell");
});
