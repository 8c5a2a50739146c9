"""Answers as AWS's services write them: random outputs and errors, in each protocol."""

import base64
import json
import re

from botocore.utils import is_json_value_header

import cbor
import xml_answers
from draw import Draw
from times import header_time, iso_time, seconds
from reference import as_text

# What S3 has in the place of the others' request ID.
REQUEST_ID = "4442587F-B7D0-A2F9-A2F9-B7D04442587F"
STATUS = 200


def responses(operation, random):
    """Direction and response: an output, an error of the model's, and one that it doesn't have."""
    it = Writer(operation, random)
    yield "answer", it.output()
    if operation.error_shapes:
        yield "error", it.error(random.choice(operation.error_shapes))
    yield "error", it.error(None)


class Writer:
    def __init__(self, operation, random):
        self.operation, self.random = operation, random
        self.service = operation.service_model
        self.protocol = self.service.resolved_protocol
        self.is_xml = self.protocol in ("rest-xml", "query", "ec2")

    def output(self):
        shape = self.operation.output_shape
        value = Draw(self.random, is_answer=True, is_xml=self.is_xml).of(shape)
        name, payload = self._payload()
        if payload and payload.type_name == "structure":
            # botocore has one where there is no body, too.
            value.setdefault(name, {})
        status = self.operation.http.get("responseCode", STATUS)
        return self._response(shape, value, status, lambda members: self._output_body(members))

    def error(self, shape):
        value = {}
        if shape:
            value = Draw(self.random, is_answer=True, is_xml=self.is_xml).of(shape)
        message = next((name for name in value if name.lower() == "message"), None)
        message = message or next((name for name in getattr(shape, "members", {}) if name.lower() == "message"), "message")
        if self.service.service_name == "sso-oidc" and shape:
            # As OAuth 2 has it.
            message = "error_description"
        value[message] = self.random.choice(["It went wrong.", "Ünlucky <&> \"words\""])
        name = shape.error_code if shape and self.is_xml else shape.name if shape else "UnheardOf"
        status = 400
        if shape:
            status = shape.metadata.get("error", {}).get("httpStatusCode", status)
        write = {
            "json": self._json_error,
            "rest-json": self._json_error,
            "smithy-rpc-v2-cbor": self._cbor_error,
        }.get(self.protocol, self._xml_error)
        return self._response(shape, value, status, lambda members: write(name, shape, members))

    def _response(self, shape, value, status, write):
        """Parts a value into status, headers and body."""
        is_s3 = self.service.service_name == "s3"
        headers = {"x-amz-request-id" if is_s3 else "x-amzn-RequestId": REQUEST_ID}
        if is_s3:
            headers["x-amz-id-2"] = "host"
        members = {}
        if self._are_checked():
            # botocore compares them with the body.
            named = r"^Checksum[A-Z]+\d"
            value = {name: inner for name, inner in value.items() if not re.match(named, name)}
        for name, inner in value.items():
            member = shape.members.get(name) if shape else None
            serialization = member.serialization if member else {}
            match serialization.get("location"):
                case "header":
                    headers[serialization.get("name", name)] = self._header(member, inner)
                case "headers":
                    for key, text in inner.items():
                        headers[serialization.get("name", "") + key] = text
                case "statusCode":
                    status = 201
                case _:
                    members[name] = inner
        kind, body = write(members)
        if isinstance(kind, dict):
            headers |= kind
        elif kind and "Content-Type" not in headers:
            headers["Content-Type"] = kind
        headers = {name: text for name, text in headers.items() if text is not None}
        for name in headers:
            if name.lower() == "content-length":
                headers[name] = str(len(body))
        return {"status": status, "headers": headers} | as_text(body)

    def _are_checked(self):
        return "responseAlgorithms" in (self.operation.http_checksum or {})

    def _header(self, shape, value):
        if is_json_value_header(shape):
            return base64.b64encode(value.encode()).decode()
        match shape.type_name:
            case "timestamp":
                return header_time(shape, value)
            case "boolean":
                return "true" if value else "false"
            case "list":
                items = [self._header(shape.member, item) for item in value]
                # botocore parts them at any comma.
                return ",".join(it.replace(",", "").replace('"', "") for it in items) or None
        return str(value)

    def _payload(self):
        shape = self.operation.output_shape
        name = shape.serialization.get("payload") if shape else None
        return name, shape.members[name] if name else None

    def _output_body(self, members):
        shape = self.operation.output_shape
        name, payload = self._payload()
        if payload and payload.type_name in ("blob", "string"):
            value = members.get(name, "")
            if payload.type_name == "blob":
                return "application/octet-stream", base64.b64decode(value)
            return "text/plain", value.encode()
        if self.is_xml:
            return "text/xml", xml_answers.output(self.operation, members, REQUEST_ID)
        if self.protocol == "smithy-rpc-v2-cbor":
            headers = {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
            return headers, cbor.encoded(shape, members, self.random)
        kind = "application/json"
        if self.protocol == "json":
            kind = f"application/x-amz-json-{self.service.metadata.get('jsonVersion', '1.0')}"
        if payload:
            return kind, self._json(payload, members[name])
        return kind, self._json(shape, members) if shape else b"{}"

    def _json(self, shape, value):
        text = json.dumps(as_json(shape, value), ensure_ascii=self.random.random() < 0.5)
        return text.encode()

    def _json_error(self, name, shape, members):
        body = as_json(shape, members) if shape else members
        if self.protocol == "json":
            prefix = self.random.choice(["", "com.amazonaws.namespace#"])
            return "application/x-amz-json-1.1", json.dumps({"__type": prefix + name, **body}).encode()
        suffix = self.random.choice(["", ":http://internal.amazon.com/coral/com.amazonaws/"])
        headers = {"Content-Type": "application/json", "x-amzn-ErrorType": name + suffix}
        return headers, json.dumps(body).encode()

    def _cbor_error(self, name, shape, members):
        body = cbor.encoded(shape, members, self.random, {"__type": f"com.amazonaws#{name}"})
        return {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}, body

    def _xml_error(self, name, shape, members):
        return "text/xml", xml_answers.error(self.operation, name, shape, members, REQUEST_ID)


def as_json(shape, value):
    if shape is None or getattr(shape, "is_document_type", False):
        return value
    match shape.type_name:
        case "structure":
            members = shape.members
            return {
                members[name].serialization.get("name", name): as_json(members[name], inner)
                for name, inner in value.items()
                if name in members
            } | {name: inner for name, inner in value.items() if name not in members}
        case "list":
            return [as_json(shape.member, inner) for inner in value]
        case "map":
            return {key: as_json(shape.value, inner) for key, inner in value.items()}
        case "timestamp":
            match shape.serialization.get("timestampFormat", "unixTimestamp"):
                case "iso8601":
                    return iso_time(value)
                case "rfc822":
                    return header_time(shape, value)
            return seconds(value)
    return value
