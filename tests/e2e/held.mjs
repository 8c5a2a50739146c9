// Answers that the test holds back.
import { openPage, startSite } from "./harness.mjs";
import { sees } from "./person.mjs";

/**
 * The page with a proxy whose answers the test gives when it likes: `answers[0](body)`. `prepare` runs
 * in the page before its own scripts.
 */
export async function openHeld(t, prepare) {
  const answers = [];
  const site = await startSite(t, {
    answer(name, response) {
      if (!name.startsWith("api/")) return false;
      const give = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
      if (name === "api/status") {
        give("application/json", JSON.stringify({ name: "formsmith-proxy", version: "0.0.0", targets: ["sandbox"] }));
      } else {
        answers.push((body) => give("application/x-amz-json-1.1", body));
      }
      return true;
    },
  });
  const opened = await openPage(t);
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.goto(site.url);
  await sees(() => opened.page.getByLabel("Target").inputValue(), "proxy-sandbox");
  return { ...opened, site, answers };
}
