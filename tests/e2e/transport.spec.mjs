// No answer, or none that can be trusted: the page tells exactly what happened and keeps the draft.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, field, flash, message, openOperation, part, row, sees, status, words, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const unknown = "Whether the request was carried out is not known.";
const look = `${unknown} Look at the resources before you send it again.`;
const kept = "The form is as you left it.";
const unreachable = "If it was not running, nothing was sent: start it and send again. If it stopped in between, look whether the change was made first.";
const json = { "content-type": "application/x-amz-json-1.1" };

/** The page with a proxy that answers operations as `fault` says; `asked` lists what it was sent. */
async function open(t, fault) {
  const asked = [];
  const site = await startSite(t, {
    answer(name, response) {
      if (name === "api/status") {
        const status = { name: "formsmith-proxy", version: "0.0.0", targets: ["sandbox"], writes: true };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
        return true;
      }
      if (name.startsWith("api/") || name === "elsewhere") {
        asked.push(name);
        fault(response, asked.length);
        return true;
      }
      return false;
    },
  });
  const opened = await openPage(t);
  const { page } = opened;
  await t.beforeOpen?.(page);
  await page.goto(site.url);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" });
  return { ...opened, asked };
}

async function draft(page) {
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = await page.getByRole("textbox", { name: "Input as JSON" }).inputValue();
  await page.getByRole("tab", { name: "Form" }).click();
  return text;
}

/** Without its other connections too: a browser repeats by itself what a kept one swallowed. */
function stopped(response) {
  const { server } = response.socket;
  server.close();
  server.closeAllConnections();
}

function cutOff(response) {
  response.writeHead(200, { ...json, "content-length": 1000 });
  response.write('{"FailedServiceActionAssociations":[');
  setImmediate(() => response.socket.destroy());
}

for (const [kind, fault, title, detail] of [
  ["a proxy that is stopped", stopped, "The local proxy can't be reached", `${unreachable} ${kept}`],
  ["nobody behind the development server", (response) => response.writeHead(502).end(), "The local proxy can't be reached", `${unreachable} ${kept}`],
  ["the same as an empty 500", (response) => response.writeHead(500).end(), "The local proxy can't be reached", `${unreachable} ${kept}`],
  ["the connection ends within the body", cutOff, "The answer was cut off (HTTP status 200)", `${look} ${kept}`],
  ["the JSON ends too early", (response) => response.writeHead(200, json).end('{"FailedServiceActionAssociations":['), "The answer can't be understood", `The body ends in the middle of its JSON: it was cut off. ${unknown}`],
  ["HTML", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"), "The answer can't be understood", `The body is not JSON (line 1, column 1). ${unknown}`],
  ["a list", (response) => response.writeHead(200, json).end("[]"), "The answer can't be understood", `The body is JSON, but not an object. ${unknown}`],
  ["a member of another type", (response) => response.writeHead(200, json).end('{"FailedServiceActionAssociations":"none"}'), "The answer can't be understood", /^The member FailedServiceActionAssociations is not an? (array|list)\. Whether/],
  ["an empty 500 of a service", (response) => response.writeHead(500, { ...json, "x-amzn-requestid": "id-1" }).end(), "The answer can't be understood", `The HTTP status is 500, and nothing in the answer names an error. ${unknown}`],
  ["a refusal of the proxy", (response) => response.writeHead(403, { "content-type": "application/json", "x-formsmith-error": "token-wrong" }).end('{"code":"token-wrong","message":"The session token is not that of this proxy."}'), "The local proxy answered: token-wrong", `The session token is not that of this proxy. ${kept}`],
]) {
  test(`what the page says of ${kind}`, async (t) => {
    const { page, problems, asked } = await open(t, fault);
    const before = await draft(page);
    await button(page, "Disassociate").click();
    await part(page, "Result").waitFor();
    const said = await flash(page);
    assert.ok(said.startsWith(title), `the flash begins with “${title}”: ${said}`);
    const rest = said.slice(title.length).trim();
    if (detail instanceof RegExp) assert.match(rest, detail);
    else assert.equal(rest, detail);
    assert.ok((await words(part(page, "Result"))).includes(title), "the result says the same");
    await sees(() => status(page), new RegExp(`^${title.replace(/[()]/g, "\\$&")}\\. `));
    assert.equal(asked.length, 1, "sent once");
    assert.equal(await draft(page), before, "the draft is untouched");
    assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
    assert.equal((await message(page, "Request as sent")).head, "POST /");
    problems.splice(0, problems.length, ...problems.filter((problem) => !problem.includes("ERR_CONTENT_LENGTH_MISMATCH")));
  });
}

for (const code of [302, 307]) {
  test(`a redirect (${code}) is not followed, and told`, async (t) => {
    const { page, asked } = await open(t, (response, times) =>
      times === 1
        ? response.writeHead(code, { location: "/some/sub/path/elsewhere" }).end()
        : response.writeHead(200, json).end('{"FailedServiceActionAssociations":[]}'),
    );
    const before = await draft(page);
    await button(page, "Disassociate").click();
    await part(page, "Result").waitFor();
    assert.deepEqual(asked, ["api/servicecatalog/us-east-1/"], "the request goes to the proxy and nowhere else");
    assert.match(await flash(page), /redirect/);
    assert.equal(await draft(page), before);
  });
}

test("success with failed entries nobody sent is no success", async (t) => {
  const stranger = { ServiceActionId: "act-2", ProductId: "prod-2", ProvisioningArtifactId: "pa-2", ErrorCode: "BRAND_NEW", ErrorMessage: "New." };
  const { page } = await open(t, (response) =>
    response.writeHead(200, json).end(JSON.stringify({ FailedServiceActionAssociations: [stranger] })),
  );
  await button(page, "Disassociate").click();
  await sees(() => flash(page), "1 of 1 association disassociated The service also listed 1 failed entry that was not sent.");
  await part(page, "Failed associations").getByText("BRAND_NEW").waitFor();
  await part(page, "Failed associations").getByText("The model does not know this code.").waitFor();
});

test("a proxy that does not answer is waited for, and not forever", async (t) => {
  t.beforeOpen = (page) => page.clock.install();
  const { page, asked } = await open(t, () => {});
  await button(page, "Disassociate").click();
  await sees(() => status(page), "Waiting for the answer");
  await sees(() => asked.length, 1);
  assert.equal(await button(page, "Disassociate").getAttribute("aria-disabled"), "true");
  await button(page, "Disassociate").focus();
  await page.keyboard.press("Enter");
  await page.clock.fastForward(41_000);
  await sees(() => flash(page), `No answer within 40 seconds ${look} ${kept}`);
  assert.equal(asked.length, 1, "a second press while waiting sends nothing");
});

test("a person can stop waiting; a late answer changes nothing", async (t) => {
  let late;
  const { page, asked } = await open(t, (response, times) => {
    if (times === 1) late = response;
    else response.writeHead(200, json).end('{"FailedServiceActionAssociations":[]}');
  });
  await button(page, "Disassociate").click();
  await button(page, "Stop waiting").click();
  await sees(() => status(page), "Stopped waiting. Whether the request was carried out is not known.");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), "1 of 1 association disassociated");
  const first = page.waitForResponse((response) => response.url().includes("/api/"));
  late.writeHead(200, json).end("[]");
  await first.catch(() => {});
  await sees(() => flash(page), "1 of 1 association disassociated");
  assert.equal(asked.length, 2);
});
