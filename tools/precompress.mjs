// Writes name.br and name.gz beside each text and module of a built site, or of AWS's models, for
// servers that send files as they lie: node tools/precompress.mjs DIR
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const kinds = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm"]);
// The documentation of all of AWS would take a minute and a half more, and be a tenth smaller.
const quality = (name) => (name.endsWith(".docs.json") ? 9 : 11);
const encodings = {
  ".br": (bytes, name) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality(name), [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

async function compress(file) {
  const bytes = readFileSync(file);
  for (const [ending, encode] of Object.entries(encodings)) {
    const encoded = await encode(bytes, file);
    if (encoded.length < bytes.length) writeFileSync(file + ending, encoded);
  }
}

const site = process.argv[2];
const files = readdirSync(site, { recursive: true }).map((name) => join(site, name));
// What is left of another build would be sent instead of the file beside it.
for (const file of files.filter((file) => extname(file) in encodings)) rmSync(file);
await Promise.all(files.filter((file) => kinds.has(extname(file))).map(compress));
