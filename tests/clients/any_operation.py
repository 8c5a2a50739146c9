"""The same call elsewhere for any of AWS's operations: what the AWS CLI and boto3 make of the texts
is what was asked for. Nothing is sent."""

import base64
import gzip
import io
import json
import random
import shlex
import subprocess
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import botocore
from awscli.clidriver import create_clidriver
from botocore.session import get_session
from sandbox import ROOT

# Every so many services; and operations that the CLI has options of its own for.
STEP = 3
OWN = [
    ("ec2", "RunInstances"),
    ("ec2", "CreateTags"),
    ("lambda", "PublishLayerVersion"),
    ("s3", "PutBucketTagging"),
    ("ses", "SendEmail"),
    ("sns", "Subscribe"),
    ("codedeploy", "GetDeployment"),
    ("config", "PutConfigurationRecorder"),
    ("storagegateway", "DescribeStorediSCSIVolumes"),
]
TEXT = "it's $HOME \\ \"x\" é"


class Asked(Exception):
    """Carries what a client was asked for."""

    def __init__(self, parameters):
        super().__init__("asked")
        self.parameters = parameters


class Given:
    def __init__(self, chance):
        self.chance = chance

    def value(self, shape, depth=0):
        kind = shape.type_name
        if kind == "structure":
            members = shape.members.items()
            if getattr(shape, "is_tagged_union", False):
                members = [self.chance.choice(list(members))]
            else:
                wanted = set(shape.required_members)
                members = [
                    (name, member)
                    for name, member in members
                    # Clients draw a token where none is given.
                    if name in wanted
                    or "idempotencyToken" in member.metadata
                    or depth < 3
                    and self.chance.random() < 0.4
                ]
            # Both look at the name of a bucket before they ask.
            return {
                name: "bucket" if name == "Bucket" else self.value(member, depth + 1)
                for name, member in members
            }
        if kind == "list":
            return [self.value(shape.member, depth + 1)] if depth < 8 else []
        if kind == "map":
            if depth >= 8:
                return {}
            return {self.value(shape.key, depth + 1): self.value(shape.value, depth + 1)}
        if kind == "string":
            return self.chance.choice(shape.enum) if shape.enum else TEXT
        if kind == "blob":
            return base64.b64encode(b"\x00\xffbytes").decode()
        if kind == "timestamp":
            return "2026-11-21T14:06:00Z"
        if kind == "boolean":
            return self.chance.random() < 0.5
        return self.chance.choice([1, 7, 42])


def known(shape, value):
    """A value as botocore has it."""
    kind = shape.type_name
    if kind == "structure" and not getattr(shape, "is_document_type", False):
        return {name: known(shape.members[name], one) for name, one in value.items()}
    if kind == "list":
        return [known(shape.member, one) for one in value]
    if kind == "map":
        return {name: known(shape.value, one) for name, one in value.items()}
    if kind == "blob" and isinstance(value, str):
        return base64.b64decode(value)
    return value


def calls(folder):
    """A call of an operation of every so many services, with the file of its model."""
    session = get_session()
    loader = session.get_component("data_loader")
    chosen = list(OWN)
    for service in session.get_available_services()[::STEP]:
        operations = session.get_service_model(service).operation_names
        chosen.append((service, random.Random(service).choice(operations)))
    for service, operation in chosen:
        model = session.get_service_model(service)
        place = model.operation_model(operation)
        if place.has_event_stream_input or place.has_event_stream_output:
            continue
        # The CLI wants to be told that its preview of this is meant.
        if service == "sdb":
            continue
        file = Path(folder) / f"{service}.json"
        if not file.exists():
            version = loader.determine_latest_version(service, "service-2")
            found = Path(botocore.__file__).parent / "data" / service / version / "service-2.json"
            packed = found.with_name("service-2.json.gz")
            text = gzip.decompress(packed.read_bytes()) if packed.exists() else found.read_bytes()
            file.write_bytes(text)
        chance = random.Random(f"{service} {operation}")
        shape = place.input_shape
        given = Given(chance).value(shape) if shape else {}
        yield {
            "service": service,
            "operation": operation,
            "region": "us-east-1",
            "input": given,
            "document": str(file),
        }


def suite():
    with tempfile.TemporaryDirectory() as folder:
        asked = list(calls(folder))
        lines = "".join(json.dumps(call) + "\n" for call in asked)
        command = ["cargo", "run", "--quiet", "-p", "formsmith-snippets", "--example", "write"]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    texts = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert len(texts) == len(asked) > len(OWN)
    tests = unittest.TestSuite()
    for call, text in zip(asked, texts):
        tests.addTest(SameInput(call, text))
    return tests


class SameInput(unittest.TestCase):
    maxDiff = 2000

    def __init__(self, call, texts):
        super().__init__()
        self.call, self.texts = call, texts

    def __str__(self):
        return f"{self.call['service']} {self.call['operation']}"

    def runTest(self):
        session = get_session()
        place = session.get_service_model(self.call["service"])
        shape = place.operation_model(self.call["operation"]).input_shape
        expected = known(shape, self.call["input"]) if shape else {}
        self.assertEqual(self.python(), expected)
        command = self.texts["AwsCli"]
        if command is None:
            # It takes bytes from files alone.
            self.assertIn("bytes", repr(expected))
        else:
            self.assertEqual(self.cli(command), expected)

    def python(self):
        """What boto3 would be asked for."""
        service, operation = self.call["service"], self.call["operation"]
        method = botocore.xform_name(operation)

        class Client:
            def __getattr__(self, name):
                def ask(**parameters):
                    assert name == method, (name, method)
                    raise Asked(parameters)

                return ask

        class Boto3:
            @staticmethod
            def client(name, region_name):
                assert (name, region_name) == (service, "us-east-1")
                return Client()

        text = self.texts["Boto3"].replace("import boto3\n", "")
        with self.assertRaises(Asked) as asked:
            exec(compile(text, "text", "exec"), {"boto3": Boto3})
        return asked.exception.parameters

    def cli(self, text):
        """What the AWS CLI would ask for."""
        name, *arguments = shlex.split(text.replace("\\\n", " "))
        assert name == "aws"
        driver = create_clidriver()
        seen = []

        def keep(params, model, **_):
            seen.append(dict(params))
            raise Asked(params)

        driver.session.register("provide-client-params", keep)
        output = io.StringIO()
        with redirect_stdout(output), redirect_stderr(output):
            driver.main(arguments)
        self.assertEqual(len(seen), 1, f"{text}\n{output.getvalue()}")
        return seen[0]
