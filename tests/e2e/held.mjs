// Answers that the test holds back.
import { openPage, startSite, version } from "./harness.mjs";
import { meets } from "./person.mjs";

/**
 * The page with a proxy whose answers the test gives when it likes: `answers[0](body)`, or with
 * another status than 200 `answers[0](body, 400)`; `answers[0].operation` is what was asked for,
 * `answers[0].body` with what, and `answers[0].cut()` breaks off in the middle of the body.
 * `prepare` runs in the page before its own scripts. With the target "aws" somebody is signed in.
 */
export async function openHeld(t, prepare, target = "sandbox") {
  const answers = [];
  const arn = "arn:aws:sts::123456789012:assumed-role/Admin/alice";
  const identity = { label: arn, account: "123456789012", arn };
  const site = await startSite(t, {
    answer(name, response) {
      if (!name.startsWith("api/")) return false;
      const give = (type, body, status = 200) => response.writeHead(status, { "content-type": type }).end(body);
      if (name === "api/status") {
        give("application/json", JSON.stringify({ name: "formsmith-proxy", version, targets: [target], identity }));
      } else if (name.startsWith("api/explain/")) {
        give("application/json", JSON.stringify({ class: "write", flag: "--allow-write", refusal: null }));
      } else if (name.startsWith("api/consents")) {
        const proposal = { id: "0".repeat(32), host: "servicecatalog.us-east-1.amazonaws.com", signingRegion: "us-east-1", class: "write", identity };
        give("application/json", JSON.stringify(name === "api/consents" ? proposal : { confirmed: true }));
      } else {
        const answer = (body, status) => give("application/x-amz-json-1.1", body, status);
        const operation = response.req.headers["x-amz-target"]?.split(".").at(-1);
        const cut = () => response.writeHead(200).write("{", () => response.destroy());
        const held = Object.assign(answer, { operation, cut, body: "" });
        response.req.on("data", (bytes) => (held.body += bytes));
        answers.push(held);
      }
      return true;
    },
  });
  const opened = await openPage(t);
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.goto(site.url);
  await meets(opened.page, `proxy-${target}`);
  return { ...opened, site, answers };
}
