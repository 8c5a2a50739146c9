// Lets a built page reach proxies on the computer of whoever opens it: node tools/allow-proxy.mjs DIR
// Those let it in only if they were started with --allow-origin and the page's origin.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(process.argv[2], "index.html");
const page = readFileSync(file, "utf8");
const own = "connect-src 'self'";
if (!page.includes(`${own};`)) throw new Error(`${file} has no policy as expected`);
// A policy can't name addresses of IPv6.
writeFileSync(file, page.replace(`${own};`, `${own} http://127.0.0.1:* http://localhost:*;`));
