"""The suites of the AWS CLI; run.py starts them."""

import pages
import retries
import signatures
import stories
import suites
from cli import Client, Command
from sandbox import Sandbox

with Sandbox() as sandbox:
    # Its driver becomes slower with each call.
    client, other = Client(sandbox.url), Client(sandbox.url)
    patient = Client(sandbox.url, retries.ATTEMPTS)
    command = Command(sandbox.url)
    suites.run(
        {
            "stories by the AWS CLI": stories.suite(sandbox, client),
            "pages by the AWS CLI": pages.suite(sandbox, other),
            "retries by the AWS CLI": retries.suite(sandbox, patient),
            "signatures by the AWS CLI": signatures.suite(sandbox, Client),
            "a story by the command aws": stories.shortest(sandbox, command),
        }
    )
