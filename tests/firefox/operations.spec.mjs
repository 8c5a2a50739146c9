// The five operations in Firefox: in the page of a static host, without a network afterwards, and
// through the proxy at its own address.
import { setTimeout } from "node:timers/promises";
import assert from "node:assert/strict";
import { test } from "node:test";
import { operations } from "../e2e/cases.mjs";
import { startProxy } from "../e2e/harness.mjs";
import { startHost } from "../e2e/host.mjs";
import { button, sees } from "../e2e/person.mjs";
import { startFirefox } from "./webdriver.mjs";

const started = (page) => sees(() => page.run(() => !document.getElementById("boot") && !!document.querySelector("h1")), true, "the page starts", 20_000);

/** What the page reports from now on. Only what stands in the document outlasts a script of WebDriver's. */
const listenForFaults = (page) => page.run(() => {
  const { dataset } = document.documentElement;
  const note = (fault) => (dataset.faults += `${fault}\n`);
  dataset.faults = "";
  window.addEventListener("error", ({ message }) => note(message));
  window.addEventListener("unhandledrejection", ({ reason }) => note(reason));
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => note(`${effectiveDirective} ${blockedURI}`));
});
const faults = (page) => page.run(() => document.documentElement.dataset.faults);

async function openOperation(page, title) {
  await page.run(() => (location.hash = "#/"));
  await sees(() => page.run(() => document.querySelector("h1")?.innerText), "Run AWS operations", "the start page", 20_000);
  // What was sent last is offered by the same name.
  const offered = page.getByRole("main").getByRole("region", { name: "Built-in operations" });
  await offered.getByRole("link", { name: title, exact: true }).click();
  await sees(() => page.run(() => document.querySelector("h1")?.innerText.split("\n")[0]), title, "the form's heading", 20_000);
  // The form, or its line where it was sent before.
  await page.getByRole("tab", { name: "Form", exact: true }).or(button(page, "Edit and send again")).waitFor();
}

const told = (page) => page.run(() =>
  [...document.querySelectorAll(".flash-text, #result .pages > .status")].map(({ innerText }) => innerText).join(" ").replace(/\s+/g, " "));

async function send(page, { title, verb, exchanges }) {
  await openOperation(page, title);
  for (const [number, { write, verdict, detail = "" }] of exchanges.entries()) {
    const again = button(page, "Edit and send again");
    // The form folds after its verdict was told, unless that was an error.
    for (let wait = 0; number > 0 && wait < 20 && !(await again.isVisible()); wait += 1) await setTimeout(100);
    if (await again.isVisible()) await again.click();
    await write?.(page);
    await button(page, verb).click();
    const sentence = [verdict, detail].join(" ").trim();
    await sees(async () => (await told(page)).includes(sentence), true, `${title}: ${sentence}`, 30_000);
  }
}

test("in the page of a static host, all five, and the same without the host", { timeout: 420_000 }, async (t) => {
  const host = await startHost(t);
  const page = await startFirefox(t);
  await page.goto(host.url);
  await started(page);
  await listenForFaults(page);
  for (const operation of operations) await send(page, operation);
  assert.equal(await faults(page), "");
  assert.deepEqual(host.asked.filter(({ status }) => status !== 200), []);

  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((resolve) => active.addEventListener("statechange", resolve));
  });
  await host.stop();
  await page.reload();
  await started(page);
  await openOperation(page, operations[1].title);
  await page.run(() => (location.hash = "#/history"));
  const rows = () => page.run(() => document.querySelectorAll("[role=table] [role=row], table tbody tr").length);
  await sees(async () => (await rows()) > 5, true, "the history has the runs", 20_000);
});

test("through the proxy, at the address that is its own", { timeout: 240_000 }, async (t) => {
  const proxy = await startProxy(t);
  const page = await startFirefox(t);
  await page.goto(proxy.plain.href);
  await sees(async () => new URL(await page.url()).origin, proxy.origin, "the page moves to its own address", 30_000);
  await started(page);
  await listenForFaults(page);
  await send(page, { ...operations[1], exchanges: operations[1].exchanges.slice(0, 1) });
  assert.match(await page.run(() => document.querySelector(".sent-to").innerText), /^Sent to Sandbox in the local proxy/);
  assert.equal(await faults(page), "");
});
