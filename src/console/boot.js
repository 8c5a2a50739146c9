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

// The sandbox is a module of its own: only pages that ask it something load it, and only once.
let sandbox;
async function loadSandbox() {
  const module = await import(new URL("formsmith-page-sandbox.js", document.baseURI).href);
  await module.default({ module_or_path: new URL("formsmith-page-sandbox_bg.wasm", document.baseURI) });
  return module;
}
globalThis.formsmithSandbox = () => {
  sandbox ??= loadSandbox().catch((cause) => {
    sandbox = undefined; // so that the next request tries again
    throw cause;
  });
  return sandbox;
};

if (window.top !== window.self) {
  // A page around this one could lay itself over the buttons.
  explain("Formsmith does not start inside another page. Open it in a tab of its own.");
} else if (typeof WebAssembly !== "object") {
  explain("Formsmith needs WebAssembly, which this browser lacks or has turned off.");
} else {
  start().catch((cause) => {
    explain("Formsmith could not start: a part of the page did not load or did not run. Reload the page to try again.", cause);
  });
}
