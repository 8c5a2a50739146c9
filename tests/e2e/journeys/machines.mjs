// Instances, containers, functions, and what balances their load.
import { firstRow, ask, carryOut, column, find, perform, picked, undo, useIn } from "../journey.mjs";
import { addSettings, sees, table, write } from "../person.mjs";

export const services = ["ec2", "elbv2", "lambda", "ecs", "ecr", "efs"];

export const journeys = {
  async "ec2: instances are run, stopped, started by undoing, tagged and terminated"(page) {
    await perform(page, "launch an instance", "Run instances", { "Subnet ID": picked("us-east-1b"), "Min count": "3", "Max count": "3", "Image ID": "ami-12c6146b" });
    const ids = (await table(page, "Instances")).map(([id]) => id);
    await perform(page, "StopInstances", "Stop instances", { Item: picked(ids[0]) });
    const states = async (expected) => {
      await perform(page, "aws ec2 describe-instances", "Describe instances");
      await sees(async () => (await column(page, "Instances", "State")).sort(), expected);
    };
    await states(["running", "running", "stopped"]);
    await find(page, "StopInstances", "Stop instances");
    await undo(page, "Start instances", ids[0]);
    await states(["running", "running", "running"]);
    await useIn(page, "Instances", ids.slice(0, 2), "Create tags");
    await write(await firstRow(page, "Tags"), { Key: "owner", Value: "ida" });
    await carryOut(page, "Create tags");
    await perform(page, "DescribeInstances", "Describe instances");
    await ask(page, "Reservations[].Instances[?Tags[?Key=='owner' && Value=='ida']][]", /2 of 3 instances match the query/);
    await useIn(page, "Instances", ids.slice(0, 2), "Terminate instances");
    await carryOut(page, "Terminate instances");
    await states(["running", "terminated", "terminated"]);
  },

  async "elbv2: a target group in a VPC that is picked is listed and deleted"(page) {
    await perform(page, "create target group", "Create target group", { "VPC ID": picked("172.31.0.0/16"), Name: "web", Protocol: "HTTP", Port: "8080" });
    await perform(page, "aws elbv2 describe-target-groups", "Describe target groups");
    await sees(() => column(page, "Target groups", "Target group name"), ["web"]);
    await useIn(page, "Target groups", ["web"], "Delete target group");
    await carryOut(page, "Delete target group");
  },

  async "lambda: a function with a role that is picked is made and changed"(page) {
    await perform(page, "create an iam role", "Create role", { "Role name": "runner", "Assume role policy document": '{"Version":"2012-10-17","Statement":[]}' });
    await find(page, "create lambda function", "Create function");
    await addSettings(page.getByRole("group", { name: /^Code/ }), "Zip file");
    await carryOut(page, "Create function", { Role: picked("runner"), "Function name": "hello", Runtime: "python3.12", Handler: "index.handler", "Zip file": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" });
    await perform(page, "UpdateFunctionConfiguration", "Update function configuration", { "Function name": picked("hello"), "Memory size": "256" });
    await perform(page, "aws lambda list-functions", "List functions");
    await ask(page, "Functions[].MemorySize", /The query returns 1 item/);
  },

  async "ecr and ecs: a repository is taken back, a cluster deleted"(page) {
    await perform(page, "create ecr repository", "Create repository", { "Repository name": "team/app" });
    await perform(page, "DescribeRepositories ecr", "Describe repositories");
    await sees(() => column(page, "Repositories", "Repository name"), ["team/app"]);
    await find(page, "aws ecr create-repository", "Create repository");
    await undo(page, "Delete repository", "team/app");
    await perform(page, "create ecs cluster", "Create cluster", { "Cluster name": "ours" });
    await perform(page, "aws ecs list-clusters", "List clusters");
    await useIn(page, "Cluster ARNs", ["cluster/ours"], "Delete cluster");
    await carryOut(page, "Delete cluster");
  },

  async "efs: a file system is made, described and deleted"(page) {
    await perform(page, "create file system efs", "Create file system");
    await perform(page, "aws efs describe-file-systems", "Describe file systems");
    await useIn(page, "File systems", ["fs-"], "Delete file system");
    await carryOut(page, "Delete file system");
  },
};
