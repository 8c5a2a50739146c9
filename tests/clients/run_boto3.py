"""Runs snippets of boto3 that come as lines of JSON, and says of each what became of it."""

import io
import json
import sys
import traceback
from contextlib import redirect_stdout

from botocore.exceptions import ClientError

for line in sys.stdin:
    told = {"isSuccess": True, "trouble": None}
    try:
        with redirect_stdout(io.StringIO()):
            exec(compile(json.loads(line), "snippet", "exec"), {"__name__": "__main__"})
    except ClientError:
        told["isSuccess"] = False
    except Exception:
        told["trouble"] = traceback.format_exc()
    print(json.dumps(told), flush=True)
