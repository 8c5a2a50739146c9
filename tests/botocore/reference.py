"""botocore as a program that writes requests and reads answers, a JSON document a line;
docs/wire-tool.md describes them. What any other such program does can be compared with it."""

import base64
import json
import sys
from functools import cache
from io import BytesIO

import botocore.config
import botocore.exceptions
import botocore.session
from botocore import UNSIGNED, handlers
from botocore.awsrequest import AWSResponse
from botocore.credentials import Credentials

from values import from_json, to_json

# What says who botocore is, and how it sends and repeats requests.
ITS_OWN = {"user-agent", "amz-sdk-invocation-id", "amz-sdk-request", "expect"}


# botocore lets people write and read some members in another way than the service does.
CONVENIENCES = {
    "base64_encode_user_data", "decode_console_output", "decode_list_object",
    "decode_list_object_v2", "decode_list_object_versions", "handle_expires_header",
    "json_decode_policies", "json_decode_template_body", "set_list_objects_encoding_type_url",
}  # fmt: skip


class Written(Exception):
    """A request is written, and is not to be sent."""

    def __init__(self, request):
        super().__init__()
        self.request = request


class Body(BytesIO):
    def stream(self, **_):
        while part := self.read():
            yield part


class Client:
    """botocore's client of a service, without those of its own handlers that have these names."""

    def __init__(self, service, region, endpoint=None, without=()):
        config = botocore.config.Config(
            signature_version=UNSIGNED,
            retries={"total_max_attempts": 1},
            # With an endpoint of its own it writes the bucket into the path.
            s3={"addressing_style": "path"} if endpoint else None,
        )
        # Over TLS it would send checksums behind the body, in chunks, and not as headers.
        session = botocore.session.Session()
        self.client = session.create_client(
            service, region, use_ssl=False, endpoint_url=endpoint, config=config
        )
        # Operations whose body is not signed are signed whatever the settings say.
        self.client._request_signer._credentials = Credentials("AKIDEXAMPLE", "secret")
        unregister(self.client, without)
        self.model = self.client.meta.service_model
        self.event = f"before-send.{self.model.service_id.hyphenize()}"

    def answer(self, line):
        """What botocore makes of a line."""
        operation = self.model.operation_model(line["operation"])
        given = from_json(line.get("input", {}), operation.input_shape)
        # In place of random ones.
        token = line.get("token")
        drawn, handlers.uuid.uuid4 = handlers.uuid.uuid4, lambda: token
        if token is None:
            handlers.uuid.uuid4 = drawn

        def in_place_of_sending(request, **_):
            response = line.get("response")
            if response is None:
                raise Written(request)
            headers = response.get("headers", {})
            return AWSResponse(request.url, response["status"], headers, Body(body_of(response)))

        self.client.meta.events.register(self.event, in_place_of_sending)
        try:
            output = self.client._make_api_call(line["operation"], given)
            output.pop("ResponseMetadata")
            # A bucket's location has no value where it has no text.
            output = {name: value for name, value in output.items() if value is not None}
            return {"output": to_json(output, operation.output_shape)}
        except Written as written:
            return described(written.request)
        except botocore.exceptions.ClientError as error:
            return {"error": self._error(operation, error.response)}
        except (botocore.exceptions.ParamValidationError, botocore.exceptions.ValidationError) as why:
            return {"violations": [str(why)]}
        except Exception as why:  # Whatever botocore can't write or read.
            return {"refused": f"{type(why).__name__}: {why}"}
        finally:
            handlers.uuid.uuid4 = drawn
            self.client.meta.events.unregister(self.event, in_place_of_sending)

    def _error(self, operation, response):
        name, metadata = response["Error"]["Code"], response["ResponseMetadata"]
        shape = self.model.shape_for_error_code(name)
        # The message among them is the one above.
        others = {"Error", "ResponseMetadata", "Message", "message", "errorMessage"}
        members = response.items()
        members = {name: it for name, it in members if name not in others and it is not None}
        return {
            "name": name,
            "message": response["Error"].get("Message"),
            "members": to_json(members, shape),
            "requestId": metadata.get("RequestId"),
        }


def unregister(client, names):
    """Takes botocore's own handlers of these names off a client."""
    for event, handler, *_ in handlers.BUILTIN_HANDLERS:
        if getattr(handler, "__name__", "") in names:
            client.meta.events.unregister(event, handler)


@cache
def client(service, region):
    return Client(service, region, without=CONVENIENCES)


def described(request):
    host, _, path = request.url.split("://")[1].partition("/")
    headers = {
        name: value.decode() if isinstance(value, bytes) else str(value)
        for name, value in request.headers.items()
        if name.lower() not in ITS_OWN
    }
    body = request.body or b""
    if hasattr(body, "read"):
        body = body.read()
    described = {"method": request.method, "host": host, "path": f"/{path}", "headers": headers}
    return described | as_text(body if isinstance(body, bytes) else body.encode())


def as_text(body):
    """The members that hold a body."""
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"bodyBase64": base64.b64encode(body).decode()}


def body_of(it):
    if "bodyBase64" in it:
        return base64.b64decode(it["bodyBase64"])
    return it.get("body", "").encode()


def main():
    for text in sys.stdin:
        line = json.loads(text)
        it = client(line["service"], line.get("region", "us-east-1"))
        print(json.dumps(it.answer(line)), flush=True)


if __name__ == "__main__":
    main()
