"""What differs between two requests, or two readings of an answer."""

import base64
import gzip
import json
import math
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from botocore.utils import is_json_value_header

from reference import body_of
from values import with_times

# What depends on who sends, when, and how it is signed, or only says how long the body is.
NOT_COMPARED = {
    "authorization", "content-length", "date", "host", "transfer-encoding", "user-agent",
    "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-user-agent",
}  # fmt: skip


def requests(ours, theirs, operation):
    """Where one request is not the other, a line each."""
    if "method" not in theirs:
        return [f"botocore: {theirs}"]
    different = []
    for name in ("method", "host"):
        if ours[name] != theirs[name]:
            different.append(f"{name} {ours[name]}, not {theirs[name]}")
    (path, query), (their_path, their_query) = map(_parted, (ours["path"], theirs["path"]))
    if path != their_path:
        different.append(f"path {path}, not {their_path}")
    if query != their_query:
        different.append(f"query {query}, not {their_query}")
    json_headers = _json_headers(operation)
    headers, their_headers = (_headers(it["headers"], json_headers) for it in (ours, theirs))
    for name in sorted({*headers, *their_headers}):
        if headers.get(name) != their_headers.get(name):
            found, wanted = headers.get(name), their_headers.get(name)
            different.append(f"header {name} {found!r}, not {wanted!r}")
    body, their_body = body_of(ours), body_of(theirs)
    if headers.get("content-encoding") == their_headers.get("content-encoding") == "gzip":
        body, their_body = gzip.decompress(body), gzip.decompress(their_body)
    if body != their_body:
        protocol = operation.service_model.resolved_protocol
        kind = their_headers.get("content-type", "")
        why = _bodies(body, their_body, protocol, kind)
        if why:
            different.append(f"body {why}")
    return different


def answers(ours, theirs, operation):
    """Where one reading of an answer is not the other, a line each."""
    if "output" not in theirs and "error" not in theirs:
        return [f"botocore: {theirs}"]
    for kind in ("output", "error"):
        if kind in theirs and kind not in ours:
            return [f"{json.dumps(ours)[:300]}, not an {kind}"]
    if "output" in theirs:
        wanted = theirs["output"]
        return _values(with_times(ours["output"], operation.output_shape), wanted, "output")
    found, wanted = ours["error"], theirs["error"]
    shape = operation.service_model.shape_for_error_code(wanted["name"])
    found = found | {"members": with_times(found["members"], shape)}
    return [line for name in wanted for line in _values(found[name], wanted[name], name)]


def _parted(path):
    path, _, query = path.partition("?")
    pairs = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="strict"):
        pairs.setdefault(name, []).append(value)
    return path, pairs


def _json_headers(operation):
    members = operation.input_shape.members if operation.input_shape else {}
    members = members.values()
    return {it.serialization["name"].lower() for it in members if is_json_value_header(it)}


def _headers(headers, json_headers):
    compared = {}
    for name, value in headers.items():
        name = name.lower()
        if name in NOT_COMPARED or name.startswith("amz-sdk-"):
            continue
        # JSON may be written in more than one way.
        compared[name] = json.loads(base64.b64decode(value)) if name in json_headers else value
    return compared


def _bodies(ours, theirs, protocol, kind):
    """Why two bodies that are not the same bytes are not equal, or None."""
    if protocol in ("json", "rest-json") and theirs[:1] in (b"{", b"[", b'"'):
        try:
            ours, theirs = json.loads(ours), json.loads(theirs)
        except ValueError:
            return f"{ours[:300]!r}, not {theirs[:300]!r}"
        return "; ".join(_values(ours, theirs, "", is_exact=True)[:3])
    if protocol in ("query", "ec2"):
        pairs = [parse_qsl(it.decode(), keep_blank_values=True) for it in (ours, theirs)]
        if pairs[0] == pairs[1]:
            return None
        lost = [pair for pair in pairs[1] if pair not in pairs[0]]
        more = [pair for pair in pairs[0] if pair not in pairs[1]]
        return f"with {more[:4]}, without {lost[:4]}"
    if protocol == "rest-xml" and theirs[:1] == b"<":
        try:
            ours, theirs = (ElementTree.canonicalize(it.decode()) for it in (ours, theirs))
        except (ElementTree.ParseError, UnicodeDecodeError) as why:
            return f"{why}: {ours[:300]!r}, not {theirs[:300]!r}"
        return None if ours == theirs else f"{ours[:400]}, not {theirs[:400]}"
    if protocol == "smithy-rpc-v2-cbor":
        return f"{ours[:300].hex()}, not {theirs[:300].hex()}"
    return f"{ours[:300]!r}, not {theirs[:300]!r} ({kind})"


def _values(found, wanted, place, is_exact=False):
    """Where a value is not another. Numbers have to be of the same type if `is_exact`."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        lines = []
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            here = f"{place}.{name}"
            if name not in found:
                lines.append(f"{here} is missing, not {str(wanted[name])[:80]}")
            elif name not in wanted:
                lines.append(f"{here} is {str(found[name])[:80]}, not missing")
            else:
                lines += _values(found[name], wanted[name], here, is_exact)
        return lines
    if isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            return [f"{place} has {len(found)} items, not {len(wanted)}"]
        pairs = enumerate(zip(found, wanted))
        return [line for n, (f, w) in pairs for line in _values(f, w, f"{place}[{n}]", is_exact)]
    is_number = isinstance(wanted, (int, float)) and not isinstance(wanted, bool)
    if is_number and isinstance(found, (int, float)) and not isinstance(found, bool):
        same = found == wanted or is_exact is False and math.isclose(found, wanted, rel_tol=1e-15)
    else:
        same = type(found) is type(wanted) and found == wanted
    return [] if same else [f"{place} is {found!r:.120}, not {wanted!r:.120}"]
