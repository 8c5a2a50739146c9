// Has the browser keep the page, so that it opens without a network: where a plain host serves it, and
// not where the proxy or a development server does, whose page goes with what answers it.
const HOUR_MS = 3_600_000;
const { serviceWorker } = navigator;
const at = (name) => new URL(name, document.baseURI).href;
const address = at("service-worker.js");
const policy = globalThis.trustedTypes?.createPolicy("formsmith-offline", { createScriptURL: () => address });

/** Who serves this page: `static`, or the proxy by its name. */
async function host() {
  const response = await fetch(at("api/status"));
  return (await response.json()).name;
}

/** What keeps this page, and not another one in a folder above. */
async function keeper() {
  const registration = await serviceWorker.getRegistration();
  return registration?.scope === at("./") ? registration : undefined;
}

/** Another server had this origin before, and what was kept of it would stand in the way. */
async function forget() {
  const registration = await keeper();
  if (!registration) return;
  const { pathname } = new URL(registration.scope);
  await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`formsmith ${pathname} `)) await caches.delete(name);
}

/** Tells the page of a build that is there and waits for the person. */
function watch(registration) {
  const offer = () => {
    if (registration.waiting && registration.active) dispatchEvent(new Event("formsmith-update"));
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  globalThis.formsmithTakeUpdate = () => {
    const { waiting } = registration;
    // Another tab may have taken it.
    if (!waiting) return location.reload();
    waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
    waiting.postMessage("take over");
  };
  offer();
  registration.active?.postMessage("tidy");
  // A browser looks by itself when a page is opened.
  setInterval(() => registration.update().catch(() => {}), HOUR_MS);
}

async function start() {
  const name = await host().catch(() => null);
  if (name === "formsmith-proxy") return forget();
  const script = policy ? policy.createScriptURL(address) : address;
  const registration = name === "static" ? await serviceWorker.register(script) : await keeper();
  if (registration) watch(registration);
}

// A browser that keeps nothing, as in a private window, has the page from its host as before.
start().catch(() => {});
