// What the first load costs: every file that dist/index.html names, as the proxy sends it to a
// browser, which is the file that tools/precompress.mjs has written beside it (brotli 11).
import { readFileSync, readdirSync, statSync } from "node:fs";

/** Bytes as they are sent: of the first load, and of what is fetched when it is first needed. */
const limit = 130_500;
/** The first load in any other language, and all texts of one: what a page begins with, and the rest. */
const limitElsewhere = 136_000;
const languageLimit = 25_000;
/** The first load with the first form: the part that draws it, and the largest built-in model. */
const formLimit = 272_000;
const limits = [
  ["lazy", 350_500],
  // Every text field knows whether it has a list to pick from; drafts know unions and placeholders.
  ["form", 133_000],
  ["all_services", 81_000],
  ["outcomes", 24_000],
  ["xml", 19_000],
  ["cbor", 10_000],
  ["sign_in", 10_500],
  ["help", 20_500],
  ["search", 38_800],
  ["picks", 22_500],
  ["calendar", 5_400],
  ["permissions", 17_000],
  ["presets", 42_800],
  ["shared", 39_800],
  ["answers", 65_800],
  ["query", 57_000],
  ["page-sandbox", 227_000],
  ["page-snippets", 132_000],
  ["page-digest", 30_000],
];
/** Is the file one of those that are fetched for a part of the page? */
const isOf = (name, part) => name.endsWith(`/${part}.wasm`) || name.endsWith(`${part}_bg.wasm`);
const site = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", site), "utf8");

const size = (name) => statSync(new URL(name, site), { throwIfNoEntry: false })?.size;

const files = readdirSync(site, { recursive: true })
  // The models of all AWS services have limits of their own, in tools/models.d/check.py.
  .filter((name) => !/^models.aws|\.(br|gz)$/.test(name) && statSync(new URL(name, site)).isFile())
  .map((name) => {
    // The favicon, and what an installed page has, are fetched beside the page, not before it.
    const first = name === "index.html" || (html.includes(name) && !/^icons\/|\.svg$/.test(name));
    return { name, raw: size(name), brotli: size(`${name}.br`) ?? size(name), first };
  })
  .sort((one, other) => other.brotli - one.brotli);

const width = Math.max(...files.map(({ name }) => name.length), "with the first form".length);
const number = (value) => value.toLocaleString("en-US").padStart(11);
const row = (name, raw, brotli, note = "") => console.log(name.padEnd(width) + raw + brotli + note);

row("file", "raw".padStart(11), "brotli 11".padStart(11));
for (const { name, raw, brotli, first } of files) {
  row(name, number(raw), number(brotli), first ? "" : "  not in the first load");
}

const total = (column) => files.filter(({ first }) => first).reduce((sum, file) => sum + file[column], 0);
row("first load", number(total("raw")), number(total("brotli")), `  limit ${limit.toLocaleString("en-US")}`);
const models = files.filter(({ name }) => /^models\/[^/]+$/.test(name));
const largest = Math.max(...models.map(({ brotli }) => brotli));
const form = files.find(({ name }) => isOf(name, "form"))?.brotli ?? Infinity;
const firstForm = total("brotli") + form + largest;
row("with the first form", "".padStart(11), number(firstForm), `  limit ${formLimit.toLocaleString("en-US")}`);
const sizes = [["the first load", total("brotli"), limit], ["what the first form costs", firstForm, formLimit]];
for (const { name, brotli } of files.filter(({ name }) => /^words\/[^.]+\.json$/.test(name))) {
  const tag = name.slice("words/".length, -".json".length);
  const texts = brotli + (size(`words/${tag}.rest.json.br`) ?? Infinity);
  row(`texts in ${tag}`, "".padStart(11), number(texts), `  limit ${languageLimit.toLocaleString("en-US")}`);
  row(`first load in ${tag}`, "".padStart(11), number(total("brotli") + brotli), `  limit ${limitElsewhere.toLocaleString("en-US")}`);
  sizes.push([`all text in ${tag}`, texts, languageLimit], [`the first load in ${tag}`, total("brotli") + brotli, limitElsewhere]);
}
for (const [part, most] of limits) {
  const its = files.filter(({ name }) => isOf(name, part));
  const bytes = its.length ? its.reduce((sum, { brotli }) => sum + brotli, 0) : Infinity;
  row(`part ${part}`, "".padStart(11), number(bytes), `  fetched when needed, limit ${most.toLocaleString("en-US")}`);
  sizes.push([part, bytes, most]);
}
for (const [name, bytes, most] of sizes.filter(([, bytes, most]) => bytes > most)) {
  console.error(`formsmith: ${name} is ${bytes - most} bytes over its limit of ${most.toLocaleString("en-US")}.`);
  process.exitCode = 1;
}
