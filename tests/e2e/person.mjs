// What a person does with the console and sees of it, by the names assistive technology knows.
import assert from "node:assert/strict";

/**
 * Waits until `read` gives what is expected; fails with the difference that remained. Some of
 * what a page shows comes a moment after the press that causes it.
 */
export async function sees(read, expected, message, patience = 5000) {
  const compare = expected instanceof RegExp ? assert.match : assert.deepEqual;
  const end = Date.now() + patience;
  for (;;) {
    try {
      compare(await read(), expected, message);
      return;
    } catch (difference) {
      if (Date.now() > end) {
        if (message) difference.message = `${message}\n${differing(difference)}`;
        throw difference;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function differing({ expected, actual }) {
  return `expected: ${JSON.stringify(expected instanceof RegExp ? String(expected) : expected)}\nactual:   ${JSON.stringify(actual)}`;
}

/** Text as it is read: runs of white space are one space. */
export async function words(locator) {
  return (await locator.innerText()).replace(/\s+/g, " ").trim();
}

/** The words of all elements a locator finds, none of which has to be there. */
export async function allWords(locator) {
  return (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
}

/** What a text is in a regular expression. */
function literally(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Until what the page does with its next frame is done: it moves the focus then. */
export function drawn(page) {
  return page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Goes to an operation: from the start page where that offers it, or else by search. */
export async function openOperation(page, title) {
  await page.getByRole("banner").getByRole("link", { name: "Formsmith" }).click();
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  const offered = page.getByRole("main").getByRole("region", { name: "Built-in operations" }).getByRole("link", { name: title, exact: true });
  if (await offered.count()) {
    await offered.first().click();
  } else {
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Search" });
    await dialog.getByRole("combobox").fill(title);
    const name = new RegExp(`^${literally(title)} · `);
    await dialog.getByRole("option", { name }).first().click();
  }
  await formIsOpen(page, title);
}

/** Until an operation's form is there, and the focus where it belongs. */
export async function formIsOpen(page, title) {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  // The heading is there before the model is, and the form, or its line, after it.
  await page.getByRole("tab", { name: "Form", exact: true }).or(button(page, "Edit and send again")).filter({ visible: true }).first().waitFor();
  await drawn(page);
}

/** The button in the header that says where requests go, and opens what there is to choose. */
export const switcher = (page) => page.getByRole("banner").getByRole("button", { name: "Target" });

/** Where requests go: `proxy-aws`, with its profile behind a slash. */
export const target = (page) => switcher(page).getAttribute("data-target");

/** Until the page has met whoever answers: `proxy-sandbox`. */
export function meets(page, expected) {
  return sees(() => target(page), expected);
}

/** Chooses where requests go: `Sandbox in this page`. */
export async function chooseTarget(page, name) {
  await switcher(page).click();
  const popup = page.getByRole("dialog", { name: "Target" });
  await popup.getByRole("radio", { name }).check();
  await page.keyboard.press("Escape");
  await popup.waitFor({ state: "hidden" });
}

/** A row of a list or map: `Association 2`. */
export function row(page, name) {
  return page.getByRole("group", { name, exact: true });
}

/** A field by the beginning of its name, which may end in "- optional". */
export function field(scope, title) {
  const name = new RegExp(`^${literally(title)}( - optional)?$`);
  const anyOf = ["textbox", "combobox"].map((role) => scope.getByRole(role, { name }));
  return anyOf[0].or(anyOf[1]);
}

/** Writes values into fields: `{ "Product ID": "prod-1" }`; choices are chosen. */
export async function write(scope, values) {
  await scope.first().waitFor();
  await drawn(scope.page());
  for (const [title, value] of Object.entries(values)) {
    const control = field(scope, title);
    const isSelect = (await control.evaluate((element) => element.localName)) === "select";
    await (isSelect ? control.selectOption(value) : control.fill(value));
  }
}

/** The review of what begins with these words; its title asks for it. */
export function reviewOf(page, what) {
  return page.getByRole("dialog", { name: new RegExp(`^${literally(what)}.* in .+\\?$`) });
}

/** Adds these to a structure of so many optional members that not all of them are drawn. */
export async function addSettings(scope, ...titles) {
  for (const title of titles) {
    const beside = scope.locator("[data-beside] > .settings");
    const isBeside = (await beside.count()) > 0;
    if (!isBeside) await scope.getByRole("button", { name: /^Add a setting/ }).last().click();
    const list = (isBeside ? beside : scope).getByRole("group", { name: "Settings to add" });
    await list.waitFor();
    const search = list.getByRole("searchbox", { name: "Find a setting" });
    // Few settings need no search.
    if (await search.count()) await search.fill(title);
    const choice = list.getByRole("button", { name: new RegExp(`^${literally(title)} \\w+$`) });
    await choice.click();
    await (isBeside ? choice : list).waitFor({ state: "hidden" });
  }
}

/** Writes the rows of a list, adding those that are missing: `[{ "Product ID": "prod-1" }, …]`. */
export async function writeRows(page, item, rows) {
  const add = page.getByRole("button", { name: `Add ${item}`, exact: true });
  for (const [index, values] of rows.entries()) {
    const name = `${item[0].toUpperCase()}${item.slice(1)} ${index + 1}`;
    if ((await row(page, name).count()) === 0) await add.click();
    await drawn(page);
    await write(row(page, name), values);
  }
}

/**
 * A button of the page's content, by its whole name. "Send" is the one that sends a form, which has the
 * name of its operation where that is short.
 */
export function button(page, name) {
  if (name === "Send") return page.getByRole("main").locator("#send");
  return page.getByRole("main").getByRole("button", { name, exact: true });
}

/** What is to be chosen in a menu of the form, *Load* or *More*, which has to be open. */
export function choice(page, menu, name) {
  const all = page.getByRole("menu", { name: menu, exact: true }).getByRole("menuitem");
  return all.filter({ has: page.getByText(name, { exact: true }) });
}

/** Chooses it. */
export async function choose(page, menu, name) {
  await button(page, menu).click();
  await choice(page, menu, name).click();
}

/**
 * What the bar on top says and links to, or else the line of what was only read, without the names of
 * buttons and without to whom the request was sent.
 */
export async function flash(page) {
  const bar = page.getByRole("region", { name: "Notifications" });
  const told = bar.locator(".flash-text, .flash a").or(page.locator("#result .pages > .status"));
  const texts = await told.evaluateAll((all) => all.map((one) => one.innerText.replace(one.querySelector(".sent-to")?.innerText ?? "", "")));
  return texts.join(" ").replace(/\s+/g, " ").trim();
}

/** A button beside the verdict: in the bar on top, or in the line that takes its place. */
export function ofVerdict(page, name) {
  return page.locator(".flash, .verdict-line").getByRole("button", { name, exact: true });
}

/** The one status region, which assistive technology reads out. */
export function status(page) {
  return words(page.getByRole("status"));
}

/** A part of the result or the form, by its heading. */
export function part(page, name) {
  return page.getByRole("main").getByRole("region", { name });
}

/** The body of a table as rows of texts, without the boxes that select rows. */
export async function table(page, name) {
  const rows = page.getByRole("table", { name, exact: true }).getByRole("row");
  const texts = await rows.evaluateAll((all) =>
    all.map((one) => [...one.querySelectorAll("[role=cell]:not(.table-select)")].map((cell) => cell.innerText)),
  );
  return texts.filter((cells) => cells.length).map((cells) => cells.map((text) => text.split(/\s*\n\s*/).join(" ").trim()));
}

/** Opens what the codes of a batch mean. */
export async function explained(page, name) {
  await part(page, name).locator("summary").filter({ hasText: /^What the (\d+ codes mean|code means)/ }).click();
}

/** Opens the form that was sent, which is one line where it doesn't stand beside its result. */
export async function editAgain(page) {
  await button(page, "Edit and send again").click();
  await drawn(page);
}

/** The same, if it is one line: what came of an error leaves it open. */
export async function editIfFolded(page) {
  if (await button(page, "Edit and send again").isVisible()) await editAgain(page);
}

/** The input that would be sent. */
export async function input(page) {
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  const text = await page.getByRole("textbox", { name: "Input as JSON" }).inputValue();
  await page.getByRole("tab", { name: "Form", exact: true }).click();
  await drawn(page);
  return JSON.parse(text);
}

/** Pairs of a list of terms: `{ "HTTP status": "400" }`. The API name beneath a term is left out. */
export function pairs(scope) {
  return scope.locator("dl").first().evaluate((list) =>
    Object.fromEntries(
      [...list.querySelectorAll("dt")].map((term) => [
        term.firstChild.textContent.trim(),
        // An identifier has a button behind it, with the operations that take it.
        term.nextElementSibling.innerText.replace(/\s+/g, " ").trim().replace(/ Use in$/, ""),
      ]),
    ),
  );
}

/** The request as sent or the response as received, taken apart. */
export async function message(page, name) {
  const block = page.getByRole("region", { name, exact: true });
  if (!(await block.isVisible())) {
    await page.getByRole("main").locator("summary").filter({ hasText: name }).click();
  }
  const [head, ...lines] = (await block.innerText()).split("\n");
  const end = lines.indexOf("");
  const headers = lines.slice(0, end).map((line) => line.split(/: (.*)/).slice(0, 2));
  return {
    head,
    headers: Object.fromEntries(headers.map(([key, value]) => [key.toLowerCase(), value])),
    body: lines.slice(end + 1).join("\n"),
  };
}

/** The messages a control is described by, in the order they are read out. */
export async function described(control) {
  return control.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter(Boolean)
      .map((id) => {
        const line = document.getElementById(id);
        // What is out of sight may not be rendered, and has no inner text then.
        return line ? line.innerText.trim() || line.textContent.trim() : `(nothing has the id ${id})`;
      }),
  );
}

/** What is wrong with a control, or null: its error line, if it is marked as invalid. */
export async function errorOf(control) {
  const invalid = await control.getAttribute("aria-invalid");
  if (invalid !== "true") return null;
  return (await described(control))[0];
}

/** Is the control focused? */
export function hasFocus(control) {
  return control.evaluate((element) => element === document.activeElement);
}

/** Pastes a text into a control, as a person does with the clipboard. */
export async function paste(control, text) {
  await control.focus();
  return control.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    // What a script dispatches has no default action: the browser's is done here.
    if (element.dispatchEvent(event)) document.execCommand("insertText", false, text);
  }, text);
}

const operations = /\/api\/(?!(status|session|ticket|consents|explain)\b)/;
/** What the page asks of the proxy before a request that changes something. */
export const consents = /\/api\/consents\b/;

/** Gathers the requests for an operation that leave the page, or others. */
export function requestsOf(page, kind = operations) {
  const sent = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (kind.test(pathname)) sent.push(request);
  });
  return sent;
}

/** What `read` gives once it has stayed the same for a while. */
export async function settled(read, quietMs = 300) {
  let value = await read();
  for (let since = Date.now(); Date.now() - since < quietMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = await read();
    if (now !== value) [value, since] = [now, Date.now()];
  }
  return value;
}
