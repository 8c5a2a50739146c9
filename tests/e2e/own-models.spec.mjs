// Models of one's own: files that become services of this browser, and never one of AWS's.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { open as openAtProxy } from "./aws.mjs";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { hasNoRoomOnce } from "./history.mjs";
import { allWords, button, choose, errorOf, field, flash, formIsOpen, hasFocus, openOperation, part, sees, status, table, words } from "./person.mjs";

after(closeBrowser);

const target = (id) => ({ target: id });

/** A model as Smithy's JSON AST. */
function post(changes = {}) {
  return {
    smithy: "2.0",
    shapes: {
      "a#Post": {
        type: "service", version: "1", operations: [target("a#SendLetter"), target("a#Listen")],
        traits: {
          "aws.api#service": { sdkId: "Post Office" }, "aws.protocols#awsJson1_1": {}, "smithy.api#title": "Post office",
          ...changes,
        },
      },
      "a#SendLetter": { type: "operation", input: target("a#Letter"), traits: { "smithy.api#readonly": {} } },
      "a#Listen": { type: "operation", output: target("a#Heard") },
      "a#Letter": {
        type: "structure",
        members: {
          Street: { target: "smithy.api#String", traits: { "smithy.api#required": {}, "smithy.api#length": { max: 5 } } },
          Stamp: { target: "smithy.api#String", traits: { "a#stamp": {} } },
        },
      },
      "a#Heard": { type: "structure", members: { Events: target("a#Events") } },
      "a#Events": { type: "union", members: { One: target("a#Letter") }, traits: { "smithy.api#streaming": {} } },
    },
  };
}

/** The same kind of thing as botocore's service-2.json. */
const tides = {
  metadata: { protocol: "rest-json", apiVersion: "2026-01-01", endpointPrefix: "tides", serviceId: "Tides", serviceFullName: "Tide tables" },
  operations: { GetTide: { name: "GetTide", http: { method: "GET", requestUri: "/tides/{Port}" }, input: { shape: "GetTideRequest" } } },
  shapes: {
    GetTideRequest: { type: "structure", required: ["Port"], members: { Port: { shape: "Port", location: "uri", locationName: "Port" } } },
    Port: { type: "string", min: 2 },
  },
};

const json = (content) => Buffer.from(JSON.stringify(content));
const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.isBuffer(content) ? content : json(content) });
const postFile = file("post.json", post());
const tidesFile = file("service-2.json.gz", gzipSync(json(tides)));

/** The page where all services are, with an index of AWS's that has one. */
async function open(t) {
  const index = { services: { tides: { title: "Tides of AWS", operations: [["GetTide"]] } } };
  const answer = (name, response) => name === "models/aws/index.json" && response.writeHead(200).end(JSON.stringify(index));
  const site = await startSite(t, { answer });
  const opened = await openPage(t, site.url);
  await openServices(opened.page);
  return { ...opened, site };
}

async function openServices(page) {
  await navigation(page).getByRole("link", { name: "All AWS services", exact: true }).click();
  await part(page, "Models of your own").waitFor();
}

const navigation = (page) => page.getByRole("navigation", { name: "Operations" });
const add = (page, ...files) => page.getByLabel("Add a model").setInputFiles(files);
/** Title, name, number of operations and file of each that is listed. */
async function listed(page) {
  const rows = await table(page, "Models of your own");
  return rows.map((cells) => cells.slice(0, 4));
}

const postRow = ["Post office", "own-post-office", "2", "post.json"];
const tidesRow = ["Tide tables", "own-tides", "1", "service-2.json.gz"];
const link = (page, name) => page.getByRole("main").getByRole("link", { name, exact: true });

test("a Smithy model and a gzipped service-2.json become services that are there after a reload", async (t) => {
  const { page } = await open(t);
  await page.getByText("There are none yet.").waitFor();
  await assertAccessible(page, "no models of one's own");
  const chooser = page.waitForEvent("filechooser");
  await page.getByLabel("Add a model").focus();
  await page.keyboard.press("Enter");
  await (await chooser).setFiles([postFile, tidesFile]);
  await sees(() => flash(page), "Post office was added, with 2 operations. Tide tables was added, with 1 operation.");
  await sees(() => listed(page), [postRow, tidesRow]);
  await assertAccessible(page, "models of one's own");

  await link(page, "Post office").click();
  await page.getByRole("heading", { level: 1, name: "Post office" }).waitFor();
  await page.getByText(/Your own model$/).waitFor();
  assert.deepEqual(await allWords(part(page, /^Operations that read \(1\)/).locator("tbody").getByRole("row")), ["Send letter SendLetter Read Only reads"]);
  assert.deepEqual(await allWords(part(page, /^Operations that change something \(1\)/).locator("tbody").getByRole("row")), ["Listen Listen Write Changes something"]);
  await page.getByText("Not supported", { exact: true }).click();
  await sees(() => table(page, "Not supported"), [
    ["Letter.Stamp", "Trait a#stamp", "Not taken into account"],
    ["Listen.Events", "A stream of events", "The operation is not sent, because its answer can't be read"],
  ]);
  await assertAccessible(page, "a service of one's own");

  await link(page, "Send letter").click();
  await formIsOpen(page, "Send letter");
  const street = field(page, "Street");
  await street.fill("Elm Street");
  await street.blur();
  await sees(() => errorOf(street), /5/);
  await page.reload();
  await formIsOpen(page, "Send letter");
  assert.equal(await field(page, "Street").inputValue(), "Elm Street", "the draft is kept, too");
  await openServices(page);
  await sees(() => listed(page), [postRow, tidesRow]);

  await page.goto(`${page.url().split("#")[0]}#/own-tides/GetTide`);
  await formIsOpen(page, "Get tide");
  await field(page, "Port").fill("x");
  await button(page, "Send").click();
  await sees(() => errorOf(field(page, "Port")), "1 character: 1 too few");
});

test("who sends is told before that nothing here answers for it, and then what the sandbox says", async (t) => {
  const { page } = await open(t);
  await add(page, postFile);
  await link(page, "Post office").click();
  await link(page, "Send letter").click();
  await formIsOpen(page, "Send letter");
  await page.getByText("Expect it to answer that it doesn't play this one.").waitFor();
  await assertAccessible(page, "a form of a model of one's own");
  await field(page, "Street").fill("Elm");
  await button(page, "Send").click();
  await sees(() => flash(page), /^The service rejected the request: NotImplementedException/);
  await choose(page, "More", "Copy as");
  await page.getByRole("dialog").getByText("Commands can't be copied for services of your own.").first().waitFor();
});

test("the local proxy signs nothing for it, and the page says so before", async (t) => {
  const { page, upstream } = await openAtProxy(t);
  const dialog = page.getByRole("dialog");
  await page.route("**/models/aws/index.json", (route) => route.fulfill({ json: { services: {} } }));
  await openServices(page);
  await add(page, file("post.json", { ...post(), shapes: { ...post().shapes, "a#SendLetter": { type: "operation", input: target("a#Letter") } } }));
  await link(page, "Post office").click();
  await link(page, "Send letter").click();
  await formIsOpen(page, "Send letter");
  await page.getByText(/Expect it to refuse this operation, unless it was started with --endpoint and with --models for a folder that has own-post-office\./).waitFor();
  await field(page, "Street").fill("Elm");
  await button(page, "Send").click();
  await sees(() => words(dialog), /The proxy's models don't include this service\./);
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();

  // What only reads needs no review, and this would be read from a service that the proxy has.
  const astray = structuredClone(post());
  const [service, operation] = [astray.shapes["a#Post"].traits, astray.shapes["a#SendLetter"].traits];
  service["aws.protocols#restJson1"] = {};
  delete service["aws.protocols#awsJson1_1"];
  service["aws.api#service"].sdkId = "Astray";
  operation["smithy.api#http"] = { method: "POST", uri: "/../../servicecatalog/us-east-1/" };
  astray.shapes["a#Listen"].traits = { "smithy.api#http": { method: "POST", uri: "/" } };
  await openServices(page);
  await add(page, file("astray.json", astray));
  await page.goto(`${page.url().split("#")[0]}#/own-astray/SendLetter`);
  await formIsOpen(page, "Send letter");
  await field(page, "Street").fill("Elm");
  await button(page, "Send").click();
  await page.getByText("The request can't be created: a browser would change the path /../../servicecatalog/us-east-1/").first().waitFor();
  assert.deepEqual(upstream.received, []);
});

test("an operation that can't be sent says so in its form, and is not sent", async (t) => {
  const { page } = await open(t);
  await add(page, postFile);
  await link(page, "Post office").click();
  await link(page, "Listen").click();
  await page.getByRole("heading", { level: 1, name: "Listen" }).waitFor();
  await page.getByText("It needs what isn't supported here: a stream of events (Listen.Events).").waitFor();
  await button(page, "Send").click();
  await page.getByText(/^The request can't be created: a stream of events/).waitFor();
  assert.equal(await part(page, "Result").count(), 0);
});

test("whatever it calls itself, it is none of AWS's services", async (t) => {
  const { page } = await open(t);
  const name = { "formsmith#name": "servicecatalog", "smithy.api#title": "AWS Service Catalog" };
  await add(page, file("a.json", post(name)), tidesFile);
  await sees(() => listed(page), [["AWS Service Catalog", "own-servicecatalog", "2", "a.json"], tidesRow]);
  assert.deepEqual((await table(page, "All AWS services")).map(([title, name]) => [title, name]), [["Tides of AWS", "tides"]]);
  await openOperation(page, "Associate a service action");
  assert.equal(await page.getByText("Your own model").count(), 0);
  await page.goto(`${page.url().split("#")[0]}#/servicecatalog/SendLetter`);
  await page.getByText("No operation has this address.").waitFor();
});

test("a second file of the same name asks first", async (t) => {
  const { page } = await open(t);
  await add(page, postFile);
  await sees(() => listed(page), [postRow]);
  const next = post({ "smithy.api#title": "Post office 2" });
  await add(page, file("next.json", next));
  await sees(() => status(page), /Post office 2 is here already\./);
  await page.getByText("The model that is here came from post.json. The service in next.json has the same name").waitFor();
  await assertAccessible(page, "the question");
  await button(page, "Keep it").click();
  await sees(() => button(page, "Keep it").count(), 0);
  await sees(() => listed(page), [postRow]);

  await add(page, file("next.json", next));
  await button(page, "Replace it").click();
  await sees(() => flash(page), "Post office 2 was replaced by what is in next.json.");
  await sees(() => listed(page), [["Post office 2", "own-post-office", "2", "next.json"]]);
});

test("what is removed is gone, after a question, and its address says so", async (t) => {
  const { page, site } = await open(t);
  await add(page, postFile);
  const remove = button(page, "Remove Post office");
  await remove.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Remove Post office from this browser?").waitFor();
  await assertAccessible(page, "the question before it is removed");
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await sees(() => listed(page), [postRow]);
  await remove.click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await sees(() => flash(page), "Post office was removed from this browser.");
  await page.getByText("There are none yet.").waitFor();
  await page.reload();
  await page.getByText("There are none yet.").waitFor();
  await page.goto(`${site.url}#/own-post-office/SendLetter`);
  await page.getByText("This browser has no model of your own with this address.").waitFor();
  await assertAccessible(page, "the address of what was removed");
});

test("what can't be used is refused with what it is, where, and what to do; the others are added", async (t) => {
  const { page } = await open(t);
  const broken = post();
  broken.shapes["a#SendLetter"].input = target("a#Gone");
  const nothing = { smithy: "2.0", shapes: {} };
  for (const [name, content, told] of [
    ["a.json", Buffer.from("{ no"), /^a\.json was not added: it is not JSON \(.*line 1 column 3\)\. Add a Smithy model/],
    ["a.json", { metadata: {} }, /^a\.json was not added: it is JSON, but no model\./],
    ["a.smithy", Buffer.from('$version: "2"\nnamespace a\n'), /^a\.smithy was not added: it is in Smithy's IDL\. Run smithy ast/],
    ["a.json", nothing, /^a\.json was not added: it has 0 services\./],
    ["a.json", broken, /^a\.json was not added\. The model can't be read at a#SendLetter: there is no shape a#Gone\. Correct this/],
    ["a.json", Buffer.from([0x7b, 0xff]), /^a\.json was not added: it is not text in UTF-8\./],
    ["a.gz", gzipSync(json(post())).subarray(0, 40), /^a\.gz was not added: it can't be unpacked\./],
    ["bomb.gz", gzipSync(Buffer.alloc(33 << 20, 0x20)), /^bomb\.gz was not added: it has more than 32 MB/],
  ]) {
    await add(page, file(name, content));
    await sees(() => flash(page), told, String(told));
    assert.equal(await page.getByText("There are none yet.").count(), 1);
  }
  await drop(page.getByRole("heading", { level: 1 }), " ", (32 << 20) + 1);
  await sees(() => flash(page), /^post\.json was not added: it has more than 32 MB/);
  await assertAccessible(page, "a file that was refused");
  await add(page, file("a.json", nothing), postFile);
  await sees(() => flash(page), /^a\.json was not added: .* Post office was added, with 2 operations\.$/);
  await sees(() => listed(page), [postRow]);
});

/** Drags a file with so many times this text over an element and drops it; whether the page took either over. */
function drop(element, text, times = 1) {
  return element.evaluate((element, { text, times }) => {
    const dataTransfer = new DataTransfer();
    if (text) dataTransfer.items.add(new File([text.repeat(times)], "post.json"));
    else dataTransfer.setData("text/plain", "some text");
    return ["dragover", "drop"].map((name) => {
      const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
      element.dispatchEvent(event);
      return event.defaultPrevented;
    });
  }, { text, times });
}

test("a file is dropped anywhere on the page, which stays; other things are dropped as always", async (t) => {
  const { page, site } = await open(t);
  const heading = page.getByRole("heading", { level: 1 });
  await page.getByRole("banner").getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.deepEqual(await drop(heading, ""), [false, false]);
  assert.deepEqual(await drop(heading, JSON.stringify(post())), [true, true]);
  await sees(() => flash(page), "Post office was added, with 2 operations.");
  assert.equal(page.url(), `${site.url}#/settings`);
  await sees(() => status(page), "Post office was added, with 2 operations.");

  assert.deepEqual(await drop(heading, JSON.stringify(post())), [true, true]);
  await button(page, "Replace it").waitFor();
  assert.equal(page.url(), `${site.url}#/services`, "where the question is");
  await sees(() => hasFocus(heading), true);
});

test("where the browser has no room, the file is refused, and added when there is some", async (t) => {
  const { page } = await open(t);
  await hasNoRoomOnce(page);
  await add(page, postFile);
  await sees(() => flash(page), "post.json was not added: this browser has no room for it. Remove other models or delete runs, then add it again.");
  await page.getByText("There are none yet.").waitFor();
  await add(page, postFile);
  await sees(() => listed(page), [postRow]);
});

test("all data that is cleared includes them", async (t) => {
  const { page } = await open(t);
  await add(page, postFile);
  await sees(() => listed(page), [postRow]);
  await page.getByRole("banner").getByRole("link", { name: "Settings" }).click();
  await button(page, "Clear this browser's data").click();
  const clear = page.getByRole("dialog").getByRole("button", { name: "Clear", exact: true });
  await Promise.all([page.waitForEvent("load"), clear.click()]);
  await openServices(page);
  await page.getByText("There are none yet.").waitFor();
});
