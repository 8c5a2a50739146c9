// Ten thousand rows: the page stays small and quick whatever their number.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite, version } from "./harness.mjs";
import { button, flash, meets, openOperation, part, row, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

const name = "Association outcomes";
const codes = ["THROTTLING", "RESOURCE_NOT_FOUND", "INTERNAL_FAILURE", "DUPLICATE_RESOURCE"];

/** A service that lists this many failures, of which one is of what was sent. */
async function open(t, count) {
  const failures = Array.from({ length: count }, (_, index) => ({
    ServiceActionId: `act-${index}`,
    ProductId: `prod-${index % 7}`,
    ProvisioningArtifactId: `pa-${index}`,
    ErrorCode: codes[index % codes.length],
    ErrorMessage: `The service action act-${index} can't be taken away now.`,
  }));
  const site = await startSite(t, {
    answer(path, response) {
      if (!path.startsWith("api/")) return false;
      const proxy = { name: "formsmith-proxy", version, targets: ["sandbox"], writes: true };
      const answer = path === "api/status" ? proxy : { FailedServiceActionAssociations: failures };
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
      return true;
    },
  });
  const { page } = await openPage(t, site.url);
  await meets(page, "proxy-sandbox");
  await openOperation(page, "Disassociate service actions in bulk");
  await write(row(page, "Association 1"), { "Service action ID": "act-0", "Product ID": "prod-0", "Product version ID": "pa-0" });
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^0 of 1 association disassociated, 1 failed/, "the answer", 30_000);
  return page;
}

/** All nodes, not only elements. */
function nodes(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  });
}

/** How long the page is busy with what `act` does to an element: script, style and layout. */
async function busy(locator, act, value) {
  return locator.evaluate(
    async (element, [act, value]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      await frame();
      const start = performance.now();
      if (act === "click") element.click();
      else {
        element.value = value;
        element.dispatchEvent(new Event(act, { bubbles: true }));
      }
      // What follows a signal runs in microtasks; then the page is laid out.
      await new Promise((resolve) => setTimeout(resolve));
      document.body.getBoundingClientRect();
      return performance.now() - start;
    },
    [act, value],
  );
}

test("ten thousand rows have as many nodes as a hundred", async (t) => {
  const counts = [];
  for (const count of [100, 10_000]) counts.push(await nodes(await open(t, count)));
  t.diagnostic(`nodes: ${counts.join(", ")}`);
  assert.ok(counts[1] <= 5000, `${counts[1]} nodes`);
  assert.ok(Math.abs(counts[1] - counts[0]) < 50, `${counts} nodes`);
});

test("ten thousand rows: pages", async (t) => {
  const page = await open(t, 10_000);
  const pages = part(page, name).getByRole("group", { name: "Pages" });
  const press = (label) => pages.getByRole("button", { name: label }).click();
  const first = async () => (await table(page, name))[0][0];
  const disabled = (label) => pages.getByRole("button", { name: label }).getAttribute("aria-disabled");
  assert.equal(await words(pages), "1 to 50 of 10,000");
  assert.equal((await table(page, name)).length, 50);
  assert.deepEqual(await Promise.all(["First page", "Previous page", "Next page", "Last page"].map(disabled)), ["true", "true", null, null]);
  await press("Next page");
  await sees(first, "act-50");
  await sees(() => status(page), "51 to 100 of 10,000");
  await press("Last page");
  await sees(first, "act-9950");
  await sees(() => words(pages), "9,951 to 10,000 of 10,000");
  assert.equal(await disabled("Next page"), "true");
  await press("Previous page");
  await sees(first, "act-9900");
  const grid = part(page, name).getByRole("table");
  assert.equal(await grid.getAttribute("aria-rowcount"), "10001");
  assert.equal(await grid.getByRole("row").nth(1).getAttribute("aria-rowindex"), "9902");
  await part(page, name).getByRole("searchbox").fill("prod-3");
  await sees(() => words(pages), "1 to 50 of 1,429", "a search begins on the first page");
  assert.equal(await disabled("First page"), "true");
  await assertAccessible(page, "ten thousand rows");
});

test("ten thousand rows: no press takes long, and scrolling keeps its frames", async (t) => {
  const page = await open(t, 10_000);
  const table = part(page, name);
  const head = (title) => table.getByRole("columnheader", { name: title, exact: true }).getByRole("button");
  const find = table.getByRole("searchbox");
  const next = table.getByRole("button", { name: "Next page" });
  // Each several times: the machine may be busy with something else.
  const took = {};
  for (let round = 0; round < 3; round += 1) {
    for (const [what, ...action] of [
      ["search", find, "input", "act-77"],
      ["no match", find, "input", "nothing"],
      ["all again", find, "input", ""],
      ["sort by ID", head("Service action ID"), "click"],
      ["sort by error", head("Error"), "click"],
      ["next page", next, "click"],
      ["last page", table.getByRole("button", { name: "Last page" }), "click"],
      ["filter", table.getByLabel("Filter by error"), "change", "THROTTLING"],
      ["no filter", table.getByLabel("Filter by error"), "change", ""],
      ["select all", table.getByRole("checkbox", { name: "Select all" }), "click"],
    ]) {
      const time = await busy(...action);
      if (round === 0 && what === "search") took["first search"] = time;
      took[what] = Math.min(took[what] ?? Infinity, time);
    }
  }
  const report = Object.entries(took).map(([what, time]) => `${what} ${time.toFixed(1)} ms`);
  t.diagnostic(report.join(", "));
  const slow = Object.entries(took).filter(([, time]) => time > 300);
  assert.deepEqual(slow, [], "what takes more than 300 ms");

  const series = () => page.evaluate(async () => {
    const times = [];
    let last = await new Promise(requestAnimationFrame);
    for (let step = 0; step < 60; step += 1) {
      scrollBy(0, 60);
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
    }
    times.sort((one, other) => one - other);
    return [times[30], times[59]];
  });
  const all = [await series(), await series(), await series()];
  const [median, worst] = all.sort(([one], [other]) => one - other)[0];
  t.diagnostic(`frames while scrolling: median ${median.toFixed(1)} ms, longest ${worst.toFixed(1)} ms`);
  assert.ok(median < 34, `a frame takes ${median} ms`);
});
