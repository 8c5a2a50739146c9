// Serves a folder as a static host does, brotli where a browser takes it.
import { once } from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves `folder` below `path`. `answer(name, request)` may answer for a name itself, with a value
 * that is sent as JSON.
 */
export async function serve(folder, { path = "/", answer = () => undefined } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = normalize(decodeURIComponent(pathname.slice(path.length)) || "index.html");
    // A page of nothing, from which the others are gone to.
    if (name === "blank") return response.writeHead(200, { "content-type": types[".html"] }).end("<!doctype html><title>-</title>");
    const made = answer(name, request);
    if (made !== undefined) {
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(made));
      return;
    }
    const inside = pathname.startsWith(path) && !name.startsWith("..");
    const takes = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
    const [small, plain] = await Promise.all([`${name}.br`, name].map((file) => inside && readFile(join(folder, file)).catch(() => undefined)));
    const body = (takes && small) || plain;
    if (!body) return response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    const headers = { "content-type": types[extname(name)] ?? "application/octet-stream", "cache-control": "max-age=3600" };
    if (body === small) headers["content-encoding"] = "br";
    response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}${path}`, close };
}
