// The one browser, and what a page of it costs: thread time of its main thread, its longest task,
// its nodes.
import { createServer } from "node:net";
import { once } from "node:events";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "../../browser.mjs";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** Starts the browser; `port` is where Lighthouse reaches it. */
export async function launch() {
  const port = await freePort();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...flags, `--remote-debugging-port=${port}`], headless: true });
  return { browser, port };
}

/**
 * A page in a context of its own, so that nothing is cached, in the process that the site's pages
 * will have. While something is measured the page is reached through `client` alone: what
 * Playwright puts into a page to find elements would be paid for by it.
 */
export async function open(browser, site) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(`${site.url}blank`);
  const client = await context.newCDPSession(page);
  await client.send("Page.enable");
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  return { page, client, tracer: await browser.newBrowserCDPSession(), close: () => context.close() };
}

/** The value of an expression in the page. */
export async function evaluate({ client }, expression) {
  const { result, exceptionDetails } = await client.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Thread time of the page's main thread so far, in milliseconds. */
async function cpu({ client }) {
  const { metrics } = await client.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

/** Waits until an expression is true in the page. */
export async function until(tab, expression, patience = 60_000) {
  const end = Date.now() + patience;
  while (!(await evaluate(tab, `Boolean(${expression})`).catch(() => false))) {
    if (Date.now() > end) throw new Error(`this did not come about: ${expression}`);
    await sleep(50);
  }
}

/** Waits until the page has been at rest for half a second. */
export async function quiet(tab, patience = 20_000) {
  const end = Date.now() + patience;
  let last = await cpu(tab);
  for (let calm = 0; calm < 2 && Date.now() < end; ) {
    await sleep(250);
    const now = await cpu(tab);
    calm = now - last < 2 ? calm + 1 : 0;
    last = now;
  }
}

export const goTo = ({ client }, url) => client.send("Page.navigate", { url });

/** Presses the first element of a selector. */
export const press = (tab, selector) => evaluate(tab, `document.querySelector(${JSON.stringify(selector)}).click()`);

/** Types a letter where the focus is. */
export async function type({ client }, letter) {
  const key = { key: letter, code: `Key${letter.toUpperCase()}`, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
  await client.send("Input.dispatchKeyEvent", { type: "keyDown", text: letter, ...key });
  await client.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
}

/** All nodes of the page, not only elements. */
export const nodes = (tab) => evaluate(tab, `(() => {
  const walker = document.createTreeWalker(document);
  let count = 1;
  while (walker.nextNode()) count += 1;
  return count;
})()`);

/** Marks the moment at which the page has drawn what makes an expression true, in this document and the next. */
const watcher = (ready) => `(() => {
  const watch = new MutationObserver(() => {
    if (!(${ready})) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark("formsmith-ready")));
  });
  watch.observe(document, { childList: true, subtree: true, attributes: true });
})()`;

/**
 * What `act` costs the page until it is at rest again: `cpu`, and the `longest` of its tasks, in ms.
 * With `ready`, an expression, what is true in the end: `ready` is the part until that was drawn.
 */
export async function measure(tab, act, ready) {
  const added = ready && (await tab.client.send("Page.addScriptToEvaluateOnNewDocument", { source: watcher(ready) }));
  if (ready) await evaluate(tab, `performance.clearMarks(); ${watcher(ready)}`);
  await quiet(tab);
  const traced = await trace(tab);
  const before = await cpu(tab);
  await act();
  if (ready) await until(tab, "performance.getEntriesByName('formsmith-ready').length", 600_000);
  await quiet(tab);
  const spent = (await cpu(tab)) - before;
  const { tasks, until: end } = await traced();
  const sum = (some) => some.reduce((all, { time }) => all + time, 0);
  const longest = Math.max(0, ...tasks.map(({ time }) => time));
  if (!ready) return { cpu: spent, longest };
  await tab.client.send("Page.removeScriptToEvaluateOnNewDocument", added);
  if (!end) throw new Error("the page was drawn by another process than the one that is measured");
  return { cpu: spent, longest, ready: sum(tasks.filter(({ ts }) => ts < end)) };
}

/** Notes the tasks of the page's main thread: when they began, and their thread time in milliseconds. */
async function trace(tab) {
  const events = [];
  const note = ({ value }) => events.push(...value);
  tab.tracer.on("Tracing.dataCollected", note);
  const traceConfig = { includedCategories: ["toplevel", "blink.user_timing"], excludedCategories: ["*"] };
  await tab.tracer.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  // It tells which of the browser's threads is the page's, and where it begins.
  await evaluate(tab, "performance.mark('formsmith-begun') && 0");
  return async () => {
    const complete = new Promise((resolve) => tab.tracer.once("Tracing.tracingComplete", resolve));
    await tab.tracer.send("Tracing.end");
    await complete;
    tab.tracer.off("Tracing.dataCollected", note);
    const begun = events.find(({ name }) => name === "formsmith-begun");
    const ours = events.filter(({ pid, tid, ts }) => pid === begun.pid && tid === begun.tid && ts > begun.ts);
    const tasks = ours.filter(({ name }) => name.endsWith("RunTask")).map(({ ts, tdur = 0 }) => ({ ts, time: tdur / 1000 }));
    return { tasks, until: ours.find(({ name }) => name === "formsmith-ready")?.ts };
  };
}
