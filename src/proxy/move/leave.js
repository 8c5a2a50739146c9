// At the plain address, which another server may have tomorrow: goes on to the address that only
// this proxy has, with everything that the console keeps in this browser. Nothing is removed
// before it has arrived there; where something fails, the console opens where the data is.
import { everything, remove } from "/move/kept.js";

const PATIENCE_MS = 2000;
const ARRIVED = /^moved=([0-9a-f]{32})(?:&(.*))?$/s;
/** What stands for the id where there is nothing to take. */
const NOTHING = "-";

const said = (name) => document.querySelector(`meta[name=formsmith-${name}]`).content;
const own = said("origin");
/** The most that the proxy takes. */
const most = Number(said("move-bytes"));

/** The console here, which is told why it stays. */
function stay(reason, fragment) {
  location.replace(`/index.html?move=${reason}${fragment && `#${fragment}`}`);
}

function leaveWith(id, fragment) {
  location.replace(`${own}/move/?from=${encodeURIComponent(location.hostname)}#${id}&${fragment}`);
}

/**
 * Whether this browser finds this proxy by the name. What answers there can't be read: the proxy
 * says here whether the nonce has come to it.
 */
async function isFound() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const nonce = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await fetch(`${own}/move/here?${nonce}`, { mode: "no-cors", credentials: "omit", cache: "no-store", signal });
    const { found } = await ask(`/probes/${nonce}`, { method: "POST", signal });
    return found;
  } catch {
    return false;
  }
}

async function ask(path, options) {
  const response = await fetch(`/api/move${path}`, options);
  if (!response.ok) throw new Error(`The proxy answered with ${response.status}.`);
  return response.json();
}

async function leave(fragment) {
  if (!(await isFound())) return stay("unresolved", fragment);
  try {
    const data = await everything();
    if (!data) return leaveWith(NOTHING, fragment);
    const body = new Blob([JSON.stringify(data)], { type: "application/json" });
    if (body.size > most) return stay("large", fragment);
    const { id } = await ask("", { method: "POST", body });
    leaveWith(id, fragment);
  } catch (cause) {
    console.warn(cause);
    stay("failed", fragment);
  }
}

/** Back from the other address. What can't be removed now is taken along, and compared, next time. */
async function finish(id, fragment) {
  try {
    const { arrived, skipped } = await ask(`/${id}/arrived`);
    if (arrived) {
      await remove(await ask(`/${id}`), skipped);
      await ask(`/${id}`, { method: "DELETE" });
    }
  } catch (cause) {
    console.warn(cause);
  }
  location.replace(`${own}/${fragment && `#${fragment}`}`);
}

const fragment = location.hash.slice(1);
const arrived = ARRIVED.exec(fragment);
if (arrived) finish(arrived[1], arrived[2] ?? "");
else leave(fragment);
