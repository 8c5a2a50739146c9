// Keeps one build of the page, so that it opens and works without a network. tools/worker.mjs puts
// before this what is known of the build: BUILD, its name; FILES, each of its files with the SHA-256 in
// Base64; MODELS, the name of the models of AWS that came with it.
//
// A page gets every file from the build that it was opened with, also when another has taken over in the
// meantime. A file is kept if it is what was built, and not otherwise.
const root = new URL(registration.scope);
/** One origin may have several consoles, each in a folder of its own. */
const OURS = `formsmith ${root.pathname} `;
/** Which build each open page was opened with, by the browser's id of the page. */
const PAGES = `${OURS}pages`;
const buildCache = (build) => `${OURS}build ${build}`;
const modelCache = (models) => `${OURS}models ${models}`;

const own = { build: BUILD, models: MODELS };
/** So many files of AWS's models are kept: some fifty services that were used. */
const MOST_MODELS = 200;
/** So many are fetched at a time, as the page may want something meanwhile. */
const AT_ONCE = 3;

const addressOf = (name) => new URL(name === "index.html" ? "./" : name, root).href;

async function hashOf(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** A file of this build: from the browser's own cache if it is there, else from the host. */
async function built(name) {
  for (const cache of ["force-cache", "reload"]) {
    const response = await fetch(addressOf(name), { cache });
    const bytes = await response.arrayBuffer();
    if (!response.ok || (await hashOf(bytes)) !== FILES[name]) continue;
    // It is not compressed any more; and a page can't be opened by an answer that was redirected.
    const headers = new Headers(response.headers);
    for (const gone of ["content-encoding", "content-length"]) headers.delete(gone);
    return new Response(bytes, { headers });
  }
  throw new Error(`${addressOf(name)} is not what was built.`);
}

async function install() {
  const cache = await caches.open(buildCache(BUILD));
  const names = Object.keys(FILES);
  const some = async () => {
    for (let name; (name = names.pop()); ) {
      const address = addressOf(name);
      if (!(await cache.match(address))) await cache.put(address, await built(name));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

const pageKey = (id) => new URL(`page/${id}`, root).href;

/** What the page was opened with. Workers of a page have no entry, and load only files with a hash in their address. */
async function openedWith(id) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(pageKey(id));
  return kept ? kept.json() : own;
}

async function open(event) {
  const kept = await caches.match(addressOf("index.html"), { cacheName: buildCache(BUILD) });
  // A browser that lacks room throws away everything that is kept.
  if (!kept) return fetch(event.request);
  const pages = await caches.open(PAGES);
  await pages.put(pageKey(event.resultingClientId), Response.json(own));
  return kept;
}

async function file(event, name) {
  const { request, clientId } = event;
  const { build, models } = await openedWith(clientId);
  const address = addressOf(name);
  const kept = await caches.match(address, { cacheName: buildCache(build) });
  if (kept) return kept;
  if (name.startsWith("models/aws/")) return model(event, address, models);
  return (await caches.match(address)) ?? fetch(request);
}

async function model(event, address, models) {
  const cacheName = modelCache(models);
  const kept = await caches.match(address, { cacheName });
  if (kept) return kept;
  const response = await fetch(event.request);
  // Beside another build the host has the models of that one. The page doesn't wait for the keeping.
  if (response.ok && models === MODELS) {
    const copy = response.clone();
    event.waitUntil(caches.open(cacheName).then((cache) => keep(cache, address, copy)));
  }
  return response;
}

async function keep(cache, address, response) {
  try {
    await cache.put(address, response);
    const keys = await cache.keys();
    for (const oldest of keys.slice(0, Math.max(0, keys.length - MOST_MODELS))) await cache.delete(oldest);
  } catch {
    // There is no room: the page has its answer all the same.
  }
}

/** Deletes what no page that is open was opened with. */
async function tidy() {
  const names = await caches.keys();
  // What is just being fetched belongs to the next build.
  if (registration.installing || registration.waiting) return;
  const opened = await clients.matchAll({ includeUncontrolled: true });
  const ids = new Set(opened.map(({ id }) => pageKey(id)));
  const used = new Set([PAGES, buildCache(BUILD), modelCache(MODELS)]);
  const pages = await caches.open(PAGES);
  for (const key of await pages.keys()) {
    if (!ids.has(key.url)) {
      await pages.delete(key);
      continue;
    }
    const { build, models } = await (await pages.match(key)).json();
    used.add(buildCache(build)).add(modelCache(models));
  }
  for (const name of names) if (name.startsWith(OURS) && !used.has(name)) await caches.delete(name);
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
  if (event.data === "tidy") event.waitUntil(tidy());
});
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(root.href)) return;
  const name = new URL(url).pathname.slice(root.pathname.length) || "index.html";
  // What answers for services is never kept, and never comes from here.
  if (name.startsWith("api/")) return;
  if (mode !== "navigate") event.respondWith(file(event, name));
  else if (name === "index.html") event.respondWith(open(event));
});
