// The release page as files of a static host: how it starts, and what it says when it cannot.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { sees } from "./person.mjs";

after(closeBrowser);

test("starts below any path, each part fetched once", async (t) => {
  const site = await startSite(t, { path: "/any/where/" });
  const { page } = await openPage(t);
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(site.url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("#boot").waitFor({ state: "detached" });
  assert.ok(fetched.some((url) => url.endsWith(".wasm")));
  assert.deepEqual(fetched.filter((url) => !url.startsWith(site.url)), []);
  // The icon is the header's mark as well: browsers ask for it in both roles, and have it from the first.
  const isTwice = (url, index) => fetched.indexOf(url) !== index && !url.endsWith(".svg");
  assert.deepEqual(fetched.filter(isTwice), []);
});

test("the policy is in force", async (t) => {
  const site = await startSite(t);
  const { page, problems } = await openPage(t, site.url);
  const thrown = await page.evaluate(() => {
    document.body.setAttribute("style", "color: red");
    const script = document.createElement("script");
    try {
      script.textContent = "window.injected = true";
    } catch (error) {
      return error.name;
    } finally {
      document.body.append(script);
    }
  });
  assert.equal(thrown, "TypeError", "no text becomes a script");
  await page.evaluate(() => fetch("https://example.com/").catch(() => {}));
  assert.equal(await page.evaluate(() => window.injected), undefined);
  const blocked = () => problems.filter((problem) => problem.startsWith("policy: ")).map((problem) => problem.split(" ")[1]);
  await sees(() => blocked().sort(), ["connect-src", "require-trusted-types-for", "style-src-attr"]);
  problems.splice(0);
});

test("does not start inside another page", async (t) => {
  const site = await startSite(t, {
    answer(name, response) {
      if (name !== "around.html") return false;
      response.writeHead(200, { "content-type": "text/html" }).end(
        '<!doctype html><link rel="icon" href="data:,"><iframe src="./"></iframe>',
      );
      return true;
    },
  });
  const { page } = await openPage(t);
  await page.goto(`${site.url}around.html`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("alert").filter({ hasText: "does not start inside another page" }).waitFor();
  assert.equal(await frame.getByRole("heading").count(), 0);
});

for (const [fault, body] of [
  ["is missing", null],
  ["was changed on the way", "\0asm\x01\0\0\0"],
]) {
  test(`says so when the WebAssembly file ${fault}`, async (t) => {
    const site = await startSite(t, {
      answer(name, response) {
        if (!name.endsWith(".wasm")) return false;
        response.writeHead(body === null ? 404 : 200, { "content-type": "application/wasm" }).end(body);
        return true;
      },
    });
    const { page, problems } = await openPage(t);
    await page.goto(site.url);
    await page.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
    assert.notEqual(problems.splice(0).length, 0);
  });
}

test("says so when the browser has no WebAssembly", async (t) => {
  const site = await startSite(t);
  const { page } = await openPage(t);
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto(site.url);
  await page.getByRole("alert").filter({ hasText: "needs WebAssembly" }).waitFor();
});

test("says so when scripts are turned off", async (t) => {
  const site = await startSite(t);
  const { page } = await openPage(t, undefined, { javaScriptEnabled: false });
  await page.goto(site.url);
  assert.match(await page.locator("body").innerText(), /needs JavaScript/);
});
