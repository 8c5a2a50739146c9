// Writes service-worker.js of a built site, which knows its files by their hashes:
// node tools/worker.mjs DIR [MODELS], with the folder of AWS's models that come with the site.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "terser";

const [site, models] = process.argv.slice(2);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");
/** The files of a folder with their hashes, in an order that is always the same. */
function hashes(folder, isListed) {
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  const files = names.filter((name) => isListed(name) && statSync(join(folder, name)).isFile()).sort();
  return files.map((name) => [name, sha256(readFileSync(join(folder, name)))]);
}
const name = (files) => createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);

// Which services there are has to be known without a network; a service's model is kept once it was used.
const INDEX = "models/aws/index.json";
// What answers for services is no file of the page, and the pseudo-language is for who writes texts.
const files = hashes(site, (name) => !/^api\/|^models\/aws\/|^service-worker\.js$|\ben-XA\b|\.(br|gz)$/.test(name));
const index = models ? join(models, "index.json") : join(site, INDEX);
files.push([INDEX, sha256(readFileSync(index))]);
const ofModels = models ? hashes(models, (name) => name.endsWith(".json")) : [];

const known = { BUILD: name(files), FILES: Object.fromEntries(files), MODELS: name(ofModels) };
const constants = Object.entries(known).map(([name, value]) => `const ${name}=${JSON.stringify(value)};\n`);
const source = readFileSync(new URL("../src/console/service-worker.js", import.meta.url), "utf8");
const { code } = await minify(source, { toplevel: false });
writeFileSync(join(site, "service-worker.js"), constants.join("") + code);
