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
import binaryen from "binaryen";
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

const loader = join(parts, "__wasm_split.js");
let script = readFileSync(loader, "utf8");

// What compilers for WebAssembly may use by now, and every browser of the last years knows.
const { BulkMemory, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
const features = BulkMemory | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;
// -Oz makes the modules smaller, and what is sent of them larger, by 0.2 %. Rust leaves the first KiB
// of memory unused, so that offsets into it need no check for overflow.
const flags = ["-Os", "--low-memory-unused", "--strip-debug", "--strip-producers"];
const named = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(1);
binaryen.setLowMemoryUnused(true);
/** A module without what is only for people to read. */
function withoutNames(bytes) {
  const kept = [bytes.subarray(0, 8)];
  for (let begin = 8, end; begin < bytes.length; begin = end) {
    let [size, at] = unsigned(bytes, begin + 1);
    end = at + size;
    [size, at] = unsigned(bytes, at);
    const isForPeople = bytes[begin] === 0 && ["name", "producers"].includes(bytes.toString("latin1", at, at + size));
    if (!isForPeople) kept.push(bytes.subarray(begin, end));
  }
  return Buffer.concat(kept);
}
/** The number that WebAssembly has written at a place, and the place after it. */
function unsigned(bytes, at) {
  const rest = bytes[at] & 128 ? unsigned(bytes, at + 1) : [0, at + 1];
  return [(bytes[at] & 127) + rest[0] * 128, rest[1]];
}

/** A number as WebAssembly writes it. */
const leb128 = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...leb128(number >>> 7)]);
const sized = (...bytes) => ((whole) => Buffer.concat([Buffer.from(leb128(whole.length)), whole]))(Buffer.concat(bytes));
/** The name of something of the browser's that the page uses, as wasm-bindgen makes it unique. */
const hashed = /__(?:wbg|wbindgen)_\w+?_[0-9a-f]{16}(?![0-9a-z_])/g;
/**
 * A module whose imports have short names in the place of those, and which these are. Nothing shrinks
 * a hash, and each comes twice, here and in the script: they were 7 KB of the first load.
 */
function withShortImports(bytes) {
  const names = new Map();
  const short = (name) => {
    if (name.match(hashed)?.[0] !== name) return name;
    if (!names.has(name)) names.set(name, `i${names.size.toString(36)}`);
    return names.get(name);
  };
  const sections = [bytes.subarray(0, 8)];
  for (let begin = 8, end; begin < bytes.length; begin = end) {
    let [size, at] = unsigned(bytes, begin + 1);
    end = at + size;
    if (bytes[begin] !== IMPORTS) {
      sections.push(bytes.subarray(begin, end));
      continue;
    }
    const number = () => ([size, at] = unsigned(bytes, at))[0];
    const text = () => {
      const length = number();
      return bytes.toString("utf8", at, (at += length));
    };
    const limits = () => ((number() & 1) === 1 ? [number(), number()] : [number()]);
    const imports = [];
    const count = number();
    for (let one = 0; one < count; one += 1) {
      const [from, name] = [text(), text()];
      const begins = at;
      // A function has a type, a table the type of its elements, a memory neither, a global two bytes.
      [number, () => [number(), limits()], limits, () => [number(), number()]][number()]();
      imports.push(sized(Buffer.from(from)), sized(Buffer.from(short(name))), bytes.subarray(begins, at));
    }
    if (at !== end) throw new Error("the imports of the first module do not end where they should");
    sections.push(Buffer.of(IMPORTS), sized(Buffer.from(leb128(count)), ...imports));
  }
  return { bytes: Buffer.concat(sections), names };
}
/** The section of a module that has its imports. */
const IMPORTS = 2;

/** wasm-opt takes a second to start, and makes modules 0.2 % smaller than its library does: it is for the large ones. */
const large = 16_000;
for (const name of readdirSync(parts).filter((name) => name.endsWith(".wasm"))) {
  const file = join(parts, name);
  const bytes = readFileSync(file);
  if (bytes.length > large) {
    run("wasm-opt", ...flags, ...named.map((name) => `--enable-${name}`), file, "-o", file);
    continue;
  }
  const module = binaryen.readBinary(withoutNames(bytes), features);
  module.optimize();
  writeFileSync(file, module.emitBinary());
  module.dispose();
}

const [module, glueScript] = ["formsmith_bg.wasm", "formsmith.js"].map((name) => join(parts, name));
const { bytes: renamed, names } = withShortImports(readFileSync(module));
writeFileSync(module, renamed);
writeFileSync(glueScript, readFileSync(glueScript, "utf8").replace(hashed, (name) => names.get(name) ?? name));

// A part comes as one file, with the modules that other parts share with it: a dozen small ones would
// each be asked for, and compressed, alone. The file is a module without code, whose custom sections
// are the modules, so that hosts know its type and compress it.
const packs = new Map();
for (const [, name] of script.matchAll(/"\.\/(split_\w+)\.wasm"/g)) packs.set(name, name.slice("split_".length));
for (const [, of, name] of script.matchAll(/\/\* ([\w, ]+) \*\/\s*const __(chunk_\d+) /g)) {
  const sharing = of.split(", ");
  // Where a form is, its part is there; the other parts are not. What no larger part uses gets a file of its
  // own.
  const at = ["form", "lazy", "all_services", "answers"].find((part) => sharing.includes(part)) ?? "shared";
  // Search and the calendar may be the first to come: they wait for `form`, whose code they share, and not for
  // the others.
  const isEarly = sharing.includes("search") || sharing.includes("calendar");
  packs.set(name, isEarly && at !== "form" ? "shared" : at);
}
for (const pack of new Set(packs.values())) {
  const its = [...packs].filter(([, of]) => of === pack).map(([name]) => name).sort();
  const sections = its.map((name) => [Buffer.of(0), sized(sized(Buffer.from(name)), readFileSync(join(parts, `${name}.wasm`)))]);
  writeFileSync(join(parts, `${pack}.wasm`), Buffer.concat([Buffer.from("\0asm\x01\0\0\0", "latin1"), ...sections.flat()]));
  for (const name of its) rmSync(join(parts, `${name}.wasm`));
}

// A page in another language begins with the texts of the first module. Those of all others come with
// the first part; one that is in both is where it is needed first.
const begins = readFileSync(module);
const [english] = JSON.parse(readFileSync("target/page/languages/english.json", "utf8"));
const isFirst = english.map((text) => begins.includes(Buffer.from(text)));
for (const name of readdirSync(join(site, "words"))) {
  const file = join(site, "words", name);
  const [[version, ...texts], catalog] = JSON.parse(readFileSync(file, "utf8"));
  const those = (are) => [version, ...texts.map((text, at) => (isFirst[at + 1] === are ? text : ""))];
  writeFileSync(file, JSON.stringify([those(true), catalog]));
  writeFileSync(file.replace(/json$/, "rest.json"), JSON.stringify([those(false), []]));
}

const section = `const packs = {};
let rest;
// Without them that part is in English, and the next one asks again.
function texts() {
  const { lang } = document.documentElement;
  if (lang === "en") return;
  return rest ??= fetch(new URL("words/" + lang + ".rest.json", document.baseURI)).then(async (response) => {
    if (!response.ok) throw new Error(response.url + ": " + response.status);
    globalThis.formsmithRest = await response.text();
  }).catch(() => {
    rest = undefined;
  });
}
function section(pack, name) {
  packs[pack] ??= fetch(new URL("./" + pack + ".wasm", import.meta.url)).then(async (response) => {
    if (!response.ok) throw new Error(response.url + ": " + response.status);
    // Not from the stream: there are hosts that don't know the type of WebAssembly.
    return WebAssembly.compile(await response.arrayBuffer());
  }).catch((cause) => {
    delete packs[pack]; // so that the next request tries again
    throw cause;
  });
  const found = Promise.all([packs[pack], texts()]).then(([module]) => WebAssembly.Module.customSections(module, name)[0]);
  found.catch(() => {}); // who waits for it hears of it
  return found;
}
`;
const fetching = /fetch\(new URL\("\.\/(\w+)\.wasm", import\.meta\.url\)\)/g;
const streaming = "WebAssembly.instantiateStreaming(src, imports)";
if (!fetching.test(script) || !script.includes(streaming)) throw new Error(`${loader} does not fetch as expected`);
script = script.replace(fetching, (_, name) => {
  if (!packs.has(name)) throw new Error(`${loader} fetches ${name}, which is in no pack`);
  return `section(${JSON.stringify(packs.get(name))}, ${JSON.stringify(name)})`;
});
writeFileSync(loader, section + script.replaceAll(streaming, "WebAssembly.instantiate(await src, imports)"));

// What else the page loads later belongs to the same build.
const later = /^(formsmith-page-\w+\.(js|wasm)|digest(-worker)?\.js|offline\.js)$/;
for (const name of readdirSync(site).filter((name) => later.test(name))) renameSync(join(site, name), join(parts, name));

// Some hosts leave out what begins with an underscore. The first module still has the name for what it imports.
renameSync(loader, join(parts, "parts.js"));
const imported = /(\bfrom\s*["']\.\/)__wasm_split\.js/g;
// Trunk does this to scripts as they are without parts.
for (const name of readdirSync(parts).filter((name) => name.endsWith(".js"))) {
  const file = join(parts, name);
  const { code } = await minify(readFileSync(file, "utf8").replace(imported, "$1parts.js"), { module: true });
  writeFileSync(file, code);
}

// All of these fit only each other, so they share a folder whose name changes with any of them.
const hash = createHash("sha256");
for (const name of readdirSync(parts).sort()) hash.update(readFileSync(join(parts, name)));
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
const beside = relinked(glue.old, glue.name, "parts.js");
html = html.replace(glue.old, glue.now + beside).replace(wasm.old, wasm.now);
cpSync(parts, join(site, folder), { recursive: true });
for (const { name } of [glue, wasm]) rmSync(join(site, name));
writeFileSync(page, html);
