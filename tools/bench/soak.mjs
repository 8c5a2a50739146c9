// A million requests over 8 connections: does the proxy's memory stay what it was?
// REQUESTS changes how many.
import { direct, formsmith } from "./targets.mjs";
import { measure, resident } from "./wrk.mjs";

const requests = Number(process.env.REQUESTS ?? 1_000_000);
const marks = [0.1, 0.5, 1];
/** What a process may grow by without growing: pages that the allocator has kept. */
const slack = 2048;
const latest = Date.now() + 20 * 60_000;

const proxy = await formsmith(await direct());
const number = (value) => value.toLocaleString("en-US");
console.log(`at the start: ${number(resident(proxy.pid))} KiB`);
const seen = [];
for (let sent = 0; seen.length < marks.length; ) {
  sent += (await measure(proxy, 8, 2)).requests;
  while (seen.length < marks.length && sent >= marks[seen.length] * requests) {
    seen.push(resident(proxy.pid));
    console.log(`after ${number(sent)} requests: ${number(seen.at(-1))} KiB`);
  }
  if (Date.now() > latest) throw new Error(`only ${number(sent)} requests in 20 minutes.`);
}
const growth = seen.at(-1) - seen[0];
const isFlat = growth <= slack;
console.log(`It ${isFlat ? "stayed flat" : "grew"}: ${number(growth)} KiB from the first tenth to the end.`);
process.exit(isFlat ? 0 : 1);
