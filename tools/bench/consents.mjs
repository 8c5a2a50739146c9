// Consents for what the benchmarks send: the same request, agreed to many times.
import { createHash } from "node:crypto";

/** A list has 256 requests. Each is good once: it succeeds. */
const depth = 8;

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** The hash by which a request is agreed to; `headers` are those that travel to the service. */
function hash(method, path, headers, body) {
  const lines = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}:${value}`).sort();
  return sha256([method, path, ...lines, sha256(body).toString("hex")].join("\n"));
}

/** Proposes, and confirms what came back; answers the consent's name. */
async function agree({ address, token }, proposal) {
  const post = async (path, body) => {
    const headers = { "X-Formsmith-Token": token, "Content-Type": "application/json" };
    const answer = await fetch(`http://${address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}: ${told.message}`);
    return told;
  };
  const { id } = await post("/api/consents", proposal);
  await post(`/api/consents/${id}`, {});
  return id;
}

/**
 * The headers that differ from request to request, for at least so many requests: for each list
 * its name, how many requests it has, and the siblings of every proof. As all requests are one
 * and the same, so are all nodes of a row.
 */
export async function lists(proxy, request, count) {
  const { method, path, prefix, headers, body } = request;
  const [, , service, region] = prefix.split("/");
  const siblings = [];
  let node = sha256(Buffer.of(0), hash(method, prefix + path, headers, body));
  for (let row = 0; row < depth; row += 1) {
    siblings.push(node.toString("hex"));
    node = sha256(Buffer.of(1), node, node);
  }
  const proposal = {
    kind: "list",
    service,
    region,
    method,
    path,
    target: headers["X-Amz-Target"],
    root: node.toString("hex"),
    count: 2 ** depth,
    attempts: 1,
    minutes: 60,
  };
  const ids = [];
  while (ids.length * 2 ** depth < count) ids.push(await agree(proxy, proposal));
  return { ids, count: 2 ** depth, siblings: siblings.join(".") };
}

/** Ends what was agreed to and not used up: the proxy remembers a thousand consents that are still good. */
export async function withdraw({ address, token }, ids) {
  const headers = { "X-Formsmith-Token": token };
  for (const id of ids) await fetch(`http://${address}/api/consents/${id}`, { method: "DELETE", headers });
}

/** Names of as many consents to one request, each of which is good once, for a while. */
export async function runs(proxy, request, count) {
  const { method, path, prefix, headers, body } = request;
  const [, , service, region] = prefix.split("/");
  const digest = hash(method, prefix + path, headers, body).toString("hex");
  const proposal = { kind: "run", attempts: 1, service, region, method, path, target: headers["X-Amz-Target"], hash: digest };
  const ids = [];
  while (ids.length < count) ids.push(await agree(proxy, proposal));
  return ids;
}
