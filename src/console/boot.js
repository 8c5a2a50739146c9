// Starts the console, in the language of whoever reads it. The page's policy allows no inline script,
// so this file reads the addresses and digests of the two parts from the preload links that the build
// writes.
const glue = document.querySelector("link[rel=modulepreload]").href;
const place = document.querySelector("#boot [role=status]");
const root = document.documentElement;

// What the page has; src/words/languages has their texts, and English is compiled in.
const languages = ["en", "de", "ja", "zh-Hans"];
const said = {
  en: [
    "Formsmith is starting.",
    "Formsmith could not start: a part of the page did not load or did not run. Reload the page to try again.",
    "Formsmith does not start inside another page. Open it in its own tab.",
    "Formsmith needs WebAssembly, which this browser lacks or has turned off.",
  ],
  de: ["Formsmith wird gestartet.", "Formsmith konnte nicht gestartet werden. Laden Sie die Seite neu, um es noch einmal zu versuchen."],
  ja: ["Formsmith を起動しています。", "Formsmith を起動できませんでした。ページを再読み込みして、もう一度お試しください。"],
  "zh-Hans": ["正在启动 Formsmith。", "Formsmith 无法启动。请重新加载页面再试。"],
};

// The language that the person chose, or else the first of the browser's that there is: zh-TW is
// written otherwise than zh-Hans.
function language() {
  const written = (tag) => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language + script;
  };
  // There may be no storage, and a tag that is none.
  const attempt = (find) => {
    try {
      return find();
    } catch {}
  };
  const ours = (tag) => attempt(() => languages.find((own) => written(own) === written(tag)));
  return attempt(() => localStorage.getItem("formsmith.language")) || navigator.languages.map(ours).find(Boolean) || "en";
}
const tag = language();
root.lang = tag;
if (/^(ar|fa|he|ur)\b|-XB$/.test(tag)) root.dir = "rtl";
// What hardly anybody ever sees is in English alone.
const say = (at) => said[tag]?.[at] ?? said.en[at];
// Fetched beside the page itself; without them it is in English.
const texts = tag === "en" ? undefined : fetch(`words/${tag}.json`).then((found) => (found.ok ? found.text() : undefined), () => undefined);

place.textContent = say(0);
function explain(at, cause) {
  place.setAttribute("role", "alert");
  place.textContent = say(at);
  place.lang = said[tag]?.[at] ? tag : "en";
  if (cause) console.error(cause);
}

async function start() {
  const wasm = document.querySelector("link[rel=preload][type='application/wasm']");
  const bytes = fetch(wasm.href, { integrity: wasm.integrity });
  bytes.catch(() => {}); // told below
  const module = await import(glue);
  globalThis.formsmithTexts = await texts;
  await module.default({ module_or_path: bytes });
  document.getElementById("boot").remove();
  // Nobody waits for this, and not every browser has it.
  if (navigator.serviceWorker) setTimeout(() => load("offline.js").catch(() => {}), 5000);
}

// Parts that are modules of their own and lie beside the first: a page loads one when it first asks for
// it, and only once.
const parts = {};
let failures = 0;
function load(file) {
  // A browser may remember that an address could not be imported.
  const again = failures ? `?${failures}` : "";
  return import(new URL(file + again, glue).href);
}
function failed(cause) {
  failures += 1;
  throw cause;
}
async function loadPart(name) {
  const module = await load(`formsmith-page-${name}.js`);
  await module.default({ module_or_path: new URL(`formsmith-page-${name}_bg.wasm`, glue) });
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
  explain(2);
} else if (typeof WebAssembly !== "object") {
  explain(3);
} else {
  start().catch((cause) => {
    explain(1, cause);
  });
}
