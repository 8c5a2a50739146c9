"""Operations of many services against moto's server: python tests/moto/run.py [--program COMMAND]
[SERVICE ...]. README.md describes cases and programs."""

import argparse
import json
import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

# No setting of the person who runs this reaches a client.
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ |= {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "NO_PROXY": "127.0.0.1",
}

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from sender import Sender
from values import at, departure, filled, from_json, to_json

HERE = Path(__file__).parent
REGION = "us-east-1"
# What all cases together cover at least: operations, services.
COVERED = 80, 30
# All that moto has.
PROTOCOLS = {"json", "rest-json", "rest-xml", "query", "ec2"}


class Moto:
    """A running server; it ends with the `with` block."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(300):
            if self.process.poll() is not None:
                raise RuntimeError("moto's server ended at once")
            try:
                self.reset()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("moto's server does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def reset(self):
        request = urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")
        urllib.request.urlopen(request, timeout=30).close()


class Judge:
    """boto3, which asks the server itself."""

    def __init__(self, url):
        self.url, self.clients = url, {}

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = boto3.client(
                service, region_name=REGION, endpoint_url=self.url
            )
        return self.clients[service]

    def model(self, service):
        return self.client(service).meta.service_model

    def call(self, service, operation, given):
        """The output as JSON, or `{"error": code}`."""
        shapes = self.model(service).operation_model(operation)
        given = from_json(given, shapes.input_shape)
        try:
            output = self.client(service)._make_api_call(operation, given)
        except ClientError as error:
            return {"error": error.response["Error"]["Code"]}
        output.pop("ResponseMetadata")
        return to_json(output, shapes.output_shape)


class Failed(Exception):
    pass


class File:
    """The cases of one service, played in their order against a fresh server."""

    def __init__(self, service, sender, judge):
        self.service, self.sender, self.judge = service, sender, judge
        self.saved = {"region": REGION, "account": "123456789012"}

    def play(self, case):
        operation = case["operation"]
        given = filled(case.get("input", {}), self.saved)
        service = case.get("service", self.service)
        if case.get("by") == "boto3":
            output = self.judge.call(service, operation, given)
            self._expect(case.get("output", {"error": {"$none": True}}), output, "boto3: ")
        else:
            output = self._send(case, operation, given)
        for name, path in case.get("save", {}).items():
            self.saved[name] = at(output, path)
        for check in case.get("check", []):
            asked = check.get("service", service), check["operation"]
            found = self.judge.call(*asked, filled(check.get("input", {}), self.saved))
            expected = check.get("output", {"error": {"$none": True}})
            self._expect(expected, found, f"boto3 asked {asked[1]}: ")

    def _send(self, case, operation, given):
        model = self.judge.model(self.service)
        described = model.operation_model(operation)
        line = {"service": self.service, "operation": operation, "input": given, "region": REGION}
        told = self.sender.send(line, model.signing_name)
        if "error" in case:
            code = told.get("error", {}).get("code")
            if code != case["error"]:
                raise Failed(f"the error is {code}, not {case['error']}: {told}")
            return {}
        if "output" not in told:
            raise Failed(str(told))
        output = to_json(told["output"], described.output_shape and times(described.output_shape))
        self._expect(case.get("output", {}), output, "")
        if case.get("reads"):
            own = self.judge.call(self.service, operation, given)
            if own != output:
                raise Failed(f"the output is {output}, and boto3's {own}")
        return output

    def _expect(self, expected, found, who):
        wrong = departure(filled(expected, self.saved), found)
        if wrong:
            raise Failed(who + wrong)


class times:
    """A shape with nothing but its times to convert: blobs are base64 already."""

    def __init__(self, shape):
        self.shape = shape

    def __getattr__(self, name):
        found = getattr(self.shape, name)
        if name == "type_name":
            return "string" if found == "blob" else found
        if name == "members":
            return {key: times(member) for key, member in found.items()}
        return times(found) if name in ("member", "value") else found


def main():
    parser = argparse.ArgumentParser()
    own = shlex.join([sys.executable, "-B", str(HERE / "reference.py")])
    parser.add_argument("--program", default=own)
    parser.add_argument("services", nargs="*")
    options = parser.parse_args()
    files = sorted((HERE / "cases").glob("*.json"))
    if options.services:
        files = [file for file in files if file.stem in options.services]
    passed, failed, covered = 0, 0, defaultdict(set)
    with Moto() as moto, Sender(shlex.split(options.program), moto.url) as sender:
        for file in files:
            moto.reset()
            played = File(file.stem, sender, Judge(moto.url))
            cases = json.loads(file.read_text("utf-8"))
            for at_, case in enumerate(cases):
                label = f"{file.stem} {at_ + 1} {case['operation']}"
                try:
                    played.play(case)
                except (Failed, KeyError, IndexError, BotoCoreError) as why:
                    failed += 1
                    print(f"{label}: {type(why).__name__}: {why}")
                    # What follows may stand on it.
                    failed += sum(later.get("by") != "boto3" for later in cases[at_ + 1 :])
                    break
                if case.get("by") != "boto3":
                    passed += 1
                    protocol = played.judge.model(file.stem).resolved_protocol
                    covered[protocol].add((file.stem, case["operation"]))
    for protocol, operations in sorted(covered.items()):
        services = {service for service, _ in operations}
        print(f"{protocol}: {len(operations)} operations of {len(services)} services")
    every = set().union(*covered.values())
    services = {service for service, _ in every}
    if not options.services and not failed:
        if (len(every), len(services)) < COVERED or len(services) < COVERED[1]:
            failed += 1
            print(f"{len(every)} operations of {len(services)} services are too few")
        if PROTOCOLS - covered.keys():
            failed += 1
            print(f"no operation speaks {sorted(PROTOCOLS - covered.keys())}")
    print(f"{passed} passed, {failed} failed: {len(every)} operations of {len(services)} services")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
