// Who may do what, keys, secrets, parameters, certificates.
import assert from "node:assert/strict";
import { firstRow, carryOut, column, find, main, pages, perform, picked, undo, useIn } from "../journey.mjs";
import { button, sees, table, words, write } from "../person.mjs";
import { choices, openList, pick } from "../picks.mjs";

export const services = ["iam", "kms", "secretsmanager", "ssm", "acm", "cognito-idp"];

const nobody = '{"Version":"2012-10-17","Statement":[]}';
const reading = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] });

export const journeys = {
  async "iam: a policy is attached to a role, and detached again by undoing it"(page) {
    await perform(page, "create an iam role", "Create role", { "Role name": "auditor", "Assume role policy document": nobody });
    await perform(page, "aws iam create-policy", "Create policy", { "Policy name": "reads-objects", "Policy document": reading });
    await perform(page, "attach a policy to a role", "Attach role policy", { "Role name": picked("auditor"), "Policy ARN": picked("reads-objects") });
    const attached = async (expected) => {
      await perform(page, "ListAttachedRolePolicies", "List attached role policies", { "Role name": picked("auditor") });
      await sees(async () => (await words(page.locator("#result"))).includes("reads-objects"), expected);
    };
    await attached(true);
    await find(page, "AttachRolePolicy", "Attach role policy");
    await undo(page, "Detach role policy", "policy/reads-objects");
    await attached(false);
  },

  async "iam: a user is deleted from the list of all, another taken from a group"(page) {
    for (const name of ["ada", "grace", "ida"]) {
      await perform(page, "create user iam", "Create user", { "User name": name });
    }
    await perform(page, "CreateGroup iam", "Create group", { "Group name": "staff" });
    await perform(page, "aws iam list-users", "List users");
    await sees(() => pages(page), /^3 users, all pages loaded/);
    await useIn(page, "Users", ["grace"], "Delete user");
    await carryOut(page, "Delete user");
    for (const name of ["ada", "ida"]) {
      await perform(page, "add user to group", "Add user to group", { "Group name": picked("staff"), "User name": picked(name) });
    }
    await undo(page, "Remove user from group", "ida");
    await perform(page, "iam get group", "Get group", { "Group name": picked("staff") });
    await sees(() => column(page, "Users", "User name"), ["ada"]);
  },

  async "kms: a key by its alias is disabled, and enabled again by undoing it"(page) {
    await perform(page, "create kms key", "Create key", { Description: "for letters" });
    const [id] = (await words(page.locator("#result"))).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
    await find(page, "aws kms create-alias", "Create alias");
    await openList(main(page), "Target key ID");
    await page.locator(".pick-popup").getByRole("button", { name: "List keys" }).click();
    await choices(page).getByRole("option").filter({ hasText: id }).click();
    await carryOut(page, "Create alias", { "Alias name": "alias/letters" });
    await find(page, "disable encryption key", "Disable key");
    assert.equal(await pick(main(page), "Key ID", "alias/letters"), id);
    await carryOut(page, "Disable key");
    const state = async (expected) => {
      await perform(page, "DescribeKey", "Describe key", { "Key ID": picked("alias/letters") });
      await sees(() => words(page.locator("#result")), expected);
    };
    await state(/Key state \S+ Disabled/);
    await find(page, "DisableKey", "Disable key");
    await undo(page, "Enable key", id);
    await state(/Key state \S+ Enabled/);
  },

  async "secrets manager: a secret is made, found in the list and read, and shows when it is asked for"(page) {
    await perform(page, "new secret", "Create secret", { Name: "shop/db", "Secret string": "hush-4711" });
    await perform(page, "list secrets", "List secrets");
    await useIn(page, "Secrets", ["shop/db"], "Get secret value");
    await carryOut(page, "Get secret value");
    const result = page.locator("#result");
    assert.doesNotMatch(await words(result), /hush-4711/);
    await result.getByRole("button", { name: "Show secret string" }).click();
    await sees(() => words(result), /hush-4711/);
    await perform(page, "aws secretsmanager delete-secret", "Delete secret", { "Secret ID": picked("shop/db") });
  },

  async "ssm: parameters are put, described, and deleted by their names"(page) {
    for (const name of ["/shop/url", "/shop/port"]) {
      await perform(page, "put a parameter", "Put parameter", { Name: name, Value: "8080", Type: "String" });
    }
    await perform(page, "aws ssm get-parameter", "Get parameter", { Name: picked("/shop/port") });
    await perform(page, "DescribeParameters", "Describe parameters");
    await sees(() => column(page, "Parameters", "Name"), ["/shop/url", "/shop/port"]);
    await useIn(page, "Parameters", ["/shop/url", "/shop/port"], "Delete parameters");
    await carryOut(page, "Delete parameters", {}, /^2 of 2 entries done/);
    await sees(() => column(page, "Entry outcomes", "Status"), ["Done", "Done"]);
    await perform(page, "DescribeParameters", "Describe parameters");
    await sees(() => words(page.locator("#result")), /No parameters/);
  },

  async "acm: a certificate gets a tag, which undoing takes away"(page) {
    await perform(page, "request certificate", "Request certificate", { "Domain name": "shop.example.org" });
    await perform(page, "aws acm list-certificates", "List certificates");
    await sees(() => column(page, "Certificates", "Domain name"), ["shop.example.org"]);
    await find(page, "add tags to certificate", "Add tags to certificate");
    await write(await firstRow(page, "Tags"), { Key: "team", Value: "blue" });
    await carryOut(page, "Add tags to certificate", { "Certificate ARN": picked("shop.example.org") });
    const tags = async (expected) => {
      await perform(page, "ListTagsForCertificate", "List tags for certificate", { "Certificate ARN": picked("shop.example.org") });
      await sees(() => table(page, "Tags"), expected);
    };
    await tags([["team", "blue"]]);
    await find(page, "AddTagsToCertificate", "Add tags to certificate");
    await undo(page, "Remove tags from certificate", "certificate/");
    await tags([["No tags"]]);
  },

  async "cognito: a person is added to a pool of people, and listed"(page) {
    await perform(page, "create user pool", "Create user pool", { "Pool name": "people" });
    await perform(page, "AdminCreateUser", "Admin create user", { "User pool ID": picked("people"), Username: "ada" });
    await perform(page, "aws cognito-idp list-users", "List users", { "User pool ID": picked("people") });
    await button(page, "Show users").click();
    await sees(() => column(page, "Users", "Username"), ["ada"]);
  },
};
