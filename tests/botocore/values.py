"""Inputs and outputs as JSON, and as botocore has them."""

import base64
import json
import math
from datetime import datetime, timezone

from botocore.utils import is_json_value_header


def from_json(value, shape):
    """An input as botocore wants it: JSON has blobs as base64, no number that is none, and what is
    JSON in a header as text."""
    return _walk(value, shape, base64.b64decode, lambda time: time, _number, json.loads)


def to_json(value, shape):
    """botocore's output as JSON: blobs as base64, times as ISO 8601 in UTC."""

    def blob(it):
        data = it if isinstance(it, bytes) else it.read()
        return base64.b64encode(data).decode()

    return _walk(value, shape, blob, _time, _text, json.dumps)


def with_times(value, shape):
    """JSON of somebody else's with times as `to_json` writes them, whether text or a number; and
    the JSON that is text."""

    def again(text):
        try:
            return json.dumps(json.loads(text))
        except ValueError:
            return text

    return _walk(value, shape, lambda text: text, _time, lambda number: number, again)


def known(value, shape):
    """The members that the model has; somebody else may keep those that it doesn't have."""
    match shape.type_name if shape else None:
        case "structure" if isinstance(value, dict) and not shape.is_document_type:
            members = shape.members
            return {k: known(v, members[k]) for k, v in value.items() if k in members}
        case "list":
            return [known(item, shape.member) for item in value]
        case "map":
            return {k: known(v, shape.value) for k, v in value.items()}
    return value


def _number(value):
    return float(value.lower()) if isinstance(value, str) else value


def _text(value):
    """As JSON has what is no number."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _time(value):
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
    elif isinstance(value, (int, float)):
        value = datetime.fromtimestamp(value, timezone.utc)
    text = value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return f"{text.rstrip('0').rstrip('.')}Z"


def _walk(value, shape, blob, time, number, in_header):
    if value is None or shape is None or getattr(shape, "is_document_type", False):
        return value
    if is_json_value_header(shape):
        return in_header(value)
    kinds = {"blob": blob, "timestamp": time, "float": number, "double": number}

    def inner(value, shape):
        return _walk(value, shape, blob, time, number, in_header)

    match shape.type_name:
        case "structure" if isinstance(value, dict):
            return {k: inner(v, shape.members.get(k)) for k, v in value.items()}
        case "list" if isinstance(value, list):
            return [inner(item, shape.member) for item in value]
        case "map" if isinstance(value, dict):
            return {k: inner(v, shape.value) for k, v in value.items()}
        case kind if kind in kinds:
            return kinds[kind](value)
    return value
