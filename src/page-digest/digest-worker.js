// Hashes one file that the page hands over, piece by piece, and says how far it is.
import init, { Digests } from "./formsmith-page-digest.js";

const PIECE = 4 << 20;

self.onmessage = async ({ data: { file, algorithms } }) => {
  try {
    await init({ module_or_path: new URL("formsmith-page-digest_bg.wasm", import.meta.url) });
  } catch {
    return self.postMessage({ error: "not started" });
  }
  try {
    const digests = new Digests(algorithms);
    for (let at = 0; at < file.size; at += PIECE) {
      digests.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
      self.postMessage({ done: Math.min(at + PIECE, file.size) });
    }
    self.postMessage({ digests: digests.finish() });
  } catch (cause) {
    self.postMessage({ error: String(cause) });
  }
};
