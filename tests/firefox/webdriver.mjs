// Firefox through WebDriver: as much of the interface of a Playwright page as the operations of the
// end-to-end tests are written with. What a control is called is what Firefox tells assistive technology.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { findFirefox, findGeckodriver } from "../../tools/browser.mjs";

/** Where controls of a role are looked for; Firefox says which of them have it. */
const candidates = {
  banner: "header",
  button: "button, [role=button]",
  combobox: "select, input[list], [role=combobox]",
  dialog: "dialog, [role=dialog]",
  group: "fieldset, [role=group]",
  heading: "h1, h2, h3",
  link: "a[href]",
  main: "main",
  radio: "input[type=radio]",
  region: "section, [role=region]",
  tab: "[role=tab]",
  textbox: "input, textarea",
};

/** What WebDriver calls the member that has an element's id. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const PATIENCE_MS = 20_000;

/** What is drawn anew while it is looked at is not there. */
function gone(why) {
  if (!why.message.startsWith("stale element reference")) throw why;
  return null;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts the driver and a browser; both end with the test. */
export async function startFirefox(t) {
  const driver = spawn(findGeckodriver(), ["--port", "0", "--host", "127.0.0.1"], { stdio: ["ignore", "pipe", "ignore"] });
  let end = async () => {};
  t.after(async () => {
    await end().catch(() => {});
    driver.kill();
  });
  const port = await new Promise((resolve, reject) => {
    createInterface({ input: driver.stdout }).on("line", (line) => {
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(line);
      if (found) resolve(found[1]);
    });
    driver.once("error", reject).once("exit", (code) => reject(new Error(`geckodriver ended with ${code}`)));
  });
  const server = `http://127.0.0.1:${port}/session`;
  const ask = async (method, path, body) => {
    const content = method === "POST" ? { body: JSON.stringify(body ?? {}), headers: { "content-type": "application/json" } } : {};
    const response = await fetch(server + path, { method, ...content });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const firefox = { binary: findFirefox(), args: ["-headless"], prefs: { "intl.accept_languages": "en-US" } };
  const { sessionId } = await ask("POST", "", { capabilities: { alwaysMatch: { "moz:firefoxOptions": firefox } } });
  end = () => ask("DELETE", `/${sessionId}`);
  return new Page((method, path, body) => ask(method, `/${sessionId}${path}`, body));
}

class Page {
  constructor(ask) {
    this.ask = ask;
    this.whole = new Locator(this, async () => [await this.run(() => document.documentElement)]);
  }

  goto(url) {
    return this.ask("POST", "/url", { url });
  }

  /** WebDriver's own way to reload passes by what the browser keeps of the page. */
  async reload() {
    const url = await this.url();
    await this.goto("about:blank");
    await this.goto(url);
  }

  url() {
    return this.ask("GET", "/url");
  }

  run(script, ...args) {
    return this.ask("POST", "/execute/sync", { script: `return (${script}).apply(null, arguments)`, args });
  }

  /** The same, for what takes time. */
  evaluate(script, ...args) {
    const body = `const done = arguments[arguments.length - 1];
      Promise.resolve((${script}).apply(null, [...arguments].slice(0, -1))).then(done, (why) => done(String(why)))`;
    return this.ask("POST", "/execute/async", { script: body, args });
  }

  getByRole(role, options) {
    return this.whole.getByRole(role, options);
  }

  locator(selector) {
    return this.whole.locator(selector);
  }
}

class Locator {
  /** `find` gives the elements that there are now. */
  constructor(page, find) {
    this.of = page;
    this.find = find;
  }

  page() {
    return this.of;
  }

  locator(selector) {
    return new Locator(this.of, async () => {
      const found = (await this.find()).map((one) =>
        this.of.ask("POST", `/element/${one[ELEMENT]}/elements`, { using: "css selector", value: selector }),
      );
      return (await Promise.all(found)).flat();
    });
  }

  getByRole(role, { name, exact = false } = {}) {
    const isCalled = (label) => {
      if (name === undefined || label === null) return label !== null;
      if (name instanceof RegExp) return name.test(label);
      return exact ? label === name : label.toLowerCase().includes(name.toLowerCase());
    };
    const all = this.locator(candidates[role]);
    return new Locator(this.of, async () => {
      const told = (await all.find()).map(async (one) => {
        const of = (what) => this.of.ask("GET", `/element/${one[ELEMENT]}/${what}`).catch(gone);
        return (await of("computedrole")) === role && isCalled(await of("computedlabel")) ? one : null;
      });
      return (await Promise.all(told)).filter(Boolean);
    });
  }

  or(other) {
    return new Locator(this.of, async () => [...(await this.find()), ...(await other.find())]);
  }

  first() {
    return this;
  }

  async count() {
    return (await this.find()).length;
  }

  /** The first that there is, once there is one. */
  async waitFor() {
    for (const end = Date.now() + PATIENCE_MS; ; await pause(50)) {
      // What is drawn anew meanwhile is found anew.
      const [found] = await this.find().catch(() => []);
      if (found) return found;
      if (Date.now() > end) throw new Error("what the test looks for is not there");
    }
  }

  async evaluate(script, ...args) {
    return this.of.run(script, await this.waitFor(), ...args);
  }

  innerText() {
    return this.evaluate((element) => element.innerText);
  }

  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  async isVisible() {
    const [found] = await this.find();
    return found ? this.of.ask("GET", `/element/${found[ELEMENT]}/displayed`) : false;
  }

  async press(path, body) {
    const found = await this.waitFor();
    return this.of.ask("POST", `/element/${found[ELEMENT]}/${path}`, body);
  }

  async click() {
    await this.evaluate((element) => element.scrollIntoView({ block: "center" }));
    return this.press("click");
  }

  check() {
    return this.click();
  }

  async fill(text) {
    await this.press("clear");
    return this.press("value", { text });
  }

  async selectOption(text) {
    await this.evaluate((select, text) => {
      const option = [...select.options].find(({ label, value }) => label === text || value === text);
      select.value = option.value;
      for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
    }, text);
  }
}
