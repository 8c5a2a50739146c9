// A signing proxy as one would write it in an afternoon: Node's http and the package aws4. It
// checks nothing; it signs what it gets and passes the answer on.
import { Agent, createServer, request as send } from "node:http";
import aws4 from "aws4";

const upstream = new URL(process.argv[2]);
const agent = new Agent({ keepAlive: true });
const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const options = aws4.sign(
    {
      agent,
      host: upstream.host,
      method: request.method,
      path: request.url,
      service: "servicecatalog",
      region: "us-east-1",
      headers: {
        "Content-Type": request.headers["content-type"],
        "X-Amz-Target": request.headers["x-amz-target"],
      },
      body,
    },
    credentials,
  );
  const onward = send({ ...options, host: upstream.hostname, port: upstream.port }, (answer) => {
    response.writeHead(answer.statusCode, { "Content-Type": answer.headers["content-type"] });
    answer.pipe(response);
  });
  onward.on("error", (error) => response.writeHead(502).end(error.message));
  onward.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(`127.0.0.1:${server.address().port}`));
