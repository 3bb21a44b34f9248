"""The pages as people meet them: in a real browser, with a token, by keyboard, in light and dark, wide and narrow.

Runs where the package `playwright` and a Chromium are; `TALENTSPOR_AXE` names axe-core's `axe.min.js`, without which
accessibility is not judged.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import uvicorn

from tests.api.pages_sample import TOKEN, sample

playwright: Any = pytest.importorskip("playwright.async_api", reason="the package playwright is not installed")

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE: Final = Path(os.environ["TALENTSPOR_AXE"]).read_text(encoding="utf-8") if "TALENTSPOR_AXE" in os.environ else ""
PAGES: Final = ("/", "/docs", "/redoc", "/graphql", "/problems", "/problems/stale", "/problems/none")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
]


@dataclass
class Visit:
    """A tab at the service, and what went wrong in it."""

    page: Any
    origin: str
    complaints: list[str] = field(default_factory=list[str])

    async def go(self, path: str) -> None:
        await self.page.goto(self.origin + path, wait_until="networkidle")

    async def violations(self) -> list[str]:
        await self.page.evaluate(AXE)
        found: list[dict[str, Any]] = await self.page.evaluate("async () => (await axe.run()).violations")
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]

    def failed(self, error: object) -> None:
        self.complaints.append(str(error))

    def watch(self) -> None:
        def said(message: Any) -> None:
            # A refused request is an error to the browser's console, and wanted here and there.
            if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
                self.complaints.append(message.text)

        def asked(request: Any) -> None:
            if not request.url.startswith((self.origin, "data:", "blob:")):
                self.complaints.append(f"asked {request.url}")

        self.page.on("console", said)
        self.page.on("pageerror", self.failed)
        self.page.on("request", asked)


@pytest.fixture(scope="module")
async def origin() -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(sample(), host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  -- uvicorn has a flag and no event
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Any]:
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
async def visit(chromium: Any, origin: str, request: pytest.FixtureRequest) -> AsyncIterator[Visit]:
    scheme, width = getattr(request, "param", ("light", 1440))
    context = await chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    visit = Visit(await context.new_page(), origin)
    visit.watch()
    yield visit
    await context.close()
    assert visit.complaints == []


every_way = pytest.mark.parametrize(
    "visit",
    [("light", 1440), ("dark", 1440), ("light", 320), ("dark", 320)],
    indirect=True,
    ids=lambda way: f"{way[0]}-{way[1]}",
)


@every_way
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_needs_nothing_from_elsewhere_and_shuts_nobody_out(visit: Visit, path: str) -> None:
    await visit.go(path)
    await visit.page.wait_for_selector("h1")
    sideways = await visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert not sideways
    if AXE:
        assert await visit.violations() == []


@every_way
async def test_an_authorised_request_runs_from_the_rest_page(visit: Visit) -> None:
    page = visit.page
    await visit.go("/docs")
    await page.click("button.authorize")
    assert await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    if AXE:
        assert await visit.violations() == []
    await page.keyboard.type(TOKEN)
    await page.keyboard.press("Enter")
    await page.click(".modal-ux .btn-done")
    await page.click(".opblock-tag")
    await page.click(".opblock-get .opblock-summary-control")
    await page.click(".opblock-get .execute")
    await page.wait_for_selector(".live-responses-table")

    assert "Åse Ærø" in await page.inner_text(".live-responses-table")
    assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    for method in ("post", "put", "patch", "deprecated"):
        await page.click(f".opblock-{method} .opblock-summary-control")
    if AXE:
        assert await visit.violations() == []


@every_way
async def test_an_authorised_operation_runs_from_the_graphql_page(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    assert "Enter a token" in await page.inner_text("#found")
    await page.fill("#token", TOKEN)
    await page.keyboard.press("Tab")
    await page.wait_for_selector("#explorer li")
    await page.select_option("#example", "query talents")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#status:has-text('200 OK')")

    assert "unit { id name }" in await page.input_value("#operation")
    assert '"name": "Åse Ærø"' in await page.inner_text("#result")
    assert "request r-1" in await page.inner_text("#status")
    assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    if AXE:
        assert await visit.violations() == []


async def test_what_is_wrong_with_an_operation_is_said_plainly(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.click("#run")
    await page.wait_for_selector("#errors li")
    refused = await page.inner_text("#errors")
    await page.fill("#token", TOKEN)
    await page.fill("#operation", "{\n  talent\n}")
    await page.fill("#variables", "[1]")
    await page.click("#run")
    unreadable = await page.inner_text("#variables-problem")
    await page.fill("#variables", "")
    await page.click("#run")
    await page.wait_for_selector("#errors .where")
    invalid = await page.inner_text("#errors")

    assert "Send a token. (unauthenticated)" in refused
    assert "an object is wanted" in unreadable
    assert "line 2, column 3" in invalid
    assert await page.get_attribute("#errors a", "href") == "/problems/invalid"
    if AXE:
        assert await visit.violations() == []


async def test_of_several_operations_the_one_at_the_caret_runs(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#token", TOKEN)
    await page.fill("#operation", "query One { me }\n\nquery Other { talents { name } }\n")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#status:has-text('200 OK')")

    assert "talents" in await page.inner_text("#result")


async def test_the_schema_is_read_by_keyboard_links_and_search(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#token", TOKEN)
    await page.keyboard.press("Tab")
    await page.wait_for_selector("#explorer li")
    await page.focus("#explorer a:has-text('Talent')")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#explorer h3:focus:has-text('Talent')")
    read = await page.inner_text("#explorer")
    await page.go_back()
    await page.fill("#search", "what people")
    found = await page.inner_text("#explorer")
    await page.click("#explorer a:has-text('Unit.name')")
    await page.wait_for_selector("#explorer [data-member=name]:focus")
    await page.click("#explorer a:has-text('All of the schema')")
    await page.click("button[aria-label='Draft mutation withdrawCandidacy in the editor']")

    assert "An employee seen as a possible leader." in read
    assert "unit: Unit!" in read
    assert "Root" in read.partition("USED BY")[2]
    assert found.startswith("Unit.name")
    assert "withdrawCandidacy(id: $id)" in await page.input_value("#operation")
    assert '"id": ""' in await page.input_value("#variables")


async def test_the_tab_key_indents_and_escape_gives_it_back(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#operation", "")
    await page.keyboard.type("{")
    await page.keyboard.press("Enter")
    await page.keyboard.type("me")
    grown = await page.input_value("#operation")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    shrunk = await page.input_value("#operation")
    await page.keyboard.press("Control+z")
    undone = await page.input_value("#operation")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")

    assert (grown, shrunk, undone) == ("{\n  me", "{\nme  ", "{\n  me  ")
    assert await page.evaluate("document.activeElement.id") == "variables"


async def test_a_token_lives_as_long_as_its_tab(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#token", TOKEN)
    await page.reload()
    kept = await page.input_value("#token")
    other = await page.context.new_page()
    await other.goto(f"{visit.origin}/graphql")

    assert kept == TOKEN
    assert await other.input_value("#token") == ""
    assert await page.get_attribute("#token", "type") == "password"
    await page.click("#reveal")
    assert await page.get_attribute("#token", "type") == "text"
