// The archive of a release, as somebody meets it: unpacked in an empty folder, and started.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pipeline } from "node:stream/promises";
import { assertAccessible, closeBrowser, openPage, startProxy, version } from "./harness.mjs";
import { button, flash, formIsOpen, meets, openOperation, sees } from "./person.mjs";
import { operations } from "./cases.mjs";

const archives = join(process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url)), "archives");
let empty, folder;

before(async () => {
  const [archive] = (await readdir(archives)).filter((name) => name.endsWith(".tar.gz"));
  empty = await mkdtemp(join(tmpdir(), "formsmith-"));
  execFileSync("tar", ["-xzf", join(archives, archive), "-C", empty]);
  folder = join(empty, archive.replace(".tar.gz", ""));
});

after(async () => {
  await closeBrowser();
  await rm(empty, { recursive: true, force: true });
});

const program = () => join(folder, "formsmith");
const says = (...args) => execFileSync(program(), args, { encoding: "utf8", cwd: empty });

test("the program alone is the whole start: its page, its sandbox, and all services of AWS", async (t) => {
  const proxy = await startProxy(t, [], { FORMSMITH_PROXY: program() });
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-sandbox");
  const [operation] = operations;
  await openOperation(page, operation.title);
  const [exchange] = operation.exchanges;
  await exchange.write?.(page);
  await button(page, operation.verb).click();
  await sees(async () => (await flash(page)).startsWith(exchange.verdict), true);
  await page.goto(`${proxy.origin}/#/ec2/DescribeInstances`);
  await formIsOpen(page, "Describe instances");
});

test("the settings name the version, and lead to the licences of all parts", async (t) => {
  const proxy = await startProxy(t, [], { FORMSMITH_PROXY: program() });
  const { page } = await openPage(t, `${proxy.origin}/#/settings`);
  const about = page.getByRole("region", { name: "About" }).or(page.locator(".container", { hasText: "About" }).last());
  await about.getByText(version).waitFor();
  const [licences] = await Promise.all([page.waitForEvent("popup"), about.getByRole("link", { name: "Licenses of what it is made of" }).click()]);
  await licences.getByRole("heading", { level: 1, name: `Licenses of Formsmith ${version}` }).waitFor();
  await licences.getByText(/^leptos \d/).first().waitFor({ state: "attached" });
  await assertAccessible(licences, "the licences");
});

test("it says its version, completes itself in shells, and has a manual page", async () => {
  assert.equal(says("--version"), `formsmith ${version}\n`);
  assert.match(says("--help"), /^Usage: formsmith /m);
  for (const shell of ["bash", "elvish", "fish", "powershell", "zsh"]) {
    const script = await readFile(join(folder, "completions", `formsmith.${shell}`), "utf8");
    assert.match(script, /formsmith/, shell);
    assert.match(script, /listen/, shell);
  }
  execFileSync("bash", ["-n", join(folder, "completions", "formsmith.bash")]);
  assert.match(await readFile(join(folder, "formsmith.1"), "utf8"), /^\.TH formsmith 1/m);
});

test("the archive brings licences, a list of all parts, and its checksum", async () => {
  assert.ok((await lstat(join(folder, "models"))).isDirectory(), "the models are in it");
  for (const name of ["LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "models/NOTICE", "models/LICENSE.txt"]) {
    assert.ok((await stat(join(folder, name))).size > 0, name);
  }
  const bill = JSON.parse(await readFile(join(folder, "sbom.json"), "utf8"));
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.metadata.component.version], ["CycloneDX", "1.6", version]);
  const names = bill.components.map(({ name }) => name);
  for (const name of ["hyper", "ring", "leptos", "botocore"]) assert.ok(names.includes(name), name);
  const licences = await readFile(join(folder, "third-party.html"), "utf8");
  for (const { name, version: its, licenses } of bill.components) {
    assert.ok(licenses[0].expression, name);
    assert.ok(licences.includes(`${name} ${its}`), `${name} has its licence in the archive`);
  }
  for (const line of (await readFile(join(archives, "SHA256SUMS"), "utf8")).trim().split("\n")) {
    const [sum, name] = line.split(/\s+/);
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(archives, name)), hash);
    assert.equal(hash.digest("hex"), sum, name);
  }
});
