// One case against the proxy: sent, watched, judged.
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { exchange } from "./client.mjs";
import { change, written } from "./request.mjs";
import { fill, fillAll } from "./text.mjs";

/** A right request beside a hostile one is answered within this time, more than one past the proxy takes. */
const BESIDE = 250;
/** How long a case is waited for before the next begins, if it may take longer at all; one that idles disturbs nobody. */
const MOMENT = 1500;
const IDLE = 100;
const WITHIN = 5000;

/** Does the proxy sign and pass on a right request? Null if it does; else what happened instead. */
export async function serves(proxy, upstream, within = 3000) {
  let why;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (proxy.hasEnded) return { why: "it ended" };
    if (attempt > 0) await pause(300);
    try {
      why = await judgeGood(await proxy.prepare(), proxy, upstream, within);
    } catch (error) {
      why = { why: error.message };
    }
    if (!why.why) return null;
  }
  return why;
}

async function judgeGood({ request, mark }, proxy, upstream, within) {
  const { answers, ms } = await exchange(proxy.words.address, written(request), { within });
  const [answer] = answers;
  const reached = upstream.reached.filter((each) => each.mark === mark && each.isSigned && !each.isStale && !each.isElsewhere).length;
  const isRight = answer?.status === 200 && answer.complete && answer.body === "{}" && answers.length === 1 && reached === 1;
  return { ms, why: isRight ? null : `a right request got ${answer?.status ?? "no answer"} and was signed ${reached} times` };
}

/** Builds what the connections of a case send. */
async function build(spec, proxy, upstream) {
  const wants = spec.requests ?? [{ change: spec.change, good: spec.good }];
  const connections = [];
  const needsHidden = JSON.stringify(spec).includes("{hidden}");
  for (let n = 0; n < (spec.connections ?? 1); n += 1) {
    const made = [];
    for (const want of wants) {
      const own = await proxy.prepare({ steps: spec.steps });
      const words = { ...own.words };
      if (needsHidden) {
        const hidden = await proxy.prepare();
        words.hidden = written(hidden.request);
        made.hidden = hidden.mark;
      }
      change(own.request, [spec.all ?? [], want.change ?? []].flat(), proxy, words);
      if (wants.length > 1 && want !== wants.at(-1)) change(own.request, { remove: ["Connection"] }, proxy, words);
      made.push({ ...own, words, good: want.good ?? spec.served !== undefined, method: own.request.method });
      if (spec.answer) upstream.answers.set(own.mark, spec.answer);
    }
    const times = spec.times ?? 1;
    const text = made.map(({ request }) => written(request)).join("").repeat(times);
    connections.push({ made, text, methods: Array(times).fill(made.map(({ method }) => method)).flat() });
  }
  return connections;
}

/** Good requests while the case is under way: the slowest, and what went wrong. */
async function watchBeside(good, proxy, upstream) {
  let slowest = 0;
  for (const each of good) {
    await pause(30);
    // What this machine and this suite take is none of the proxy's.
    const direct = exchange(upstream.address, "GET / HTTP/1.1\r\nX-Control: 1\r\n\r\n", { methods: ["GET"] });
    const { ms, why } = await judgeGood(each, proxy, upstream, 3000);
    slowest = Math.max(slowest, Math.round(ms - (await direct).ms));
    if (why || slowest > BESIDE) return { slowest, why: why ?? `a right request beside it took ${slowest} ms` };
  }
  return { slowest };
}

/**
 * Plays a case. Gives its result, or `{ pending }`, a promise of it, if it takes longer than a moment and may.
 */
export async function play(spec, proxy, upstream) {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const from = upstream.reached.length;
  const connections = await build(spec, proxy, upstream);
  const good = [];
  if (spec.beside) for (let n = 0; n < 4; n += 1) good.push(await proxy.prepare());
  const options = { within: (spec.patience ?? WITHIN / 1000) * 1000, deliver: spec.deliver, signal: controller.signal };
  const address = proxy.words.address;
  if (spec.replay) await exchange(address, connections[0].text, { methods: connections[0].methods });
  const sent = connections.flatMap((connection) => {
    const ask = () => exchange(address, connection.text, { ...options, methods: connection.methods }).then((got) => ({ ...got, connection }));
    return Array.from({ length: spec.race ?? 1 }, ask);
  });
  const all = Promise.all(sent);
  const beside = spec.beside ? await watchBeside(good, proxy, upstream) : {};
  const finish = async () => judge(spec, await all, await settled(upstream, from), beside, proxy, from, upstream);
  // Whatever still goes on is not to be blamed on the next case.
  if (beside.why) controller.abort();
  const isSlow = spec.patience && !beside.why && (await Promise.race([all.then(() => false), pause(spec.idle ? IDLE : MOMENT, true)]));
  return isSlow ? { pending: finish() } : finish();
}

/** What was sent on before the answer came is there by now; what is sent on behind it comes soon. */
async function settled(upstream, from) {
  let before = -1;
  for (let n = 0; n < 10 && before !== upstream.reached.length; n += 1) {
    before = upstream.reached.length;
    await pause(15);
  }
  return upstream.reached.slice(from);
}

function judge(spec, got, reached, beside, proxy, from, upstream) {
  const made = got.flatMap(({ connection }) => connection.made);
  const marks = new Set(made.map(({ mark }) => mark));
  const hidden = new Set(got.map(({ connection }) => connection.made.hidden));
  const good = new Set(made.filter((each) => each.good).map(({ mark }) => mark));
  // Requests without a mark are this case's: cases begin one after the other.
  const own = reached.filter(({ mark }) => mark === undefined || marks.has(mark) || hidden.has(mark));
  const outcome = outcomeOf(spec, got, proxy);
  const result = (verdict, why) => ({ verdict, outcome, why, beside: beside.slowest });
  const signed = own.filter(({ isSigned }) => isSigned);
  const limit = (spec.limit ?? 1) * (spec.times ?? 1);
  const perMark = (mark) => signed.filter((each) => each.mark === mark).length;
  const wrong = signed.filter(({ mark, isElsewhere }) => isElsewhere || !(good.has(mark) || (spec.replay && marks.has(mark)) || (spec.race && marks.has(mark))));
  if (wrong.length > 0) return result("signed", `${wrong.length} signed: ${start(wrong[0].text)}`);
  const often = [...marks].find((mark) => perMark(mark) > limit);
  if (often) return result("signed", `signed ${perMark(often)} times: ${start(signed[0].text)}`);
  if (spec.served !== undefined) return served(spec, got, made.map(({ mark }) => perMark(mark)), result);
  const leak = leakOf(spec, got, own, proxy);
  if (leak) return result("leaked", leak);
  if (beside.why) return result("slow", beside.why);
  const leaves = ["close", "reset"].includes(spec.deliver?.then) || spec.deliver?.read === false;
  if (!leaves && got.some(({ end, answers }) => end === "open" && !answers.some(({ complete }) => complete))) {
    return result("hung", `no end within ${spec.patience ?? WITHIN / 1000} s`);
  }
  if (spec.dropped === false) {
    const dropped = got.filter(({ answers, connection }) => answers.filter((each) => each.complete).length < connection.methods.length);
    if (dropped.length > 0) return result("dropped", `${dropped.length} of ${got.length} connections got no answer`);
  }
  const statuses = got.flatMap(({ answers }) => answers.map(({ status }) => status));
  const isRefused = spec.good || spec.any || spec.replay || spec.race || spec.requests || statuses.every((status) => typeof status === "string" || status >= 400);
  return isRefused ? result("held") : result("accepted", `answered ${statuses}`);
}

/** A control: each of its requests must be signed once, and get what the upstream answered, whole. */
function served(spec, got, times, result) {
  const answers = got.flatMap((each) => each.answers);
  const isServed = answers.length === times.length && answers.every(({ status, complete }) => status === spec.served && complete);
  const lacks = spec.holds?.find((pattern) => !answers.every(({ head, body }) => new RegExp(pattern, "i").test(`${head}\r\n\r\n${body}`)));
  if (isServed && times.every((each) => each === 1) && !lacks) return result("held");
  return result("refused", lacks ? `the answer lacks ${lacks}` : `of ${times.length} right requests ${times.filter(Boolean).length} were signed`);
}

const start = (text) => JSON.stringify(text.slice(0, 120));

function leakOf(spec, got, own, proxy) {
  const { words } = proxy;
  const up = own.map(({ text }) => text.toLowerCase()).join("\n");
  const down = got.map((each) => each.got.toLowerCase()).join("\n");
  const unsigned = own.find(({ isSigned, isElsewhere }) => isElsewhere || !isSigned);
  if (unsigned) return `reached ${unsigned.isElsewhere ? "another address" : "the upstream"}: ${start(unsigned.text)}`;
  for (const text of [...(spec.never?.up ?? []), words.secret].filter(Boolean).map((each) => fill(each, words).toLowerCase())) {
    if (up.includes(text)) return `went up: ${text}`;
  }
  const always = [words["secret-key"], words["site-secret"], "access-control-allow-"];
  for (const text of [...always, ...fillAll(spec.never?.down ?? [], words)].map((each) => each.toLowerCase())) {
    if (down.includes(text)) return `came down: ${text}`;
  }
  const answers = got.flatMap((each) => each.answers);
  for (const { status, complete, head } of answers) {
    if (complete && (spec.not ?? []).includes(status)) return `answered ${status} as if all were well`;
    if (spec.holds && status === 200 && !spec.holds.some((pattern) => new RegExp(pattern, "i").test(head))) {
      return `the answer lacks ${spec.holds.map((each) => each.trim()).join(" or ")}`;
    }
  }
  const most = spec.replay || spec.race || got.length > 1 ? Infinity : (spec.most ?? got[0].connection.methods.length);
  if (answers.length > most) return `${answers.length} answers to ${most} requests`;
  return null;
}

/** Status and code of each answer, in a form that expectations can be written in. */
function outcomeOf(spec, got, proxy) {
  const each = got.map(({ answers, end }) => {
    const told = answers.map(({ status, headers, complete }) => {
      const code = headers.find(([name]) => name === proxy.roles.code?.toLowerCase())?.[1];
      return [status, code, complete ? null : "cut"].filter(Boolean).join(" ");
    });
    return told.length > 0 ? told.join(", ") : end;
  });
  return [...new Set(each)].sort().join(" / ");
}
