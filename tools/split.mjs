// Splits the WebAssembly module of a built site: what the first page needs, and the parts that
// src/console/lazy.rs fetches when they are first needed: node tools/split.mjs DIR
//
// Trunk knows nothing of split modules, and once wasm-bindgen has been over a module it can no
// longer be split. So this begins again with what Cargo built, and puts its modules in the place of
// Trunk's one.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "terser";

const site = process.argv[2];
const page = join(site, "index.html");
let html = readFileSync(page, "utf8");

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", stdio: "pipe" });
const { target_directory: target } = JSON.parse(run("cargo", "metadata", "--no-deps", "--format-version", "1"));
const parts = join(target, "page", "parts");
rmSync(parts, { recursive: true, force: true });
mkdirSync(parts, { recursive: true });

// The modules call each other through what they export, so each is shrunk on its own.
const whole = join(target, "wasm32-unknown-unknown", "page", "formsmith.wasm");
run("wasm-split-cli", whole, parts, "--target", "web", "--out-name", "formsmith");
const first = join(target, "page", "first.wasm");
renameSync(join(parts, "formsmith.wasm"), first);
run("wasm-bindgen", first, "--target", "web", "--no-typescript", "--remove-name-section", "--keep-lld-exports", "--out-dir", parts, "--out-name", "formsmith");

// A module that several parts share is named after them, not by a number that changes with any part.
const loader = join(parts, "__wasm_split.js");
let script = readFileSync(loader, "utf8");
for (const [, of, number] of script.matchAll(/\/\* ([\w, ]+) \*\/\s*const __chunk_(\d+) /g)) {
  const name = `shared_${of.split(", ").join("_")}.wasm`;
  script = script.replace(`./chunk_${number}.wasm`, `./${name}`);
  renameSync(join(parts, `chunk_${number}.wasm`), join(parts, name));
}

const names = readdirSync(parts).sort();
for (const name of names.filter((name) => name.endsWith(".wasm"))) {
  const file = join(parts, name);
  // What compilers for WebAssembly may use by now, and every browser of the last years knows.
  const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
  // -Oz makes the modules smaller, and what is sent of them larger, by 0.2 %. Rust leaves the first
  // KiB of memory unused, so that offsets into it need no check for overflow.
  run("wasm-opt", "-Os", "--low-memory-unused", "--strip-debug", "--strip-producers", ...features.map((name) => `--enable-${name}`), file, "-o", file);
}

// What fetches the other modules takes them from hosts that don't know the type of WebAssembly, as
// wasm-bindgen's script does with the first.
const streaming = "WebAssembly.instantiateStreaming(src, imports)";
if (!script.includes(streaming)) throw new Error(`${loader} does not fetch as expected`);
const arrived = "if (!response.ok) throw new Error(`${response.url}: ${response.status}`);";
writeFileSync(loader, script.replaceAll(streaming, `src.then(async (response) => {
        ${arrived}
        return WebAssembly.instantiate(await response.arrayBuffer(), imports);
    })`));

// Trunk does this to scripts as they are without parts.
for (const name of names.filter((name) => name.endsWith(".js"))) {
  const file = join(parts, name);
  const { code } = await minify(readFileSync(file, "utf8"), { module: true });
  writeFileSync(file, code);
}

// The parts fit only each other, so they share a folder whose name changes with any of them.
const hash = createHash("sha256");
for (const name of names) hash.update(readFileSync(join(parts, name)));
const folder = `formsmith-${hash.digest("hex").slice(0, 16)}`;

/** The link to one of Trunk's files, and the same to a part. */
function link(pattern, part) {
  const [old, name] = html.match(pattern) ?? [];
  if (!old) throw new Error(`${page} has no link to what ${part} replaces`);
  return { old, name, now: relinked(old, name, part) };
}

function relinked(link, name, part) {
  const digest = createHash("sha384").update(readFileSync(join(parts, part))).digest("base64");
  return link.replace(name, `${folder}/${part}`).replace(/sha384-[\w+/]+=*/, `sha384-${digest}`);
}

const glue = link(/<link[^>]*href="?\.\/(formsmith-[0-9a-f]+\.js)[^>]*>/, "formsmith.js");
const wasm = link(/<link[^>]*href="?\.\/(formsmith-[0-9a-f]+_bg\.wasm)[^>]*>/, "formsmith_bg.wasm");
// The glue imports how the other modules are fetched: both come at the same time.
const beside = relinked(glue.old, glue.name, "__wasm_split.js");
html = html.replace(glue.old, glue.now + beside).replace(wasm.old, wasm.now);
cpSync(parts, join(site, folder), { recursive: true });
for (const { name } of [glue, wasm]) rmSync(join(site, name));
writeFileSync(page, html);
