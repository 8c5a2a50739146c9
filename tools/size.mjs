// What the first load costs: every file that dist/index.html names, as the proxy sends it to a
// browser, which is the file that tools/precompress.mjs has written beside it (brotli 11).
import { readFileSync, readdirSync, statSync } from "node:fs";

/** Bytes as they are sent: of the first load, and of what is fetched when it is first needed. */
const limit = 195_000;
const limits = [
  ["split_lazy.wasm", 200_000],
  ["formsmith-page-sandbox_bg.wasm", 210_000],
  ["formsmith-page-snippets_bg.wasm", 100_000],
];
const site = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", site), "utf8");

const size = (name) => statSync(new URL(name, site), { throwIfNoEntry: false })?.size;

const files = readdirSync(site, { recursive: true })
  // The models of all AWS services have limits of their own, in tools/models.d/check.py.
  .filter((name) => !/^models.aws|\.(br|gz)$/.test(name) && statSync(new URL(name, site)).isFile())
  .map((name) => {
    // The favicon is fetched beside the page, not before it.
    const first = name === "index.html" || (html.includes(name) && !name.endsWith(".svg"));
    return { name, raw: size(name), brotli: size(`${name}.br`) ?? size(name), first };
  })
  .sort((one, other) => other.brotli - one.brotli);

const width = Math.max(...files.map(({ name }) => name.length), "with the largest model".length);
const number = (value) => value.toLocaleString("en-US").padStart(11);
const row = (name, raw, brotli, note = "") => console.log(name.padEnd(width) + raw + brotli + note);

row("file", "raw".padStart(11), "brotli 11".padStart(11));
for (const { name, raw, brotli, first } of files) {
  const [, most] = limits.find(([end]) => name.endsWith(end)) ?? [];
  const note = most ? `  fetched when needed, limit ${most.toLocaleString("en-US")}` : "  not in the first load";
  row(name, number(raw), number(brotli), first ? "" : note);
}

const total = (column) => files.filter(({ first }) => first).reduce((sum, file) => sum + file[column], 0);
row("first load", number(total("raw")), number(total("brotli")), `  limit ${limit.toLocaleString("en-US")}`);
const models = files.filter(({ name }) => name.startsWith("models/"));
const largest = Math.max(...models.map(({ brotli }) => brotli));
row("with the largest model", "".padStart(11), number(total("brotli") + largest), "  what the first form opened costs");
const sizes = [["the first load", total("brotli"), limit]];
for (const [name, most] of limits) {
  const file = files.find((file) => file.name.endsWith(name));
  sizes.push([name, file?.brotli ?? Infinity, most]);
}
for (const [name, bytes, most] of sizes.filter(([, bytes, most]) => bytes > most)) {
  console.error(`formsmith: ${name} is ${bytes - most} bytes over its limit of ${most.toLocaleString("en-US")}.`);
  process.exitCode = 1;
}
