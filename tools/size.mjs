// What the first load costs: every file that dist/index.html names, as brotli 11 sends it.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const limit = 200 * 1024;
const site = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", site), "utf8");

function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

const files = readdirSync(site, { recursive: true })
  .filter((name) => statSync(new URL(name, site)).isFile())
  .map((name) => {
    const bytes = readFileSync(new URL(name, site));
    // The favicon is fetched beside the page, not before it.
    const first = name === "index.html" || (html.includes(name) && !name.endsWith(".svg"));
    return { name, raw: bytes.length, brotli: compressed(bytes), first };
  })
  .sort((one, other) => other.brotli - one.brotli);

const width = Math.max(...files.map(({ name }) => name.length), 16);
const number = (value) => value.toLocaleString("en-US").padStart(11);
const row = (name, raw, brotli, note = "") => console.log(name.padEnd(width) + raw + brotli + note);

row("file", "raw".padStart(11), "brotli 11".padStart(11));
for (const { name, raw, brotli, first } of files) {
  row(name, number(raw), number(brotli), first ? "" : "  not in the first load");
}

const total = (size) => files.filter(({ first }) => first).reduce((sum, file) => sum + file[size], 0);
row("first load", number(total("raw")), number(total("brotli")), `  limit ${limit.toLocaleString("en-US")}`);
if (total("brotli") > limit) {
  console.error(`formsmith: the first load is ${total("brotli") - limit} bytes over its limit.`);
  process.exitCode = 1;
}
