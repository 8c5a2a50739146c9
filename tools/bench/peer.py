"""A signing proxy as one would write it in an afternoon: aiohttp and botocore. It checks nothing;
it signs what it gets and passes the answer on."""

import asyncio
import os
import sys

from aiohttp import ClientSession, TCPConnector, web
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

upstream = sys.argv[1]
keys = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])


async def main():
    async with ClientSession(connector=TCPConnector(limit=0)) as session:

        async def forward(request):
            headers = {name: request.headers[name] for name in ("Content-Type", "X-Amz-Target")}
            signed = AWSRequest(
                request.method, upstream + request.path, headers, await request.read()
            )
            SigV4Auth(keys, "servicecatalog", "us-east-1").add_auth(signed)
            async with session.request(
                signed.method, signed.url, headers=dict(signed.headers), data=signed.data
            ) as answer:
                headers = {"Content-Type": answer.headers["Content-Type"]}
                return web.Response(
                    status=answer.status, headers=headers, body=await answer.read()
                )

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", forward)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print("%s:%d" % runner.addresses[0], flush=True)
        await asyncio.Event().wait()


asyncio.run(main())
