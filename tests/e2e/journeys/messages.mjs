// Queues, topics, events, streams and state machines.
import assert from "node:assert/strict";
import { ask, carryOut, column, find, perform, picked, undo, useIn } from "../journey.mjs";
import { sees, table, words } from "../person.mjs";

export const services = ["sqs", "sns", "events", "kinesis", "stepfunctions"];

export const journeys = {
  async "sqs: a message goes through a queue, and a queue made by mistake is taken back"(page) {
    for (const name of ["orders", "oders"]) {
      await perform(page, "make a queue", "Create queue", { "Queue name": name });
    }
    await undo(page, "Delete queue", "oders");
    await perform(page, "ListQueues", "List queues");
    await sees(async () => (await table(page, "Queue URLs")).map(([url]) => url.split("/").at(-1)), ["orders"]);
    await useIn(page, "Queue URLs", ["orders"], "Send message");
    await carryOut(page, "Send message", { "Message body": "too early" });
    await perform(page, "aws sqs purge-queue", "Purge queue", { "Queue URL": picked("orders") });
    await perform(page, "send a message sqs", "Send message", { "Queue URL": picked("orders"), "Message body": "two lamps & a chair" });
    await perform(page, "aws sqs receive-message", "Receive message", { "Queue URL": picked("orders"), "Max number of messages": "10" });
    await sees(() => column(page, "Messages", "Body"), ["two lamps & a chair"]);
  },

  async "sns: a topic is subscribed to, published to, and left"(page) {
    await perform(page, "new topic", "Create topic", { Name: "news" });
    await perform(page, "sns subscribe", "Subscribe", { "Topic ARN": picked("news"), Protocol: "email", Endpoint: "ida@example.org" });
    await perform(page, "aws sns publish --topic-arn x", "Publish", { "Topic ARN": picked("news"), Message: "It is here." });
    await perform(page, "subscriptions by topic", "List subscriptions by topic", { "Topic ARN": picked("news") });
    await sees(() => column(page, "Subscriptions", "Endpoint"), ["ida@example.org"]);
    await useIn(page, "Subscriptions", ["ida@example.org"], "Unsubscribe");
    await carryOut(page, "Unsubscribe");
  },

  async "eventbridge: a rule is disabled and, undone, enabled again"(page) {
    await perform(page, "eventbridge put rule", "Put rule", { Name: "nightly", "Schedule expression": "rate(1 day)" });
    await perform(page, "DisableRule", "Disable rule", { Name: picked("nightly") });
    const state = async (expected) => {
      await perform(page, "aws events list-rules", "List rules");
      await sees(() => column(page, "Rules", "State"), [expected]);
    };
    await state("DISABLED");
    await find(page, "DisableRule", "Disable rule");
    await undo(page, "Enable rule", "nightly");
    await state("ENABLED");
  },

  async "kinesis: a record is put into a stream, whose shards are listed"(page) {
    await perform(page, "create kinesis stream", "Create stream", { "Stream name": "clicks", "Shard count": "3" });
    await perform(page, "kinesis put record", "Put record", { "Stream name": picked("clicks"), Data: Buffer.from("a click").toString("base64"), "Partition key": "a" });
    await perform(page, "aws kinesis list-shards", "List shards", { "Stream name": picked("clicks") });
    await ask(page, "Shards[?ends_with(ShardId, '2')].ShardId", /1 of 3 shards match|The query returns 1 item/);
    await perform(page, "DescribeStreamSummary", "Describe stream summary", { "Stream name": picked("clicks") });
    await sees(() => words(page.locator("#result")), /Open shard count \S+ 3/);
  },

  async "step functions: a machine is made with a role that is picked, started and stopped again"(page) {
    await perform(page, "aws iam create-role", "Create role", { "Role name": "machine", "Assume role policy document": '{"Version":"2012-10-17","Statement":[]}' });
    const definition = JSON.stringify({ StartAt: "A", States: { A: { Type: "Wait", Seconds: 600, End: true } } });
    await perform(page, "create state machine", "Create state machine", { "Role ARN": picked("machine"), Name: "waiter", Definition: definition });
    await perform(page, "start execution of a state machine", "Start execution", { "State machine ARN": picked("waiter") });
    await undo(page, "Stop execution", "execution:waiter");
    await perform(page, "ListExecutions", "List executions", { "State machine ARN": picked("waiter") });
    await sees(() => column(page, "Executions", "Status"), ["ABORTED"]);
    await useIn(page, "Executions", ["ABORTED"], "Describe execution");
    await carryOut(page, "Describe execution");
    assert.match(await words(page.locator("#result")), /ABORTED/);
  },
};
