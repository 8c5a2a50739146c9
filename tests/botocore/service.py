"""The operations of one service, each written and read by botocore and by formsmith-wire."""

import json
import subprocess
import uuid
from functools import cache
from random import Random

from botocore.handlers import (
    BUILTIN_HANDLERS,
    inject_api_version_header_if_needed,
)
from botocore.session import Session

import judge
import server
from draw import Draw, Impossible
from reference import CONVENIENCES, Client

REGION = "us-east-1"
TRIES = 6
# The size in bytes, as JSON, of an input whose body is to be packed.
LARGE = 40_000
# The places where a botocore handler can change what is sent or read.
EVENTS = (
    "before-parameter-build", "before-endpoint-resolution", "before-call", "request-created",
    "choose-signer", "before-sign", "before-parse", "after-call",
)  # fmt: skip
# What a drawn text must be that is more than the model says: botocore sends to no other bucket.
OVERRIDES = {"s3": {"Bucket": "a-bucket"}, "s3control": {"Bucket": "a-bucket"}}

# botocore adds a parameter of its own to these services' models, and signs a URL with it.
LEFT_OUT = dict.fromkeys(("docdb", "neptune", "rds"), ("SourceRegion",))


class Service:
    def __init__(self, name, options):
        self.name, self.options = name, options
        self.client = self._client(())
        self.protocol = self.client.model.resolved_protocol

    def __enter__(self):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        command = [self.options.program, "--models", self.options.models]
        self.process = subprocess.Popen(command, text=True, encoding="utf-8", **pipes)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    @cache
    def _client(self, without):
        prefix = Session().get_service_model(self.name).endpoint_prefix
        client = Client(self.name, REGION, f"http://{prefix}.{REGION}.amazonaws.com", CONVENIENCES | {*without})
        if not self.name.startswith("s3"):
            # Rules refuse random values of what is in the host; the host itself is fixed here.
            client.client._ruleset_resolver = None
        return client

    def _ask(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the program ended at {line['service']} {line['operation']}")
        return json.loads(answer)

    def compare(self, name):
        """Direction, operation, kind and why, for each draw."""
        operation = self.client.model.operation_model(name)
        draws = [(number, False) for number in range(self.options.count)]
        # What is packed where it is large, is also drawn large.
        if operation.request_compression:
            draws += [(number, True) for number, _ in draws]
        for number, is_large in draws:
            random = Random(f"{self.options.seed} {self.name} {name} {number}")
            line, theirs = self._drawn(operation, random, is_large)
            if line is None:
                yield "request", name, "not drawn", theirs
                line = self._line(name, {})
            else:
                ours = self._ask(line)
                judged = self._judged(
                    line, ours, theirs, lambda theirs: judge.requests(ours, theirs, operation)
                )
                yield "request", name, *judged
            for direction, response in server.responses(operation, random):
                asked = line | {"response": response}
                ours, theirs = self._ask(asked), self.client.answer(asked)
                if "output" not in theirs and "error" not in theirs and "refused" not in ours:
                    yield direction, name, "not drawn", f"botocore: {theirs}"
                    continue
                judged = self._judged(
                    asked, ours, theirs, lambda theirs: judge.answers(ours, theirs, operation)
                )
                yield direction, name, *judged

    def _line(self, name, given):
        token = str(uuid.UUID(int=7, version=4))
        line = {"service": self.name, "operation": name, "input": given, "region": REGION}
        return line | {"token": token}

    def _drawn(self, operation, random, is_large):
        """A question whose input botocore accepts, and what it makes of it."""
        why = ""
        is_xml = self.protocol == "rest-xml"
        for _ in range(TRIES * 5 if is_large else TRIES):
            more = {"overrides": OVERRIDES.get(self.name), "left_out": LEFT_OUT.get(self.name, ())}
            draw = Draw(random, is_xml=is_xml, **more)
            try:
                given = draw.of(operation.input_shape)
            except Impossible as impossible:
                why = f"no input keeps to the model: {impossible}"
                continue
            if is_large:
                times = LARGE // len(json.dumps(given)) + 1
                lists = {name: it * times for name, it in given.items() if it and isinstance(it, list)}
                if not lists:
                    why = "no list was drawn that could be long"
                    continue
                given |= lists
            line = self._line(operation.name, given)
            theirs = self.client.answer(line)
            if "method" in theirs:
                return line, theirs
            why = f"botocore: {str(theirs)[:300]}"
        return None, why

    def _judged(self, line, ours, theirs, judge):
        """Kind and why."""
        if "refused" in ours:
            # What, and not where.
            return "refused", ours["refused"].partition(", at ")[0]
        if "violations" in ours:
            return "different", f"violations {json.dumps(ours['violations'])[:400]}"
        different = judge(theirs)
        if not different:
            return "equal", ""
        # Does botocore's own code for this operation make the difference?
        without = ()
        for name in self._handlers(line["operation"]):
            fewer = judge(self._client((*without, name)).answer(line))
            if not fewer:
                return "customised", ", ".join((*without, name))
            if len(fewer) < len(different):
                without, different = (*without, name), fewer
        return "different", f"{' | '.join(different[:4])} [input {json.dumps(line['input'])[:200]}]"

    def _handlers(self, operation):
        """Those of botocore's own handlers that are for this service or operation."""
        names = []
        service = self.client.model.service_id.hyphenize()
        for event, handler, *_ in BUILTIN_HANDLERS:
            event = self.client.client.meta.events._alias_event_name(event)
            parts = event.split(".")
            is_its = len(parts) > 1 and parts[1] == service
            # This one is for whichever operation finds endpoints.
            is_its |= handler is inject_api_version_header_if_needed
            if parts[0] not in EVENTS or not is_its:
                continue
            if len(parts) > 2 and parts[2] not in ("*", operation):
                continue
            if hasattr(handler, "__name__") and handler.__name__ not in names:
                names.append(handler.__name__)
        return names
