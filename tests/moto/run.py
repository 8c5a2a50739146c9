"""Operations of many services against moto's server: python tests/moto/run.py [--program COMMAND]
[--proxy FILE] [SERVICE ...]. README.md describes cases and programs."""

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
from contextlib import nullcontext
from http.client import HTTPException
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

HERE = Path(__file__).parent
# botocore as a program stands there.
REFERENCE = HERE.parent / "botocore"
sys.path.append(str(REFERENCE))

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from expected import at, departure, filled, in_seconds
from proxy import Proxy
from reference import CONVENIENCES, unregister
from sender import Program, Sender
from values import from_json, known, to_json, with_times

REGION = "us-east-1"
# What all cases together cover at least: operations, services.
COVERED = 80, 30
# How often both are asked until their outputs are of the same second.
TWICE_IN_A_SECOND = 3
# All that moto has.
PROTOCOLS = {"json", "rest-json", "rest-xml", "query", "ec2"}


class Failed(Exception):
    pass


# What makes a case fail, and not the whole run: among them a request that the server waits for.
REASONS = (Failed, LookupError, ClientError, BotoCoreError, OSError, HTTPException)


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
        # It has nothing to lose, and emulated work would hold it up.
        self.process.kill()
        self.process.wait()

    def reset(self):
        request = urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")
        urllib.request.urlopen(request, timeout=30).close()


class Judge:
    """boto3, which asks the server itself."""

    def __init__(self, url):
        self.url, self.clients = url, {}

    def model(self, service):
        return self._client(service).meta.service_model

    def call(self, service, operation, given):
        """The output as JSON; a ClientError if the service refuses."""
        shapes = self.model(service).operation_model(operation)
        given = from_json(given, shapes.input_shape)
        output = self._client(service)._make_api_call(operation, given)
        output.pop("ResponseMetadata")
        return in_seconds(to_json(output, shapes.output_shape))

    def _client(self, service):
        if service not in self.clients:
            # A prefix of the server's own address would be no address.
            config = Config(inject_host_prefix=False)
            self.clients[service] = boto3.client(
                service, region_name=REGION, endpoint_url=self.url, config=config
            )
            unregister(self.clients[service], CONVENIENCES)
        return self.clients[service]


class File:
    """The cases of one service, played in their order against a fresh server."""

    def __init__(self, service, program, sender, judge):
        self.service, self.judge = service, judge
        self.program, self.sender, self.direct = program, sender, Sender(judge.url)
        self.saved = {}

    def play(self, case):
        if case.get("by") == "boto3":
            output = self._ask(case)
        else:
            output = self._send(case)
        for name, path in case.get("save", {}).items():
            self.saved[name] = at(output, path)
        for check in case.get("check", []):
            self._ask(check)

    def _ask(self, asked):
        """Has boto3 carry out an operation, and compares what it got."""
        who = f"boto3 asked {asked['operation']}: "
        service, given = asked.get("service", self.service), asked.get("input", {})
        try:
            output = self.judge.call(service, asked["operation"], filled(given, self.saved))
        except ClientError as error:
            self._expect(asked.get("error"), error.response["Error"]["Code"], f"{who}the error: ")
            return {}
        if "error" in asked:
            raise Failed(f"{who}no error")
        self._expect(asked.get("output", {}), output, who)
        return output

    def _send(self, case):
        """Some outputs have the time in them at which they were asked for: two that are asked for in
        a row are equal, unless a second ends between them."""
        for _ in range(TWICE_IN_A_SECOND):
            output, other = self._sent(case)
            if other is None or other == output:
                return output
        raise Failed(f"the output is {output}, and boto3's {other}")

    def _sent(self, case):
        """Has the program write the operation, and read the answer to it, and compares that;
        also what boto3 gets, if it is to be the same."""
        operation, given = case["operation"], filled(case.get("input", {}), self.saved)
        model = self.judge.model(self.service)
        line = {"service": self.service, "operation": operation, "input": given, "region": REGION}
        sender = self.direct if "not_by_proxy" in case else self.sender
        told = self.program.call(line, sender, model.signing_name)
        if "error" in case:
            code = told.get("error", {}).get("name")
            self._expect(case["error"], code, f"{told}: ")
            return {}, None
        if "output" not in told:
            raise Failed(str(told))
        output = with_times(told["output"], model.operation_model(operation).output_shape)
        output = in_seconds(output)
        self._expect(case.get("output", {}), output, "")
        if not case.get("reads"):
            return output, None
        output = known(output, model.operation_model(operation).output_shape)
        return output, self.judge.call(self.service, operation, given)

    def _expect(self, expected, found, who):
        wrong = departure(filled(expected, self.saved), found)
        if wrong:
            raise Failed(who + wrong)


def main():
    parser = argparse.ArgumentParser()
    own = shlex.join([sys.executable, "-B", str(REFERENCE / "reference.py")])
    parser.add_argument("--program", default=own)
    parser.add_argument("--proxy", help="formsmith-proxy, which then sends every request")
    parser.add_argument("services", nargs="*")
    options = parser.parse_args()
    files = sorted((HERE / "cases").glob("*.json"))
    if options.services:
        files = [file for file in files if file.stem in options.services]
    passed, failed, covered = 0, 0, defaultdict(set)
    with (
        Moto() as moto,
        Program(shlex.split(options.program)) as program,
        Proxy(options.proxy, moto.url) if options.proxy else nullcontext(Sender(moto.url)) as sender,
    ):
        for file in files:
            moto.reset()
            played = File(file.stem, program, sender, Judge(moto.url))
            cases = json.loads(file.read_text("utf-8"))
            for number, case in enumerate(cases):
                try:
                    played.play(case)
                except REASONS as why:
                    label = f"{file.stem} {number + 1} {case['operation']}"
                    print(f"{label}: {type(why).__name__}: {why}")
                    # What follows may stand on it.
                    failed += sum(it.get("by") != "boto3" for it in cases[number:]) or 1
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
        if len(every) < COVERED[0] or len(services) < COVERED[1]:
            failed += 1
            print(f"{len(every)} operations of {len(services)} services are too few")
        if PROTOCOLS - covered.keys():
            failed += 1
            print(f"no operation speaks {sorted(PROTOCOLS - covered.keys())}")
    print(f"{passed} passed, {failed} failed: {len(every)} operations of {len(services)} services")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
