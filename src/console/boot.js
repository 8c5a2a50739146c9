// Starts the console. The page's policy allows no inline script, so this file reads the addresses
// and digests of the two parts from the preload links that the build writes.
const place = document.querySelector("#boot [role=status]");

function explain(text, cause) {
  place.setAttribute("role", "alert");
  place.textContent = text;
  if (cause) console.error(cause);
}

async function start() {
  const glue = document.querySelector("link[rel=modulepreload]");
  const wasm = document.querySelector("link[rel=preload][type='application/wasm']");
  const module = await import(glue.href);
  await module.default({ module_or_path: fetch(wasm.href, { integrity: wasm.integrity }) });
  document.getElementById("boot").remove();
}

// Parts that are modules of their own: a page loads one when it first asks for it, and only once.
const parts = {};
let failures = 0;
function load(file) {
  // A browser may remember that an address could not be imported.
  const again = failures ? `?${failures}` : "";
  return import(new URL(file + again, document.baseURI).href);
}
function failed(cause) {
  failures += 1;
  throw cause;
}
async function loadPart(name) {
  const module = await load(`formsmith-page-${name}.js`);
  await module.default({ module_or_path: new URL(`formsmith-page-${name}_bg.wasm`, document.baseURI) });
  return module;
}
function part(name) {
  parts[name] ??= loadPart(name).catch((cause) => {
    delete parts[name]; // so that the next request tries again
    failed(cause);
  });
  return parts[name];
}
globalThis.formsmithSandbox = () => part("sandbox");
globalThis.formsmithSnippets = () => part("snippets");
globalThis.formsmithDigests = () => load("digest.js").catch(failed);

if (window.top !== window.self) {
  // A page around this one could lay itself over the buttons.
  explain("Formsmith does not start inside another page. Open it in its own tab.");
} else if (typeof WebAssembly !== "object") {
  explain("Formsmith needs WebAssembly, which this browser lacks or has turned off.");
} else {
  start().catch((cause) => {
    explain("Formsmith could not start: a part of the page did not load or did not run. Reload the page to try again.", cause);
  });
}
