"""The suites of boto3; run.py starts them."""

import pages
import retries
import signatures
import stories
import suites
from sandbox import Sandbox
from sdk import Client

with Sandbox() as sandbox:
    client = Client(sandbox.url)
    patient = Client(sandbox.url, retries.ATTEMPTS)
    suites.run(
        {
            "stories by boto3": stories.suite(sandbox, client),
            "pages by boto3": pages.suite(sandbox, client),
            "retries by boto3": retries.suite(sandbox, patient),
            "signatures by boto3": signatures.suite(sandbox, Client),
        }
    )
