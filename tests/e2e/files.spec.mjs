// Files: sent as the body of a request, and written as an answer's body arrives.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, open as openFile, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { alice, stsAnswer } from "./aws.mjs";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, button, editAgain, errorOf, field, flash, message, pairs, reviewOf, sees, words, write } from "./person.mjs";

let moto, folder;

before(async () => {
  moto = await startMoto(["kms", "s3"]);
  folder = await mkdtemp(join(tmpdir(), "formsmith-files-"));
  await fetch(`${moto.endpoint}/files`, { method: "PUT", headers });
});

after(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
  await closeBrowser();
});

// moto tells who owns an object by this, and checks no signature.
const headers = { authorization: "AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0" };
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");
const object = async (key) => Buffer.from(await (await fetch(`${moto.endpoint}/files/${key}`, { headers })).arrayBuffer());
const put = (key, body, more) => fetch(`${moto.endpoint}/files/${key}`, { method: "PUT", headers: { ...headers, ...more }, body });

/** A file of so many random bytes. */
async function fileOf(name, size) {
  const path = join(folder, name);
  const bytes = randomBytes(size);
  await writeFile(path, bytes);
  return { path, bytes };
}

const choose = (page, path, label = "Choose a file…") => page.getByLabel(label).setInputFiles(path);

/** Instead of asking where to save a file, the browser takes one of its own for the page. */
const toPrivateFiles = () => {
  window.showSaveFilePicker = async ({ suggestedName }) => {
    const root = await navigator.storage.getDirectory();
    return root.getFileHandle(suggestedName, { create: true });
  };
};
const withoutPicker = () => {
  delete Window.prototype.showSaveFilePicker;
  delete window.showSaveFilePicker;
};

const saved = (page, name) => page.evaluate(async (name) => {
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle(name)).getFile();
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}, name);

test("bytes are written as text or as Base64, and what was typed as the one becomes the other", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("kms", "Encrypt", "Encrypt");
  const main = page.getByRole("main");
  const plain = field(main, "Plaintext");
  const show = () => button(page, "Show plaintext").click();
  await plain.fill('{"a": "é"}');
  await show();
  await plain.blur();
  await sees(() => errorOf(plain), /in base64/);
  await button(page, "Write as text").press("Enter");
  await sees(() => plain.evaluate((it) => `${it.localName} ${it === document.activeElement}`), "textarea true", "the field has the focus");
  assert.equal(await plain.inputValue(), '{"a": "é"}', "it was meant as text");
  assert.equal(await errorOf(plain), null);
  await plain.fill('{"a": "é",\n "b": 2}');
  await assertAccessible(page, "bytes as text");
  await button(page, "Write as Base64").click();
  await sees(() => plain.inputValue(), Buffer.from('{"a": "é",\n "b": 2}').toString("base64"));
  await plain.fill(Buffer.from([0xff, 0xfe]).toString("base64"));
  await sees(() => button(page, "Write as text").count(), 0, "these bytes are no text");
  await plain.fill("aGk=");
  await button(page, "Write as text").click();
  await sees(() => plain.inputValue(), "hi");
  await plain.fill("{{key}}");
  await plain.blur();
  await sees(() => errorOf(plain), "Write a value in place of the placeholder.", "a placeholder is one in text, too");
  for (const [turn, drawn] of [["Write as Base64", "input"], ["Write as text", "textarea"]]) {
    await button(page, turn).click();
    await sees(() => plain.evaluate((it) => `${it.localName} ${it.value}`), `${drawn} {{key}}`);
  }
  await button(page, "Send it as it is").click();
  await button(page, "Write as text").click();
  await sees(() => plain.inputValue(), "{{key}}");
  await button(page, "Write as Base64").click();
  await sees(() => plain.inputValue(), Buffer.from("{{key}}").toString("base64"), "then it is text like any other");
});

test("a file larger than any other body goes up just as it is", async (t) => {
  const { page, go } = await openAt(t, moto);
  const { path, bytes } = await fileOf("a photo #1 & more.jpg", 5_000_001);
  await go("s3", "PutObject", "Put object");
  await choose(page, path);
  await sees(() => words(page.getByRole("main")), /a photo #1 & more\.jpg, 5 MB/);
  await assertAccessible(page, "a form with a file");
  await addSettings(page.getByRole("main"), "Content type");
  await write(page.getByRole("main"), { Bucket: "files", Key: "photo.jpg", "Content type": "image/jpeg" });
  await button(page, "Send").click();
  const dialog = reviewOf(page, "Put object");
  await sees(async () => (await words(dialog)).includes(`Body a photo #1 & more.jpg, 5 MB. SHA-256 in Base64: ${sha256(bytes)} `), true, "the file in the review");
  await dialog.getByRole("button", { name: "Put object", exact: true }).click();
  await sees(() => flash(page), done, "the answer", 20_000);
  assert.equal(sha256(await object("photo.jpg")), sha256(bytes));
  await editAgain(page);
  await sees(() => words(page.getByRole("main")), new RegExp(`SHA-256 in Base64: ${sha256(bytes).replaceAll("+", "\\+")}`));
  // Its bytes can be sent again; they are not hashed again.
  await addSettings(page.getByRole("main"), "Checksum algorithm");
  await send(page, "Put object", { Key: "again.jpg", "Checksum algorithm": "SHA1" });
  await sees(async () => sha256(await object("again.jpg")), sha256(bytes), "the second object", 20_000);
  const request = await message(page, "Request as sent");
  const sha1 = createHash("sha1").update(bytes).digest("base64");
  assert.equal(request.headers["x-amz-checksum-sha1"], sha1);
  assert.equal(request.body, "(the bytes of the file a photo #1 & more.jpg, 5 MB)");
});

test("a file is chosen again after a reload, and nothing is sent before", async (t) => {
  const { page, go } = await openAt(t, moto);
  const { path, bytes } = await fileOf("notes.bin", 70_000);
  await go("s3", "PutObject", "Put object");
  await write(page.getByRole("main"), { Bucket: "files", Key: "notes" });
  await choose(page, path);
  await sees(() => words(page.getByRole("main")), /notes\.bin, 70 KB/);
  await page.waitForTimeout(600);
  await page.reload();
  await sees(() => words(page.getByRole("main")), /Choose this file again/);
  const sent = [];
  page.on("request", (request) => request.url().includes("/api/s3/") && sent.push(request.url()));
  await button(page, "Send").click();
  await sees(() => words(page.getByRole("main")), /notes\.bin can't be read\. Nothing was carried out\. Choose the file again/);
  assert.deepEqual(sent, []);
  await choose(page, path, "Choose another file…");
  await sees(async () => (await words(page.getByRole("main"))).includes("Choose this file again"), false, "it is there again");
  await send(page, "Put object", {});
  await sees(() => flash(page), done);
  assert.deepEqual(await object("notes"), bytes);
});

test("a file that is too large is refused when it is chosen, and an empty one is sent", async (t) => {
  const { page, go } = await openAt(t, moto);
  const path = join(folder, "huge.bin");
  const huge = await openFile(path, "w");
  await huge.truncate(2 ** 30 + 1);
  await huge.close();
  await go("s3", "PutObject", "Put object");
  await choose(page, path);
  await sees(() => errorOf(field(page, "Body")), "huge.bin has 1,073,741,825 bytes. A file may have at most 1,073,741,824 here.");
  await choose(page, (await fileOf("empty.txt", 0)).path);
  await sees(() => words(page.getByRole("main")), /empty\.txt, 0 bytes/);
  await send(page, "Put object", { Bucket: "files", Key: "empty" });
  await sees(() => flash(page), done);
  assert.equal((await object("empty")).length, 0);
});

test("where a blob is one member of many, what is in a file stands in its field", async (t) => {
  const { page, go } = await openAt(t, moto);
  const { path, bytes } = await fileOf("secret.bin", 3_000);
  await go("kms", "Encrypt", "Encrypt");
  await choose(page, path);
  await sees(() => field(page, "Plaintext").inputValue(), bytes.toString("base64"));
  const { path: large } = await fileOf("large.bin", 700_001);
  await choose(page, large);
  await sees(() => errorOf(field(page, "Plaintext")), /large\.bin has 700,001 bytes\. A file may have at most 700,000 here/);
});

test("an answer is written to the disk as it arrives, whatever its size", async (t) => {
  const bytes = randomBytes(20_000_000);
  await put("a%20folder/film.mp4", bytes);
  const { page, go } = await openAt(t, moto, toPrivateFiles);
  await go("s3", "GetObject", "Get object");
  await send(page, "Get object", { Bucket: "files", Key: "a folder/film.mp4" });
  await sees(() => words(page.locator("#result")), /Press “Save it to a file…” in the form/, "what to do about an answer that is too large");
  await button(page, "Save it to a file…").click();
  await sees(() => words(page.getByRole("group", { name: "Body of the answer" })), /written to film\.mp4/);
  await assertAccessible(page, "a form whose answer goes into a file");
  await send(page, "Get object", {});
  await sees(() => flash(page), done, "the answer", 20_000);
  await sees(() => words(page.locator("#result")), /film\.mp4, 20 MB, saved/);
  assert.equal(await saved(page, "film.mp4"), sha256(bytes));
  // The place was for one answer.
  await editAgain(page);
  await sees(() => words(page.getByRole("group", { name: "Body of the answer" })), /shown on this page/);
  await page.reload();
  await sees(() => words(page.getByRole("main")), /film\.mp4, 20 MB, saved/, "what the history says of it");
});

test("an error is shown, and leaves the file as it was", async (t) => {
  const { page, go } = await openAt(t, moto, toPrivateFiles);
  await go("s3", "GetObject", "Get object");
  await write(page.getByRole("main"), { Bucket: "files", Key: "none.txt" });
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const writer = await (await root.getFileHandle("none.txt", { create: true })).createWritable();
    await writer.write("as it was");
    await writer.close();
  });
  await button(page, "Save it to a file…").click();
  await send(page, "Get object", {});
  await sees(() => words(page.locator("#result")), /NoSuchKey/);
  assert.equal(await saved(page, "none.txt"), sha256("as it was"));
});

test("a browser that can't write to the disk holds the answer until it is saved", async (t) => {
  const bytes = randomBytes(17_000_000);
  await put("held.bin", bytes);
  const { page, go } = await openAt(t, moto, withoutPicker);
  await go("s3", "GetObject", "Get object");
  await write(page.getByRole("main"), { Bucket: "files", Key: "held.bin" });
  await button(page, "Receive it as a file").click();
  await send(page, "Get object", {});
  await sees(() => flash(page), done, "the answer", 20_000);
  const download = page.waitForEvent("download");
  await button(page, "Save to a file").click();
  assert.deepEqual(await readFile(await (await download).path()), bytes);
  await page.reload();
  await sees(() => words(page.getByRole("main")), /held\.bin, 17 MB, no longer held by this browser/);
});

test("a file that changes before it is sent is not sent", async (t) => {
  const { page, go } = await openAt(t, moto);
  const { path } = await fileOf("draft.txt", 2_000_000);
  await go("s3", "PutObject", "Put object");
  await write(page.getByRole("main"), { Bucket: "files", Key: "draft.txt" });
  await choose(page, path);
  await button(page, "Send").click();
  const dialog = reviewOf(page, "Put object");
  await dialog.getByText("Signed in as").waitFor();
  await writeFile(path, "something else");
  await dialog.getByRole("button", { name: "Put object", exact: true }).click();
  await sees(() => flash(page), /draft\.txt can't be read/, "why nothing was sent", 20_000);
  assert.equal((await fetch(`${moto.endpoint}/files/draft.txt`, { headers })).status, 404);
});

test("a checksum that is not made here is told before the file is read", async (t) => {
  const { page, go } = await openAt(t, moto);
  const { path } = await fileOf("sum.bin", 10);
  await go("s3", "PutObject", "Put object");
  await addSettings(page.getByRole("main"), "Checksum algorithm");
  await write(page.getByRole("main"), { Bucket: "files", Key: "sum", "Checksum algorithm": "XXHASH64" });
  await choose(page, path);
  await button(page, "Send").click();
  await sees(() => words(page.getByRole("main")), /checksum can't be made: XXHASH64/);
});

test("a short answer is shown as text, and can be saved", async (t) => {
  await put("poem.txt", "Grüße\nzwei\n", { "content-type": "text/plain", "x-amz-meta-colour": "blue" });
  const { page, go } = await openAt(t, moto);
  await go("s3", "GetObject", "Get object");
  await send(page, "Get object", { Bucket: "files", Key: "poem.txt" });
  await sees(() => words(page.locator("#result").getByRole("region", { name: "Body" })), "Grüße zwei");
  const result = page.locator("#result");
  assert.match((await pairs(result.locator(".container")))["Content type"], /text\/plain$/);
  await sees(() => words(result), /Metadata colour blue/);
  const download = page.waitForEvent("download");
  await button(page, "Save to a file").click();
  assert.equal((await download).suggestedFilename(), "poem.txt");
  assert.equal(await readFile(await (await download).path(), "utf8"), "Grüße\nzwei\n");
});

test("who stops waiting for a file breaks it off", async (t) => {
  let isOver;
  const over = new Promise((resolve) => (isOver = resolve));
  const slow = createServer((request, response) => {
    if (request.method === "POST") return response.end(stsAnswer(alice)[1]);
    response.writeHead(200, { "content-length": 50_000_000, "content-type": "video/mp4" });
    const timer = setInterval(() => response.write(Buffer.alloc(1_000_000)), 50);
    response.on("close", () => (clearInterval(timer), isOver()));
  }).listen(0, "127.0.0.1");
  await once(slow, "listening");
  t.after(() => slow.close());
  const endpoint = `http://127.0.0.1:${slow.address().port}`;
  const { page, go } = await openAt(t, { ...moto, endpoint }, toPrivateFiles);
  await go("s3", "GetObject", "Get object");
  await write(page.getByRole("main"), { Bucket: "files", Key: "slow.mp4" });
  await button(page, "Save it to a file…").click();
  await send(page, "Get object", {});
  await sees(() => words(page.getByRole("main")), /Receiving \d+(\.\d)? MB of 50 MB/, "how far it is", 20_000);
  await button(page, "Stop waiting").click();
  await over;
  await sees(() => flash(page), /You stopped waiting for the answer/);
});
