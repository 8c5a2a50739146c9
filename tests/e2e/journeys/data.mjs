// Tables, buckets, databases.
import { ask, carryOut, column, find, main, pages, perform, picked, undo, useIn } from "../journey.mjs";
import { addSettings, button, editIfFolded, field, row, sees, words, write } from "../person.mjs";

export const services = ["dynamodb", "s3", "rds", "glue", "athena"];

export const journeys = {
  async "dynamodb: items are put into a table, scanned and queried; then the table is taken back"(page) {
    await find(page, "create a dynamodb table", "Create table");
    await addSettings(main(page), "Attribute definitions", "Key schema", "Billing mode");
    const setting = (title) => main(page).getByRole("group", { name: new RegExp(`^${title}`) });
    await write(setting("Attribute definitions"), { "Attribute name": "artist", "Attribute type": "S" });
    await write(setting("Key schema"), { "Attribute name": "artist", "Key type": "HASH" });
    await carryOut(page, "Create table", { "Table name": "songs", "Billing mode": "PAY_PER_REQUEST" });
    for (const artist of ["Björk", "Can"]) {
      await find(page, "aws dynamodb put-item", "Put item");
      await editIfFolded(page);
      const entry = row(page, "Item 1");
      await write(entry, { Name: "artist" });
      await entry.getByRole("combobox", { name: "Choose one" }).selectOption("S");
      await write(entry, { S: artist });
      await carryOut(page, "Put item", { "Table name": picked("songs") });
    }
    await perform(page, "Scan", "Scan", { "Table name": picked("songs") });
    await ask(page, "Items[?artist.S=='Can']", /1 of 2 items match|The query returns 1 item/);
    await find(page, "CreateTable dynamodb", "Create table");
    await undo(page, "Delete table", "songs");
    await perform(page, "aws dynamodb list-tables", "List tables");
    await sees(() => words(page.locator("#result")), /No table names/);
  },

  async "s3: objects are put into a bucket, listed page by page, and one is deleted"(page) {
    await perform(page, "create bucket", "Create bucket", { Bucket: "letters" });
    for (const key of ["a.txt", "b & c.txt", "d.txt"]) {
      await perform(page, "upload object", "Put object", { Bucket: picked("letters"), Key: key, Body: Buffer.from(key).toString("base64") });
    }
    await perform(page, "list objects v2", "List objects V2", { Bucket: picked("letters"), "Max keys": "1" });
    await sees(() => pages(page), /^1 \w+ on the first page, there are more/);
    await button(page, "Load all").click();
    await sees(() => pages(page), /^3 \w+, all pages loaded/);
    await perform(page, "aws s3api delete-object", "Delete object", { Bucket: picked("letters"), Key: "b & c.txt" });
    await perform(page, "ListObjectsV2", "List objects V2", { Bucket: picked("letters"), "Max keys": "10" });
    await sees(() => column(page, "Contents", "Key"), ["a.txt", "d.txt"]);
  },

  async "rds: a database is stopped and started"(page) {
    await perform(page, "create db instance", "Create DB instance", { "DB instance identifier": "shop", "DB instance class": "db.t3.micro", Engine: "postgres", "Allocated storage": "20", "Master username": "root", "Master user password": "hush-4711-hush" });
    await perform(page, "stop rds instance", "Stop DB instance", { "DB instance identifier": picked("shop") });
    await perform(page, "start rds instance", "Start DB instance", { "DB instance identifier": picked("shop") });
    await perform(page, "aws rds describe-db-instances", "Describe DB instances");
    await sees(() => column(page, "DB instances", "DB instance identifier"), ["shop"]);
  },

  async "glue: a database of the data catalog is found by its name and deleted"(page) {
    await perform(page, "glue create database", "Create database", { Name: "lake" });
    await perform(page, "GetDatabases", "Get databases");
    await sees(() => column(page, "Databases", "Name"), ["lake"]);
    await useIn(page, "Databases", ["lake"], "Delete database");
    await carryOut(page, "Delete database");
  },

  async "athena: a work group is made and deleted"(page) {
    await perform(page, "create work group", "Create work group", { Name: "analysts" });
    await perform(page, "aws athena list-work-groups", "List work groups");
    await ask(page, "WorkGroups[].Name", /The query returns 2 items/);
    await perform(page, "DeleteWorkGroup", "Delete work group", { "Work group": picked("analysts") });
  },
};
