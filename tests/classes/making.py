"""How the classes are made: the rules, on evidence and models of our own."""

import tempfile
import unittest
from pathlib import Path

import answers
import build
import files
from rules import CLASSES, classified, judged
from sources import DESTROYS


def model(*members, shapes=None):
    """A model with one operation, whose output has these members: name, shape, sensitive."""
    output = {name: {"shape": shape, "sensitive": marked} for name, shape, marked in members}
    text = {"type": "string"}
    return {
        "operations": {"Ask": {"output": {"shape": "Output"}}},
        "shapes": {"Output": {"type": "structure", "members": output}, "Text": text, **(shapes or {})},
    }


class Rules(unittest.TestCase):
    def test_two_sources_make_a_read(self):
        for evidence, name in (
            ("", "write"),
            ("iam:Read", "write"),
            ("http:GET", "write"),
            ("trait", "write"),
            ("iam:Read http:GET", "read"),
            ("iam:List pages", "read"),
            ("http:HEAD list", "read"),
            ("iam:Read http:GET list trait pages", "read"),
        ):
            self.assertEqual(judged(evidence.split()), name, evidence)

    def test_the_strictest_wins(self):
        reads = "http:GET list trait pages"
        for evidence, name in (
            (f"iam:Write {reads}", "write"),
            (f"iam:Tagging {reads}", "write"),
            (f"iam:Permissions {reads}", "permissions"),
            ("iam:Read http:PUT list trait", "write"),
            ("iam:Read http:DELETE list trait", "write"),
            ("iam:Read list token", "write"),
            ("iam:Write name", "destroys"),
            ("iam:Read list name", "destroys"),
            ("iam:Permissions name", "permissions"),
            ("iam:Tagging name", "write"),
        ):
            self.assertEqual(judged(evidence.split()), name, evidence)

    def test_an_answer_makes_stricter_and_never_milder(self):
        for evidence, name in (
            ("iam:Read list answer:Password", "secret"),
            ("iam:Read answer:Password", "write"),
            ("iam:Write answer:Password", "write"),
            ("iam:Read list answer:credentials", "credentials"),
            ("iam:Write answer:credentials", "credentials"),
            ("iam:Write name answer:credentials", "destroys"),
        ):
            self.assertEqual(judged(evidence.split()), name, evidence)

    def test_a_ruling_holds_whatever_the_sources_say(self):
        for name in CLASSES:
            self.assertEqual(classified(["iam:Write", "name"], name), name)

    def test_names_make_stricter_where_they_begin_so(self):
        for name in (
            "DeleteTable", "BatchDeleteImage", "AdminDeleteUser", "TerminateInstances", "PurgeQueue",
            "ScheduleKeyDeletion", "DeregisterImage", "ReleaseAddress", "AbortMultipartUpload",
            "StartBatchDeleteConfigurationTask", "DeprovisionByoipCidr",
        ):
            self.assertTrue(DESTROYS.match(name), name)
        for name in (
            "UpdateDeletionProtection", "GetDeletedThing", "Deletions", "DropletStart", "StopInstances",
            "DescribeDataDeletionJob", "CancelKeyDeletion", "ReleasesOfApp",
        ):
            self.assertFalse(DESTROYS.match(name), name)


class Answers(unittest.TestCase):
    def evidence(self, *members, **others):
        return answers.evidence(model(*members, **others), "Ask")

    def test_the_name_of_a_member_tells_a_secret(self):
        for member in ("Password", "clientSecret", "SecretAccessKey", "preSignedUrl", "apiKey", "downloadUrl"):
            self.assertEqual(self.evidence((member, "Text", False)), f"answer:{member}")
        for member in ("Name", "NextToken", "SecretArn", "PasswordPolicy", "KeyId", "Url", "token"):
            self.assertIsNone(self.evidence((member, "Text", False)), member)

    def test_what_is_marked_tells_more_of_them_and_personal_data_none(self):
        for member in ("token", "AuthCode", "seed", "basicAuthCredentials", "Plaintext"):
            self.assertEqual(self.evidence((member, "Text", True)), f"answer:{member}")
        for member in ("EmailAddress", "PostalCode", "NextToken", "websiteUrl", "Key"):
            self.assertIsNone(self.evidence((member, "Text", True)), member)

    def test_a_mark_at_a_shape_around_counts(self):
        shapes = {
            "Many": {"type": "list", "member": {"shape": "One"}},
            "One": {"type": "structure", "sensitive": True, "members": {"token": {"shape": "Text"}}},
        }
        self.assertEqual(self.evidence(("all", "Many", False), shapes=shapes), "answer:token")

    def test_an_enum_is_no_secret_and_a_shape_may_hold_itself(self):
        shapes = {
            "Kind": {"type": "string", "enum": ["a"]},
            "Self": {"type": "structure", "members": {"inner": {"shape": "Self"}}},
        }
        self.assertIsNone(self.evidence(("Password", "Kind", True), ("Self", "Self", False), shapes=shapes))

    def test_credentials_of_aws_are_told_from_other_secrets(self):
        keys = (("SecretAccessKey", "Text", True), ("SessionToken", "Text", False))
        self.assertEqual(self.evidence(*keys), "answer:credentials")
        self.assertEqual(self.evidence(*keys[:1]), "answer:SecretAccessKey")

    def test_an_operation_may_have_no_output(self):
        self.assertIsNone(answers.evidence({"operations": {"Ask": {}}, "shapes": {}}, "Ask"))


class Making(unittest.TestCase):
    def test_a_milder_class_is_refused_without_a_ruling(self):
        before = {"a:One": ("write", []), "a:Two": ("destroys", []), "a:Three": ("read", [])}
        after = {
            "a:One": ("read", []), "a:Two": ("write", []), "a:Three": ("secret", []), "a:New": ("read", []),
        }
        refused = list(build.weakened(before, after, {}))
        self.assertEqual([line.split()[0] for line in refused], ["a:One", "a:Two"])
        self.assertEqual(refused[0], "a:One was write and would be read: if that is right, rule so, and why")
        rulings = {"a:One": ("read", "It only answers.")}
        self.assertEqual(len(list(build.weakened(before, after, rulings))), 1)

    def test_a_ruling_is_part_of_the_evidence(self):
        operations = [("a:One", ["iam:Read"]), ("a:Two", ["iam:Read"])]
        found = build.judge_all(operations, {"a:One": ("read", "It only answers.")})
        self.assertEqual(found, {"a:One": ("read", ["iam:Read", "ruled"]), "a:Two": ("write", ["iam:Read"])})


class Files(unittest.TestCase):
    def read(self, reader, *lines):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file.txt"
            path.write_text("\n".join(lines))
            return reader(path)

    def test_a_file_that_is_not_in_form_is_refused_by_line(self):
        why = "It only answers."
        for reader, place, lines in (
            (files.rulings, "file.txt:2", ("# head", "a:One read")),
            (files.rulings, "file.txt:1", ("a:One reads It only answers.",)),
            (files.rulings, "file.txt:1", ("a:One read Why not",)),
            (files.rulings, "file.txt:2", (f"a:One read {why}", f"a:One write {why}")),
            (files.rulings, "a:One", (f"a:Two read {why}", f"a:One read {why}")),
            (files.classes, "file.txt:1", ("a:One reads",)),
            (files.classes, "file.txt:1", ("a:One read list iam:Read",)),
            (files.classes, "file.txt:1", ("a:One read hearsay",)),
            (files.classes, "file.txt:2", ("a:One read", "a:One write")),
            (files.actions, "file.txt:1", ("a:One b:Two",)),
        ):
            with self.assertRaisesRegex(files.Mistake, place):
                self.read(reader, *lines)

    def test_what_is_written_is_read_back(self):
        found = {"b:One": ("read", ["iam:Read", "list"]), "a-b:Two": ("write", []), "a:Two": ("write", ["ruled"])}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file.txt"
            files.write_classes(path, "1.2.3", found)
            self.assertIn("botocore 1.2.3;", path.read_text())
            self.assertEqual(files.classes(path), found)
            self.assertEqual(list(files.classes(path)), ["a:Two", "a-b:Two", "b:One"])
