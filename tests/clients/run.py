"""AWS's own clients against the sandbox: `python tests/clients/run.py`, after
`cargo build -p formsmith-proxy`. Each suite ends with a line of counts."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

# Each runs in a process of its own: the CLI puts its copy of botocore in the place of boto3's.
# The CLI sends, by its setting, even what it sees to be wrong: what the service says of it is a
# part of the stories. boto3 is told so input by input.
UNCHECKED = "parameter_validation = false\n"
CLIENTS = {"with_boto3.py": "", "with_cli.py": UNCHECKED, "with_snippets.py": UNCHECKED}


def settled(folder, settings):
    """An environment in which no setting of the person who runs this reaches a client."""
    config = Path(folder) / "config"
    config.write_text(f"[default]\n{settings}")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    return kept | {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }


def main():
    codes = []
    for client, settings in CLIENTS.items():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-B", HERE / client]
            environment = settled(folder, settings)
            codes.append(subprocess.run(command, env=environment).returncode)
    sys.exit(any(codes))


if __name__ == "__main__":
    main()
