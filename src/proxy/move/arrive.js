// At the address that only this proxy has: takes what `leave.js` has brought to the proxy, says
// that it has arrived, and goes back so that it is removed there.
import { take } from "/move/kept.js";

const MOVE = /^([0-9a-f]{32}|-)&(.*)$/s;
/** The names by which the plain address may have been opened: no link leads elsewhere from here. */
const PLAIN = ["127.0.0.1", "localhost", "[::1]"];

const [, id, fragment] = MOVE.exec(location.hash.slice(1)) ?? [null, "-", ""];
const asked = new URLSearchParams(location.search).get("from");
const from = PLAIN.includes(asked) ? asked : PLAIN[0];
const plain = `http://${from}${location.port && `:${location.port}`}`;
const rest = fragment && `#${fragment}`;

async function move() {
  const response = await fetch(`/api/move/${id}`);
  if (!response.ok) throw new Error(`The proxy answered with ${response.status}.`);
  const skipped = await take(await response.json());
  const body = JSON.stringify({ skipped });
  const heard = await fetch(`/api/move/${id}/arrived`, { method: "POST", body });
  if (!heard.ok) throw new Error(`The proxy answered with ${heard.status}.`);
}

if (!window.isSecureContext) {
  // Such a browser gives a page here no digests, without which the console can't work.
  location.replace(`${plain}/index.html?move=insecure${rest}`);
} else if (id === "-") {
  location.replace(`/${rest}`);
} else {
  move().then(
    () => location.replace(`${plain}/#moved=${id}&${fragment}`),
    (cause) => {
      console.warn(cause);
      const reason = cause?.name === "QuotaExceededError" ? "full" : "failed";
      location.replace(`${plain}/index.html?move=${reason}${rest}`);
    },
  );
}
