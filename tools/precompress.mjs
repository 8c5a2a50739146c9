// Writes name.br and name.gz beside each text and module of a built site, for servers that send
// files as they lie: node tools/precompress.mjs DIR
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const kinds = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm"]);
const encodings = {
  ".br": (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

async function compress(file) {
  const bytes = readFileSync(file);
  for (const [ending, encode] of Object.entries(encodings)) {
    const encoded = await encode(bytes);
    if (encoded.length < bytes.length) writeFileSync(file + ending, encoded);
  }
}

const site = process.argv[2];
const files = readdirSync(site, { recursive: true }).map((name) => join(site, name));
// What is left of another build would be sent instead of the file beside it.
for (const file of files.filter((file) => extname(file) in encodings)) rmSync(file);
await Promise.all(files.filter((file) => kinds.has(extname(file))).map(compress));
