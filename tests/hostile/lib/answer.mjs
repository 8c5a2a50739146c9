// Reading HTTP/1.1 answers, as strictly as a client that must not be led astray.

/**
 * The answers that stand in what came; the last is not `complete` if more must follow. An answer that is
 * no HTTP has the status `garbage`. Informational answers are counted and left out.
 */
export function answersIn(text, methods, isClosed) {
  const answers = [];
  let rest = text;
  while (rest.length > 0) {
    const answer = one(rest, methods[answers.length] ?? "GET", isClosed);
    if (!answer) break;
    rest = rest.slice(answer.taken);
    if (!answer.isInformational) answers.push(answer);
    if (!answer.complete) break;
  }
  return answers;
}

function one(text, method, isClosed) {
  const end = text.indexOf("\r\n\r\n");
  const looksRight = "HTTP/1.".startsWith(text.slice(0, 7)) || text.startsWith("HTTP/1.");
  if (end < 0 || !looksRight) {
    if (!isClosed && looksRight) return null;
    return { status: looksRight ? "cut" : "garbage", head: text, headers: [], body: "", complete: isClosed, taken: text.length };
  }
  const head = text.slice(0, end);
  const [first, ...lines] = head.split("\r\n");
  const status = Number(first.split(" ")[1]);
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const value = (name) => headers.find(([own]) => own === name)?.[1];
  const answer = { status, head, headers, body: "", complete: true, taken: end + 4 };
  if (status >= 100 && status < 200 && status !== 101) return { ...answer, isInformational: true };
  const after = text.slice(end + 4);
  if (method === "HEAD" || status === 204 || status === 304) return answer;
  if (/chunked/i.test(value("transfer-encoding") ?? "")) return { ...answer, ...chunked(after, end + 4) };
  const length = value("content-length");
  if (length === undefined || status === 101) return { ...answer, body: after, complete: isClosed, taken: text.length };
  const body = after.slice(0, Number(length));
  return { ...answer, body, complete: body.length === Number(length), taken: end + 4 + body.length };
}

function chunked(text, before) {
  let body = "";
  let at = 0;
  for (;;) {
    const end = text.indexOf("\r\n", at);
    const size = end < 0 ? NaN : parseInt(text.slice(at, end), 16);
    if (Number.isNaN(size) || text.length < end + 2 + size + 2) return { body, complete: false, taken: before + text.length };
    body += text.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
    if (size === 0) return { body, complete: true, taken: before + at };
  }
}
