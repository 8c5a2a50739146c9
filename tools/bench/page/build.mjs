// Builds the peers' pages and the bare one into target/bench-page, unless they are there and current.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** The folder that has a folder for each page. */
export const built = join(target, "bench-page");

const html = (title, head) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${head}</head>
<body><main></main></body>
</html>
`;
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });

async function bundle(name, file, folder) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: { page: join(here, "peers", file) },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "dataurl", ".woff": "dataurl", ".ttf": "dataurl" },
    logLevel: "error",
  });
}

const pages = {
  async rjsf(folder) {
    await bundle("rjsf", "rjsf.jsx", folder);
    return html("@rjsf/core", '<script type="module" src="page.js"></script>');
  },
  async swagger(folder) {
    await bundle("swagger", "swagger.mjs", folder);
    const parts = createRequire(import.meta.url)("swagger-ui-dist/absolute-path.js")();
    for (const name of ["swagger-ui.css", "swagger-ui-bundle.js"]) copyFileSync(join(parts, name), join(folder, name));
    const head = '<link rel="stylesheet" href="swagger-ui.css"><script defer src="swagger-ui-bundle.js"></script>';
    return html("Swagger UI", `${head}<script type="module" src="page.js"></script>`);
  },
  async cloudscape(folder) {
    await bundle("cloudscape", "cloudscape.jsx", folder);
    return html("Cloudscape", '<link rel="stylesheet" href="page.css"><script type="module" src="page.js"></script>');
  },
  async bare(folder) {
    const wasm = "wasm32-unknown-unknown";
    run("cargo", ["build", "--quiet", "--locked", "--profile", "page", "--target", wasm, "-p", "formsmith-bare"]);
    run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", folder, join(target, wasm, "page", "formsmith-bare.wasm")]);
    const module = join(folder, "formsmith-bare_bg.wasm");
    run("wasm-opt", ["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-reference-types", "--enable-sign-ext", "--enable-multivalue", "--enable-mutable-globals", "-o", module, module]);
    writeFileSync(join(folder, "page.js"), 'import start from "./formsmith-bare.js";\nstart();\n');
    return html("Leptos", '<script type="module" src="page.js"></script>');
  },
};

const sources = {
  rjsf: ["data.mjs", "peers/rjsf.jsx", "package-lock.json"],
  swagger: ["data.mjs", "peers/swagger.mjs", "package-lock.json"],
  cloudscape: ["data.mjs", "peers/cloudscape.jsx", "package-lock.json"],
  bare: ["bare/main.rs", "bare/Cargo.toml", "../../../Cargo.lock"],
};

/** Builds what is missing or older than what it is made of. */
export async function buildPages() {
  const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const [name, build] of Object.entries(pages)) {
    const folder = join(built, name);
    const index = join(folder, "index.html");
    const newest = Math.max(...["build.mjs", ...sources[name]].map((file) => changed(join(here, file))));
    if (changed(index) > newest) continue;
    console.log(`formsmith: building the page of ${name}${name === "bare" ? " (4 minutes the first time)" : ""}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const text = await build(folder);
    writeFileSync(index, text);
    run("node", ["tools/precompress.mjs", folder]);
  }
}

/** The version of a peer. */
export function version(name) {
  return JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8")).version;
}
