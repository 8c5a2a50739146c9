// A plain static host under a path, as docs/hosting.md has it: one folder of files, the headers that
// are written there, and 404 for everything else. It can be stopped, and may have another build later.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { dist, types } from "./harness.mjs";

/** A name that changes with what the file holds. */
const hashed = /(^|\/)[\w-]+-[0-9a-f]{12,16}(\.|\/)/;

/** What a host says of a file beside its content. */
export function headersOf(name) {
  const page = name === "index.html" ? { "content-security-policy": "frame-ancestors 'none'" } : {};
  return {
    "content-type": types[extname(name)] ?? "application/json",
    "cache-control": hashed.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...page,
  };
}

/**
 * Serves a folder, the release page unless it is told, below `path` and nowhere else. `asked` has each
 * request, as its name in the folder and the status of the answer; `use` takes another folder.
 */
export async function startHost(t, { path = "/some/sub/path/", folder = dist } = {}) {
  const asked = [];
  let files = folder;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const isBelow = pathname.startsWith(path);
    const name = isBelow ? normalize(pathname.slice(path.length) || "index.html") : pathname;
    const read = (file) => readFile(join(files, file)).catch(() => null);
    const isOurs = isBelow && !name.startsWith("..");
    const takesBrotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
    const small = isOurs && takesBrotli ? await read(`${name}.br`) : null;
    const body = small ?? (isOurs ? await read(name) : null);
    const status = body ? 200 : 404;
    asked.push({ name, status });
    const headers = body ? headersOf(name) : { "content-type": "text/plain" };
    if (small) headers["content-encoding"] = "br";
    response.writeHead(status, headers).end(body ?? "not found");
  });
  const listen = async (port) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  };
  const stop = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const port = await listen(0);
  t.after(stop);
  return { url: `http://127.0.0.1:${port}${path}`, port, asked, stop, use: (other) => (files = other) };
}
