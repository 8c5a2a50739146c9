// Domains, services by their names, logs, alarms, APIs and things.
import assert from "node:assert/strict";
import { firstRow, ask, carryOut, column, find, perform, picked, undo } from "../journey.mjs";
import { sees, table, words, write } from "../person.mjs";

export const services = ["route53", "servicediscovery", "logs", "cloudwatch", "apigateway", "iot"];

export const journeys = {
  async "route 53: a zone is made, listed and counted"(page) {
    await perform(page, "create hosted zone", "Create hosted zone", { Name: "example.org", "Caller reference": "once" });
    await perform(page, "aws route53 list-hosted-zones", "List hosted zones");
    await sees(() => column(page, "Hosted zones", "Name"), ["example.org."]);
    await perform(page, "GetHostedZoneCount", "Get hosted zone count");
    await sees(() => words(page.locator("#result")), /Hosted zone count \S+ 1/);
  },

  async "cloud map: an instance of a service is registered, listed, and taken out by undoing"(page) {
    await perform(page, "create http namespace", "Create HTTP namespace", { Name: "shop" });
    await perform(page, "cloud map create service", "Create service", { "Namespace ID": picked("shop"), Name: "cart" });
    await find(page, "aws servicediscovery register-instance", "Register instance");
    await write(await firstRow(page, "Attributes"), { Name: "AWS_INSTANCE_IPV4", Value: "192.0.2.7" });
    await carryOut(page, "Register instance", { "Service ID": picked("cart"), "Instance ID": "i-1" });
    const instances = async (expected) => {
      await perform(page, "aws servicediscovery list-instances", "List instances", { "Service ID": picked("cart") });
      await sees(async () => (await table(page, "Instances")).map(([id]) => id), expected);
    };
    await instances(["i-1"]);
    await find(page, "RegisterInstance", "Register instance");
    await undo(page, "Deregister instance", "i-1");
    await instances(["No instances"]);
  },

  async "logs: a group is kept for a week, a stream in it taken back"(page) {
    await perform(page, "create log group", "Create log group", { "Log group name": "/shop/web" });
    await perform(page, "aws logs put-retention-policy", "Put retention policy", { "Log group name": picked("/shop/web"), "Retention in days": "7" });
    await perform(page, "CreateLogStream", "Create log stream", { "Log group name": picked("/shop/web"), "Log stream name": "one" });
    await undo(page, "Delete log stream", "one");
    await perform(page, "DescribeLogGroups", "Describe log groups");
    await ask(page, "logGroups[?retentionInDays==`7`]", /1 of 1 log group matches the query/);
  },

  async "cloudwatch: an alarm's actions are disabled, and enabled by undoing it"(page) {
    const alarm = { "Alarm name": "busy", "Metric name": "CPU", Namespace: "ours", Statistic: "Average", Period: "60", "Evaluation periods": "2", Threshold: "80", "Comparison operator": "GreaterThanThreshold" };
    await perform(page, "put metric alarm", "Put metric alarm", alarm);
    await perform(page, "disable alarm actions", "Disable alarm actions", { Item: picked("busy") });
    await perform(page, "aws cloudwatch describe-alarms", "Describe alarms");
    await ask(page, "MetricAlarms[?ActionsEnabled]", /0 of 1 metric alarm/);
    await find(page, "DisableAlarmActions", "Disable alarm actions");
    await undo(page, "Enable alarm actions", "busy");
    await perform(page, "DescribeAlarms", "Describe alarms");
    await ask(page, "MetricAlarms[?ActionsEnabled]", /1 of 1 metric alarm/);
  },

  async "api gateway: an API that is picked gets a path, which undoing takes away"(page) {
    await perform(page, "create rest api", "Create rest API", { Name: "shop" });
    const paths = async () => {
      await perform(page, "aws apigateway get-resources", "Get resources", { "Rest API ID": picked("shop") });
      return column(page, "Items", "Path");
    };
    assert.deepEqual(await paths(), ["/"]);
    const [root] = await column(page, "Items", "ID");
    await perform(page, "CreateResource apigateway", "Create resource", { "Rest API ID": picked("shop"), "Parent ID": root, "Path part": "orders" });
    assert.deepEqual((await paths()).sort(), ["/", "/orders"]);
    await find(page, "aws apigateway create-resource", "Create resource");
    await undo(page, "Delete resource", "Resource ID");
    assert.deepEqual(await paths(), ["/"]);
    await perform(page, "delete rest api", "Delete rest API", { "Rest API ID": picked("shop") });
  },

  async "iot: a thing of a type is registered and taken back"(page) {
    await perform(page, "create thing type", "Create thing type", { "Thing type name": "lamp" });
    await perform(page, "aws iot create-thing", "Create thing", { "Thing type name": picked("lamp"), "Thing name": "lamp-1" });
    await perform(page, "ListThings", "List things");
    await sees(() => column(page, "Things", "Thing type name"), ["lamp"]);
    await find(page, "CreateThing", "Create thing");
    await undo(page, "Delete thing", "lamp-1");
  },
};
