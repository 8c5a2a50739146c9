"""boto3 as a client of the sandbox."""

from datetime import datetime

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError


class Client:
    name = "boto3"

    def __init__(self, url, attempts=1):
        self.url = url
        self.attempts = attempts
        self.session = boto3.Session()
        self.clients = {}

    def of(self, service, validates=True):
        """The client of a service; one that does not look at the input itself, if asked for."""
        key = (service, validates)
        if key not in self.clients:
            retries = {"mode": "standard", "total_max_attempts": self.attempts}
            self.clients[key] = self.session.client(
                service,
                endpoint_url=self.url,
                config=Config(retries=retries, parameter_validation=validates),
            )
        return self.clients[key]

    def answer(self, service, operation, given):
        """What the client makes of the answer, as boto3 gives or raises it."""
        method = xform_name(operation)
        try:
            return getattr(self.of(service), method)(**given)
        except ParamValidationError:
            # boto3 keeps what it sees to be wrong from being sent, and what the service says
            # of it is a part of the story.
            return getattr(self.of(service, validates=False), method)(**given)

    def tell(self, service, operation, step):
        """The answer to a step as stories write it."""
        try:
            output = self.answer(service, operation, step["input"])
        except ClientError as error:
            return {"error": self._error(error)}
        assert output.pop("ResponseMetadata")["RequestId"]
        return {"output": plain(output, step.get("output"))}

    def expected(self, step):
        if "output" in step:
            return {"output": step["output"]}
        return {"error": step["error"] | {"class": step["error"]["name"]}}

    def has_paginator(self, service, operation):
        return self.of(service).can_paginate(xform_name(operation))

    def paginate(self, service, operation, given, settings):
        """All pages put together, with boto3's own settings for that."""
        paginator = self.of(service).get_paginator(xform_name(operation))
        pages = paginator.paginate(**given, PaginationConfig=settings)
        return plain(pages.build_full_result(), None)

    def _error(self, error):
        metadata = error.response["ResponseMetadata"]
        assert metadata["RequestId"]
        told = {
            "name": error.response["Error"]["Code"],
            # `ClientError` where boto3 does not know it as one of the service's.
            "class": type(error).__name__,
            "status": metadata["HTTPStatusCode"],
            "message": error.response["Error"]["Message"],
        }
        envelope = {"Error", "ResponseMetadata", "message", "Message"}
        members = {k: v for k, v in error.response.items() if k not in envelope}
        return told | ({"members": members} if members else {})


def plain(value, told):
    """A value of boto3 with moments written as the story writes them."""
    if isinstance(value, datetime):
        if isinstance(told, str):
            return value.isoformat().replace("+00:00", "Z")
        return value.timestamp()
    if isinstance(value, dict):
        told = told if isinstance(told, dict) else {}
        return {key: plain(item, told.get(key)) for key, item in value.items()}
    if isinstance(value, list):
        told = told if isinstance(told, list) else []
        told = told + [None] * (len(value) - len(told))
        return [plain(item, it) for item, it in zip(value, told)]
    return value
