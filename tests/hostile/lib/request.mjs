// A right request, what a case changes in it, and its bytes.
import { NotApplicable, fill } from "./text.mjs";

/** A request as the proxy file has it. */
export function right(shape, words) {
  const body = fill(shape.body, words);
  const headers = Object.entries(shape.headers).map(([name, value]) => [name, fill(value, words)]);
  headers.push(["Content-Length", String(body.length)], ["Connection", "close"]);
  return { method: shape.method, target: fill(shape.target, words), version: "HTTP/1.1", headers, lines: [], replace: [], body, raw: null, after: "" };
}

const same = (one, other) => one.toLowerCase() === other.toLowerCase();

/** The name of a header: `@token` is the one that has that role with this proxy. */
function nameOf(name, roles) {
  return name.startsWith("@") ? (roles[name.slice(1)] ?? `X-${name.slice(1)}`) : name;
}

function remove(request, name) {
  request.headers = request.headers.filter(([own]) => !same(own, name));
}

function setLength(request) {
  const length = request.headers.find(([name]) => same(name, "Content-Length"));
  if (length) length[1] = String(request.body.length);
}

const changes = {
  method: (request, value) => (request.method = value),
  target: (request, value) => (request.target = value),
  version: (request, value) => (request.version = value),
  /** Takes the place of a header, or is added. */
  set(request, headers) {
    for (const [name, value] of headers) {
      remove(request, name);
      request.headers.push([name, value]);
    }
  },
  add: (request, headers) => request.headers.push(...headers),
  first: (request, headers) => request.headers.unshift(...headers),
  remove: (request, names) => names.forEach((name) => remove(request, name)),
  /** With its length, if the request still tells it. */
  body(request, value) {
    request.body = value;
    setLength(request);
  },
  /** The body alone: the headers say what they said. */
  payload: (request, value) => (request.body = value),
  /** A line of the head as it is. */
  line: (request, value) => request.lines.push(value),
  /** In the finished head. */
  replace: (request, pair) => request.replace.push(pair),
  /** Instead of all the rest. */
  raw: (request, value) => (request.raw = value),
  after: (request, value) => (request.after += value),
};

/** Applies a case's changes in their order. */
export function change(request, list, proxy, words) {
  for (const each of [list ?? []].flat()) {
    for (const [kind, value] of Object.entries(each)) {
      const here = {
        ...words,
        method: request.method,
        target: request.target,
        body: request.body,
        length: String(request.body.length),
        "hex-length": request.body.length.toString(16),
      };
      const named = (pairs) => Object.entries(pairs).map(([name, text]) => [fill(nameOf(name, proxy.roles), here), fill(text, here)]);
      if (kind === "place") {
        if (!proxy.place) throw new NotApplicable("the proxy's address names no service and region");
        request.target = fill(proxy.place.path, { ...proxy.place, ...value });
      } else if (["set", "add", "first"].includes(kind)) {
        changes[kind](request, named(value));
      } else if (kind === "remove") {
        changes.remove(request, value.map((name) => nameOf(name, proxy.roles)));
      } else if (kind === "replace") {
        changes.replace(request, value.map((text) => fill(text, here)));
      } else if (changes[kind]) {
        changes[kind](request, fill(value, here));
      } else {
        throw new Error(`${kind} is no change`);
      }
    }
  }
  return request;
}

/** What goes over the wire, one byte a character. */
export function written(request) {
  if (request.raw !== null) return request.raw;
  const lines = [
    `${request.method} ${request.target} ${request.version}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...request.lines,
  ];
  let head = `${lines.join("\r\n")}\r\n\r\n`;
  for (const [from, to] of request.replace) {
    if (!head.includes(from)) throw new NotApplicable(`the request has no ${JSON.stringify(from)}`);
    head = head.replaceAll(from, to);
  }
  return head + request.body + request.after;
}
