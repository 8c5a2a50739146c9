"""Drawn times, in the formats that services write."""

from datetime import datetime, timezone
from email.utils import formatdate


def moment(value):
    if isinstance(value, str):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return datetime.fromtimestamp(value, timezone.utc)


def seconds(value):
    """Seconds since 1970, with a fraction only where there is one."""
    time = moment(value)
    whole = int(time.replace(microsecond=0).timestamp())
    return (whole * 10**6 + time.microsecond) / 10**6 if time.microsecond else whole


def iso_time(value):
    time = moment(value)
    fraction = f".{time.microsecond:06}".rstrip("0") if time.microsecond else ""
    return time.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def header_time(shape, value):
    match shape.serialization.get("timestampFormat", "rfc822"):
        case "iso8601":
            return iso_time(value)
        case "unixTimestamp":
            return str(seconds(value))
    return formatdate(int(moment(value).replace(microsecond=0).timestamp()), usegmt=True)
