// No answer, or none that can be trusted: the page tells exactly what happened and keeps the draft.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite, version } from "./harness.mjs";
import { button, explained, field, flash, meets, message, openOperation, pairs, part, row, sees, status, words, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const unknown = "It's not known whether the request was carried out.";
const look = `${unknown} Check the resources before you send it again.`;
const kept = "The form is as you left it.";
const unreachable = "If it was not running, nothing was sent: start it and send again.";
const unreadable = /^The resources couldn't be checked\. /;
const json = { "content-type": "application/x-amz-json-1.1" };

/** The page with a proxy that answers operations as `fault` says; `asked` lists what it was sent. */
async function open(t, fault) {
  const asked = [];
  const site = await startSite(t, {
    answer(name, response) {
      if (name === "api/status") {
        const status = { name: "formsmith-proxy", version, targets: ["sandbox"], writes: true };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
        return true;
      }
      // What is unknown is read back; here that is refused.
      if (/\.List[A-Z]\w+$/.test(response.req.headers["x-amz-target"])) {
        response.writeHead(400, json).end('{"__type":"AccessDeniedException"}');
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
  // Pauses before another attempt are random; here they are short.
  await page.addInitScript(() => (Math.random = () => 0.01));
  await t.beforeOpen?.(page);
  await page.goto(site.url);
  await meets(page, "proxy-sandbox");
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
  // With the request unread, closing would be a reset, which takes what was written with it.
  response.req.resume().once("end", () => setImmediate(() => response.socket.destroy()));
}

for (const [kind, fault, title, detail] of [
  ["a proxy that is stopped", stopped, "Unknown: the local proxy can't be reached", `${unreachable} ${look} ${kept}`],
  ["nobody behind the development server", (response) => response.writeHead(502).end(), "Unknown: the local proxy can't be reached", `${unreachable} ${look} ${kept}`],
  ["the same as an empty 500", (response) => response.writeHead(500).end(), "Unknown: the local proxy can't be reached", `${unreachable} ${look} ${kept}`],
  ["the connection ends within the body", cutOff, "Unknown: the answer was cut off (HTTP status 200)", `${look} ${kept}`],
  ["the JSON ends too early", (response) => response.writeHead(200, json).end('{"FailedServiceActionAssociations":['), "Unknown: the answer can't be understood", `The body is incomplete: it was cut off. ${look}`],
  ["HTML", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"), "Unknown: the answer can't be understood", `The body is not JSON (line 1, column 1). ${look}`],
  ["a list", (response) => response.writeHead(200, json).end("[]"), "Unknown: the answer can't be understood", `The body is JSON, but not an object. ${look}`],
  ["a member of another type", (response) => response.writeHead(200, json).end('{"FailedServiceActionAssociations":"none"}'), "Unknown: the answer can't be understood", /^The member FailedServiceActionAssociations must be a list (in square brackets|of objects)\. It's not known/],
  ["an empty 500 of a service", (response) => response.writeHead(500, { ...json, "x-amzn-requestid": "id-1" }).end(), "Unknown: the answer can't be understood", `The HTTP status is 500, but the answer names no error. ${look}`],
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
    await sees(() => status(page), unreadable);
    assert.equal(asked.length, 1, "sent once");
    assert.equal(await draft(page), before, "the draft is untouched");
    assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
    assert.equal((await message(page, "Request as sent")).head, "POST /");
    // Who stops the proxy stops what the page comes from: what shows answers can't be fetched any more,
    // and what is on its way is cut off.
    const expected = /ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_REFUSED|Failed to fetch/;
    problems.splice(0, problems.length, ...problems.filter((problem) => !expected.test(problem)));
  });
}

/** Every code of the proxy's own, and what the page makes of it. */
const titles = {
  "token-missing token-wrong ticket-used ticket-expired ticket-wrong": "Get a new address from the proxy",
  "code-used": "This address has already been used",
  "code-expired": "This address has expired",
  "code-wrong": "This address is not from the running proxy",
  "host-missing host-malformed host-not-allowed": "The proxy doesn't answer at this address",
  "origin-malformed origin-not-allowed site-not-allowed": "The proxy doesn't answer this page",
  "forwarded-not-allowed": "The proxy doesn't sign for a development server",
  "service-not-allowed": "The proxy doesn't sign for this service",
  "region-not-allowed": "The proxy doesn't sign for this region",
  "operation-not-allowed": "The proxy doesn't sign this operation",
  "write-not-allowed": "The proxy doesn't allow changes",
  "secret-not-allowed": "The proxy doesn't allow reading secrets",
  "credentials-not-allowed": "The proxy doesn't allow handing out credentials",
  "destroy-not-allowed": "The proxy doesn't allow what can't be undone",
  "permissions-not-allowed": "The proxy doesn't allow changing permissions",
  "operation-denied": "The proxy was started to refuse this operation",
  "account-not-allowed": "The proxy signs only for another account",
  "endpoint-refused": "AWS has no endpoint for this request",
  "consent-missing": "The request was not reviewed",
  "consent-unknown": "The proxy doesn't know this review",
  "consent-unconfirmed": "The review was not confirmed",
  "consent-expired": "The review has expired",
  "consent-used": "The review has already been used",
  "consent-wrong": "The review was for a different request",
  "identity-changed": "The account or role has changed since your review",
  "request-too-large headers-too-large": "The request is too large",
  "request-timeout request-cut-off": "The proxy received an incomplete request",
  "busy too-many-connections": "The proxy is busy",
  internal: "Internal error in the proxy",
  "audit-unwritable": "The proxy can't write its audit log",
  "no-credentials": "Not signed in",
  "credentials-expired": "Sign in again",
  "credentials-timeout": "Getting the credentials took too long",
  "credentials-failed": "Couldn't get credentials",
  "clock-skew": "This computer's clock is wrong",
  "target-malformed length-required method-not-allowed content-type-not-allowed not-sendable": "The proxy can't send this request",
  "upstream-dns": "The endpoint's name can't be found",
  "upstream-unreachable": "The endpoint can't be reached",
  "upstream-tls": "No secure connection to the endpoint",
  "upstream-connect-timeout": "Connecting to the endpoint took too long",
  "upstream-first-byte-timeout": "No answer in time",
  "upstream-total-timeout": "The answer took too long",
  "upstream-reset": "The connection closed before an answer arrived",
  "upstream-cut-off": "The answer was cut off",
  "upstream-garbled": "The answer can't be understood",
  "upstream-redirect": "The answer is a redirect",
  "upstream-too-large": "The answer is too large",
};
const lost = Object.keys(titles).slice(Object.keys(titles).indexOf("upstream-first-byte-timeout"));

test("each failure of the proxy's own has its heading, what to do, and whether anything was sent", async (t) => {
  let told;
  const { page, asked } = await open(t, (response) => {
    response.writeHead(502, { "content-type": "application/json", "x-formsmith-error": told.code }).end(JSON.stringify(told));
  });
  const before = await draft(page);
  const cases = Object.entries(titles).flatMap(([codes, title]) => codes.split(" ").map((code) => [code, title, lost.includes(codes)]));
  for (const [code, title, isLost] of cases) {
    told = { code, message: `This is ${code}.`, action: `Mend ${code}.`, sent: isLost ? "unknown" : "no" };
    await button(page, "Disassociate").click();
    const undone = ["credentials-expired", "clock-skew"].includes(code) ? "Nothing was carried out." : "Nothing was sent.";
    const detail = isLost ? `This is ${code}. ${look}` : `${undone} This is ${code}. Mend ${code}.`;
    const heading = isLost ? `Unknown: ${title[0].toLowerCase()}${title.slice(1)}` : title;
    await sees(() => flash(page), `${heading} ${detail} ${kept}`, code, 20_000);
    await sees(() => status(page), isLost ? unreadable : `${heading}. ${detail} ${kept}`);
    assert.deepEqual(await pairs(part(page, "Message from the local proxy")), { Message: told.message, "What to do": told.action, Code: code });
  }
  const passing = ["busy", "too-many-connections", "upstream-dns", "upstream-unreachable", "upstream-connect-timeout"];
  assert.equal(asked.length, cases.length + 2 * passing.length, "each was sent once, three times what passes");
  assert.equal(await draft(page), before, "the draft is untouched");
});

for (const [kind, told, said] of [
  ["of a code that is not known here", { message: "It rains.", action: "Take an umbrella.", sent: "no" }, `It rains. Nothing was sent. Take an umbrella. ${kept}`],
  ["that doesn't say whether anything was sent", { message: "It rains." }, `Unknown: it rains. ${look} ${kept}`],
  ["that says nothing", undefined, `Unknown: the local proxy refused the request ${look} ${kept}`],
]) {
  test(`a failure of the proxy's own ${kind}`, async (t) => {
    const { page } = await open(t, (response) => {
      response.writeHead(403, { "content-type": "application/json", "x-formsmith-error": "brand-new" }).end(told && JSON.stringify(told));
    });
    await button(page, "Disassociate").click();
    await sees(() => flash(page), said);
  });
}

test("an error of the service that means expired credentials reads as one of the proxy's own", async (t) => {
  const { page } = await open(t, (response) =>
    response.writeHead(400, json).end('{"__type":"ExpiredTokenException","Message":"The security token is expired."}'),
  );
  await button(page, "Disassociate").click();
  await sees(
    () => flash(page),
    `Sign in again Nothing was carried out. The security token is expired. The local proxy's credentials have expired. Renew them, then send again. ${kept}`,
  );
});

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
  await part(page, "Association outcomes").getByText("BRAND_NEW", { exact: true }).first().waitFor();
  await explained(page, "Association outcomes");
  await part(page, "Association outcomes").getByText("The model doesn't list this code.").waitFor();
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
  await page.clock.fastForward(101_000);
  await sees(() => flash(page), `Unknown: no answer within 100 seconds ${look} ${kept}`);
  assert.equal(asked.length, 1, "a second press while waiting sends nothing");
});

test("a person can stop waiting; a late answer changes nothing", async (t) => {
  let late;
  const { page, asked } = await open(t, (response, times) => {
    if (times === 1) late = response;
    else response.writeHead(200, json).end('{"FailedServiceActionAssociations":[]}');
  });
  await button(page, "Disassociate").click();
  await sees(() => asked.length, 1);
  await button(page, "Stop waiting").click();
  await sees(() => flash(page), `Unknown: you stopped waiting for the answer ${look} ${kept}`);
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^1 of 1 association disassociated/);
  const first = page.waitForResponse((response) => response.url().includes("/api/"));
  late.writeHead(200, json).end("[]");
  await first.catch(() => {});
  await sees(() => flash(page), /^1 of 1 association disassociated/);
  assert.equal(asked.length, 2);
});
