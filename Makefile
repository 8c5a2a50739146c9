.PHONY: help serve page test site size

help:
	@echo 'make serve   the console at http://127.0.0.1:8080, answered by the sandbox'
	@echo 'make page    the same page without the proxy: trunk serve'
	@echo 'make test    every test: native, in the browser, end to end'
	@echo 'make site    the page for any static host, into dist/'
	@echo 'make size    what the first load of dist/ costs'

serve:
	@tools/serve

page:
	@tools/page

test:
	@tools/test

site:
	@tools/site

size:
	@tools/site
	@node tools/size.mjs
