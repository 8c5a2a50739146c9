// Requests a second, latencies and CPU time of the proxy beside its peers, in turn, on loopback.
// ROUNDS and SECONDS change how often and how long each is measured.
import { cpus, loadavg } from "node:os";
import { aiohttp, audited, direct, formsmith, node } from "./targets.mjs";
import { measure } from "./wrk.mjs";

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 4);
const connections = [1, 8, 32];

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const [load] = loadavg();
if (load > 0.7) {
  console.log(`This machine is busy (load ${load.toFixed(1)}): fewer requests, more CPU time and longer waits than it could do.`);
}
const upstream = await direct();
const targets = [upstream, await formsmith(upstream), await node(upstream), await aiohttp(upstream), await audited(upstream)];
const minutes = Math.ceil((rounds * connections.length * targets.length * seconds) / 60 + 0.2);
console.log(`${cpus().length} × ${cpus()[0].model}, shared with wrk and the upstream.`);
console.log(`${rounds} rounds of ${seconds} seconds each, about ${minutes} minutes; medians:\n`);

for (const target of targets) await measure(target, 8, 2);
const runs = [];
for (let round = 0; round < rounds; round += 1) {
  for (const count of connections) {
    for (const target of targets) runs.push({ target, count, ...(await measure(target, count, seconds)) });
  }
}

function result(target, count) {
  const own = runs.filter((run) => run.target === target && run.count === count);
  return Object.fromEntries(["rate", "p50", "p99", "cpu"].map((key) => [key, median(own.map((run) => run[key]))]));
}

const [, proxy, peer] = targets;
const widths = [11, 18, 12, 9, 9, 17, 12];
const row = (...cells) => console.log(cells.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(""));
const milliseconds = (value) => (value / 1000).toFixed(2);
row("connections", "  target", "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "× node aws4");
for (const count of connections) {
  for (const target of targets) {
    const { rate, p50, p99, cpu } = result(target, count);
    const ratio = (rate / result(peer, count).rate).toFixed(1);
    row(String(count), `  ${target.name}`, rate.toFixed(0), milliseconds(p50), milliseconds(p99), cpu.toFixed(1), ratio);
  }
}

const [own, others] = [result(proxy, 8), result(peer, 8)];
const [share, times] = [own.cpu / others.cpu, own.rate / others.rate];
const verdict = (isMet) => (isMet ? "met" : "missed");
console.log(`\nAt 8 connections: ${share.toFixed(2)} of the CPU that node aws4 takes a request (goal: at most 0.28, ${verdict(share <= 0.28)}); `
  + `${times.toFixed(1)} times its requests (goal: at least 3.5, ${verdict(times >= 3.5)}).`);
process.exit();
