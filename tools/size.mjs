// What the first load costs: every file that dist/index.html names, as the proxy sends it to a
// browser, which is the file that tools/precompress.mjs has written beside it (brotli 11).
import { readFileSync, readdirSync, statSync } from "node:fs";

const limit = 195_000;
const site = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", site), "utf8");

const size = (name) => statSync(new URL(name, site), { throwIfNoEntry: false })?.size;

const files = readdirSync(site, { recursive: true })
  .filter((name) => statSync(new URL(name, site)).isFile() && !/\.(br|gz)$/.test(name))
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
  row(name, number(raw), number(brotli), first ? "" : "  not in the first load");
}

const total = (column) => files.filter(({ first }) => first).reduce((sum, file) => sum + file[column], 0);
row("first load", number(total("raw")), number(total("brotli")), `  limit ${limit.toLocaleString("en-US")}`);
const models = files.filter(({ name }) => name.startsWith("models/"));
const largest = Math.max(...models.map(({ brotli }) => brotli));
row("with the largest model", "".padStart(11), number(total("brotli") + largest), "  what the first form opened costs");
if (total("brotli") > limit) {
  console.error(`formsmith: the first load is ${total("brotli") - limit} bytes over its limit.`);
  process.exitCode = 1;
}
