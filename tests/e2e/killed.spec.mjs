// A browser that is killed at each step of a run of each of the five operations: the run is whole
// again when it is started anew, and what was not known is found out by reading.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "../../tools/browser.mjs";
import { startProxy } from "./harness.mjs";
import { endIsStored } from "./history.mjs";
import { button, choose, flash, meets, openOperation, part, sees, table, words } from "./person.mjs";

const operations = [
  {
    title: "Disassociate service actions in bulk",
    example: "Remove two actions from one version",
    name: "BatchDisassociateServiceActionFromProvisioningArtifact",
    verb: "Disassociate",
    done: /^2 of 2 associations disassociated/,
    notDone: /^0 of 2 associations disassociated, 2 not done/,
    outcomes: "Association outcomes",
  },
  {
    title: "Associate a service action",
    example: "Add an action to a new version",
    name: "AssociateServiceActionWithProvisioningArtifact",
    verb: "Associate",
    done: /^The service action is now associated/,
    notDone: /^Not done/,
  },
  {
    title: "Run a service action",
    example: "Restart an instance",
    name: "ExecuteProvisionedProductServiceAction",
    verb: "Run",
    done: /Status: |completed without an error/,
    // What is listed names no token, so that the person has to judge.
    notDone: /^Unknown/,
    lost: /^Unknown/,
  },
  {
    title: "Disassociate resources from a custom line item",
    example: "Two billing groups and a line item",
    name: "BatchDisassociateResourcesFromCustomLineItem",
    verb: "Disassociate",
    done: /^\d of \d resources? disassociated/,
    notDone: /^0 of \d resources? disassociated, \d not done/,
    outcomes: "Resource outcomes",
  },
  {
    title: "Disassociate an opportunity",
    example: "Remove a partner solution in the test catalog",
    name: "DisassociateOpportunity",
    verb: "Disassociate",
    done: /^The related entity is no longer linked/,
    notDone: /^Not done/,
  },
];

/** A browser with a profile of its own, which can be killed and started again. */
async function startBrowser(t) {
  const profile = await mkdtemp(join(tmpdir(), "formsmith-killed-"));
  let child;
  const kill = async () => {
    if (child?.exitCode !== null && child?.signalCode === null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  t.after(async () => {
    await kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const start = async () => {
    // As Playwright starts it.
    const args = [...flags, "--no-sandbox", "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--no-first-run", "about:blank"];
    child = spawn(findBrowser(), args, { stdio: ["ignore", "ignore", "pipe"] });
    for await (const line of createInterface({ input: child.stderr })) {
      const [address] = line.match(/ws:\/\/\S+/) ?? [];
      if (!address) continue;
      const browser = await chromium.connectOverCDP(address);
      const [context] = browser.contexts();
      context.setDefaultTimeout(10_000);
      return context.pages()[0] ?? (await context.newPage());
    }
    throw new Error("the browser did not start");
  };
  return { start, kill };
}

async function begin(t, operation) {
  const proxy = await startProxy(t);
  const { start, kill } = await startBrowser(t);
  const strike = async (fault) => {
    const body = JSON.stringify({ faults: [{ fault, operation: operation.name, times: 1 }] });
    const response = await fetch(`${proxy.plain.origin}/sandbox/_faults`, { method: "PUT", body });
    assert.equal(response.ok, true);
  };
  const open = async () => {
    const page = await start();
    await page.goto(await proxy.newAddress());
    await meets(page, "proxy-sandbox");
    await openOperation(page, operation.title);
    return page;
  };
  const send = async (page) => {
    await choose(page, "Load", operation.example);
    await button(page, operation.verb).click();
  };
  /**
   * The requests of this operation are held back; `answered` waits for the proxy's answer before it
   * holds. Waits, when it is called, until one is.
   */
  const hold = async (page, { answered }) => {
    let reached;
    const held = new Promise((resolve) => (reached = resolve));
    await page.route("**/api/**", async (route) => {
      const target = route.request().headers()["x-amz-target"] ?? "";
      const isIt = target.endsWith(`.${operation.name}`) || (operation.name.includes("CustomLineItem") && route.request().url().includes("batch-disassociate"));
      if (!isIt) return route.continue();
      if (answered) await fetchPlain(proxy, route.request());
      reached();
    });
    return () => held;
  };
  return { proxy, open, send, hold, strike, kill };
}

/** Node knows no `.localhost`: the same request at the plain address. */
async function fetchPlain(proxy, request) {
  const { pathname, search } = new URL(request.url());
  const headers = { ...request.headers(), origin: proxy.plain.origin };
  delete headers.host;
  const response = await fetch(new URL(pathname + search, proxy.plain), { method: request.method(), headers, body: request.postData() });
  assert.equal(response.ok, true, `${response.status} ${await response.text()}`);
}

/** Beside its form, and on its own page of the history, it says the same. */
async function isWhole(page, operation, verdict) {
  await sees(() => flash(page), verdict, "beside its form", 15_000);
  if (operation.outcomes) assert.ok((await table(page, operation.outcomes)).length > 0, "with its rows");
  await page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "History", exact: true }).click();
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(() => words(part(page, "Result")), new RegExp(verdict.source.replaceAll("^", "")), "on its own page", 15_000);
  if (operation.outcomes) assert.ok((await table(page, operation.outcomes)).length > 0, "with its rows");
}

for (const operation of operations) {
  test(`${operation.title}: killed before the request left`, async (t) => {
    const { open, send, hold, kill } = await begin(t, operation);
    const page = await open();
    const held = await hold(page, { answered: false });
    await send(page);
    await held();
    await kill();
    const again = await open();
    await isWhole(again, operation, operation.notDone);
    assert.ok((await again.getByRole("button", { name: /^Send (\d )?again/ }).count()) > 0, "it can be sent again");
  });

  test(`${operation.title}: killed before the answer arrived`, async (t) => {
    const { open, send, hold, kill } = await begin(t, operation);
    const page = await open();
    const held = await hold(page, { answered: true });
    await send(page);
    await held();
    await kill();
    await isWhole(await open(), operation, operation.lost ?? operation.done);
  });

  test(`${operation.title}: killed when it was done`, async (t) => {
    const { open, send, kill } = await begin(t, operation);
    const page = await open();
    await send(page);
    await sees(() => flash(page), operation.done);
    await endIsStored(page);
    await kill();
    await isWhole(await open(), operation, operation.done);
  });

  test(`${operation.title}: killed while it waits to try again`, async (t) => {
    const { open, send, strike, kill } = await begin(t, operation);
    const page = await open();
    await page.evaluate(() => (Math.random = () => 0.99));
    await strike("throttle");
    await send(page);
    await sees(() => words(page.getByRole("main")), /Trying again in/);
    await kill();
    const again = await open();
    // The answer that it waits after may have been stored, or be found out.
    const refused = "^The service rejected the request: ThrottlingException";
    await isWhole(again, operation, new RegExp(`${refused}|${operation.notDone.source}`));
    assert.ok((await again.getByRole("button", { name: /^Send (\d )?again/ }).count()) > 0, "it can be sent again");
  });
}
