"""Answers in XML, as services of the protocols rest-xml, query and ec2 write them."""

from times import header_time, iso_time, seconds

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XMLNS = "http://example.amazonaws.com/doc/"


def output(operation, members, request_id):
    protocol, shape = operation.service_model.resolved_protocol, operation.output_shape
    name, xmlns = operation.name, f' xmlns="{XMLNS}"'
    request = escaped(request_id)
    if protocol == "rest-xml":
        return _rest(shape, members, name, xmlns)
    content = _members(shape, members) if shape else ""
    if protocol == "ec2":
        content = f"<requestId>{request}</requestId>{content}"
    else:
        wrapper = shape.serialization.get("resultWrapper") if shape else None
        if wrapper:
            content = f"<{wrapper}>{content}</{wrapper}>"
        metadata = f"<ResponseMetadata><RequestId>{request}</RequestId></ResponseMetadata>"
        content += metadata
    return f"{HEAD}<{name}Response{xmlns}>{content}</{name}Response>".encode()


def _rest(shape, members, name, xmlns):
    payload = shape.serialization.get("payload") if shape else None
    if name == "GetBucketLocation" and "LocationConstraint" in shape.members:
        # One text, without the element around it that the model has.
        region = escaped(members.get("LocationConstraint", ""))
        return f"{HEAD}<LocationConstraint{xmlns}>{region}</LocationConstraint>".encode()
    if payload:
        member = shape.members[payload]
        root = member.serialization.get("name", payload)
        return (HEAD + _element(member, root, members[payload], xmlns)).encode()
    in_body = [m for m in (shape.members.values() if shape else []) if "location" not in m.serialization]
    if not in_body:
        return b""
    return f"{HEAD}<{name}Response{xmlns}>{_members(shape, members)}</{name}Response>".encode()


def error(operation, code, shape, members, request_id):
    protocol = operation.service_model.resolved_protocol
    told = {"Code": code}
    # A member of this name is no other.
    members.pop("Code", None)
    # The message is that of all errors, whatever the shape calls it.
    message = next((it for it in members if it.lower() == "message"), None)
    if message:
        told["Message"] = members.pop(message)
    content = "".join(f"<{name}>{escaped(text)}</{name}>" for name, text in told.items())
    if shape:
        content += _members(shape, members)
    request = escaped(request_id)
    if protocol == "ec2":
        inner = f"<Errors><Error>{content}</Error></Errors><RequestID>{request}</RequestID>"
        return f"{HEAD}<Response>{inner}</Response>".encode()
    if operation.service_model.service_name == "s3":
        inner = f"{content}<RequestId>{request}</RequestId><HostId>host</HostId>"
        return f"{HEAD}<Error>{inner}</Error>".encode()
    inner = f"<Error><Type>Sender</Type>{content}</Error><RequestId>{request}</RequestId>"
    return f'{HEAD}<ErrorResponse xmlns="{XMLNS}">{inner}</ErrorResponse>'.encode()


def _members(shape, value):
    elements = {name: member.serialization.get("name", name) for name, member in shape.members.items()}
    parts = []
    for name, inner in value.items():
        member = shape.members[name]
        # S3 has an event and a list of events in elements of the same name.
        is_taken = member.type_name == "list" and [*elements.values()].count(elements[name]) > 1
        if not member.serialization.get("xmlAttribute") and not is_taken:
            parts.append(_member(member, name, inner))
    return "".join(parts)


def _member(shape, name, value):
    """A member: of a flattened list an element for each item."""
    own = shape.serialization.get("name", name)
    if shape.serialization.get("flattened"):
        if shape.type_name == "list":
            own = shape.member.serialization.get("name", own)
            return "".join(_element(shape.member, own, item) for item in value)
        return "".join(f"<{own}>{_entry(shape, entry)}</{own}>" for entry in value.items())
    return _element(shape, own, value)


def _element(shape, name, value, attributes=""):
    if shape.type_name == "structure":
        for inner, member in shape.members.items():
            if member.serialization.get("xmlAttribute") and inner in value:
                own = member.serialization.get("name", inner)
                prefix = own.split(":")[0]
                if ":" in own:
                    attributes += f' xmlns:{prefix}="http://www.w3.org/2001/XMLSchema-instance"'
                attributes += f' {own}="{escaped(value[inner])}"'
        content = _members(shape, value)
    elif shape.type_name == "list":
        item = shape.member.serialization.get("name", "member")
        content = "".join(_element(shape.member, item, inner) for inner in value)
    elif shape.type_name == "map":
        content = "".join(f"<entry>{_entry(shape, entry)}</entry>" for entry in value.items())
    else:
        content = escaped(text(shape, value))
    return f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>"


def _entry(shape, entry):
    names = [part.serialization.get("name", own) for part, own in ((shape.key, "key"), (shape.value, "value"))]
    parts = zip((shape.key, shape.value), names, entry)
    return "".join(_element(part, name, value) for part, name, value in parts)


def text(shape, value):
    match shape.type_name:
        case "boolean":
            return "true" if value else "false"
        case "timestamp":
            match shape.serialization.get("timestampFormat", "iso8601").lower():
                case "unixtimestamp":
                    return str(seconds(value))
                case "rfc822":
                    return header_time(shape, value)
            return iso_time(value)
    return str(value)


def escaped(text):
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(char, entity)
    return text
