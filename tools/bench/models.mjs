// What all of AWS's models cost the proxy: until it listens, with the first request of a service, in
// memory, and with each decision. STARTS changes how often it is started.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request as http } from "node:http";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { direct, reading, target } from "./targets.mjs";
import { cpu, resident } from "./wrk.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const models = join(root, "models");
const starts = Number(process.env.STARTS ?? 9);
const twenty = "ec2 s3 iam sts lambda dynamodb sqs sns cloudwatch logs rds ecs ecr eks cloudformation kms secretsmanager ssm route53 elbv2".split(" ");
/** What the first request may cost in milliseconds. */
const goalOf = (service) => (service === "ec2" ? 400 : 150);

const read = (path) => JSON.parse(readFileSync(join(models, path), "utf8"));
const index = read("index.json").services;
const services = Object.keys(index);

/** The operations that only answer. */
const reads = new Map(services.map((service) => [service, new Set()]));
for (const line of readFileSync(join(root, "src/api/curated/classes/classes.txt"), "utf8").split("\n")) {
  const [name, kind] = line.split(" ");
  const [service, operation] = name.split(":");
  if (kind === "read") reads.get(service)?.add(operation);
}

/** A request of a service that needs least: it reads, and little stands in its path. */
function easiest(service) {
  const files = index[service].operations.map((_, at) => read(`services/${service}/${at}.json`));
  const all = files.flatMap((model) => Object.values(model.operations).map((operation) => ({ model, operation })));
  const own = all.filter(({ operation }) => reads.get(service).has(operation.name));
  const effort = ({ model, operation }) => (model.shapes[operation.input?.shape]?.required ?? []).length;
  const [{ model, operation }] = (own.length ? own : all).sort((one, other) => effort(one) - effort(other));
  return { service, ...written(model, operation) };
}

function written({ metadata, shapes }, { name, http: { method, requestUri }, input }) {
  const { jsonVersion, targetPrefix, apiVersion } = metadata;
  const protocols = metadata.protocols ?? [metadata.protocol];
  const speaks = ["json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query", "ec2"].find((one) => protocols.includes(one));
  const headers = { "X-Formsmith-Operation": name };
  switch (speaks) {
    case "json":
      return { method, path: "/", headers: { "Content-Type": `application/x-amz-json-${jsonVersion}`, "X-Amz-Target": `${targetPrefix}.${name}` }, body: "{}" };
    case "smithy-rpc-v2-cbor":
      return { method, path: `/service/${targetPrefix}/operation/${name}`, headers: { "Content-Type": "application/cbor", "Smithy-Protocol": "rpc-v2-cbor" }, body: Buffer.of(0xbf, 0xff) };
    case "query":
    case "ec2":
      return {
        method,
        path: "/",
        headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
        body: `Action=${name}&Version=${apiVersion}`,
      };
  }
  const { members = {}, required = [] } = shapes[input?.shape] ?? {};
  let path = requestUri.replace(/\{[^}]*\}/g, "name");
  for (const member of required) {
    const { location, locationName = member } = members[member];
    if (location === "querystring") path += `${path.includes("?") ? "&" : "?"}${locationName}=name`;
    if (location === "header") headers[locationName] = "name";
  }
  return { method, path, headers, body: "" };
}

/** Status and milliseconds. */
function send(agent, { address, token }, { service, method, path, headers, body }) {
  const [hostname, port] = address.split(":");
  const own = { ...headers, "X-Formsmith-Token": token, "Content-Length": Buffer.byteLength(body) };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path: `/api/${service}/us-east-1${path}`, headers: own };
    const asked = http(options, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode, took: performance.now() - began }));
    });
    asked.on("error", reject).end(body);
  });
}

function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}

let missed = 0;
function tell(what, value, goal, unit) {
  const isMet = value <= goal;
  missed += isMet ? 0 : 1;
  const number = (it) => (it < 10 ? it.toFixed(2) : it.toFixed(0));
  console.log(`${what}: ${number(value)} ${unit}, ${(value / goal).toFixed(2)} of the ${goal} it may (${isMet ? "met" : "missed"})`);
}

const [load] = loadavg();
console.log(`${cpus().length} × ${cpus()[0].model}, load ${load.toFixed(1)}${load > 0.7 ? ": a busy machine, on which all takes longer" : ""}.\n`);
const upstream = await direct();
const agent = new Agent({ keepAlive: true });
const proxy = () => reading(upstream, ["--models", models]);

/** On a busy machine a process waits for its turn: what it worked in milliseconds, in steps of ten. */
const worked = (costs) => console.log(`  CPU time: ${median(costs)} ms`);

const listening = [];
const startsCpu = [];
for (let at = 0; at < starts; at += 1) {
  const began = performance.now();
  const started = await proxy();
  listening.push(performance.now() - began);
  startsCpu.push(cpu(started.pid) / 1000);
  await started.end();
}
tell("until it listens, with all models", median(listening), 50, "ms");
worked(startsCpu);

for (const service of ["ec2", "s3", "iam", "sqs", "iot", "connect", "quicksight", "medialive", "sagemaker"]) {
  const request = easiest(service);
  const costs = [];
  const cpuCosts = [];
  for (let at = 0; at < 3; at += 1) {
    const started = await proxy();
    // The first of any service opens connections and asks whose credentials they are.
    await send(agent, started, easiest("sts"));
    const before = cpu(started.pid);
    const first = await send(agent, started, request);
    cpuCosts.push((cpu(started.pid) - before) / 1000);
    const others = [];
    for (let more = 0; more < 5; more += 1) others.push((await send(agent, started, request)).took);
    costs.push(first.took - median(others));
    await started.end();
  }
  tell(`first request of ${service}, more than the next`, median(costs), goalOf(service), "ms");
  worked(cpuCosts);
}

const started = await proxy();
console.log(`memory before the first request: ${(resident(started.pid) / 1000).toFixed(1)} MB`);
const megabytes = () => (resident(started.pid) * 1024) / 1e6;
for (const service of twenty) await send(agent, started, easiest(service));
tell("memory after one read of twenty services", megabytes(), 40, "MB");
const statuses = new Map();
for (const service of services) {
  const { status } = await send(agent, started, easiest(service));
  statuses.set(status, [...(statuses.get(status) ?? []), service]);
}
tell(`memory after a request of all ${services.length} services`, megabytes(), 120, "MB");
for (const [status, its] of statuses) {
  console.log(status === 200 ? `  signed and sent: ${its.length}` : `  refused with ${status} once the model was read: ${its.length}: ${its.join(" ")}`);
}
await started.end();

const decisions = execFileSync(join(target, "release/examples/decisions"), [models], { encoding: "utf8" });
const [, mean, count] = decisions.match(/^(\d+) ns .* (\d+) requests/);
tell(`a decision, the mean over ${count} requests, one of each operation`, mean / 1000, 2, "µs");
console.log(`  ${decisions.split("\n")[1]}`);
process.exit(missed ? 1 : 0);
