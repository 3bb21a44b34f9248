"""The pages as people meet them: the service itself in a real browser, by keyboard, light and dark, wide and narrow.

Runs where a Chromium is installed (`chromium` on the path).
"""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

import pytest
from playwright.async_api import async_playwright

from service.api.security import development_token
from service.domain.actor import Role
from service.main import Rooms
from tests.municipality import development_key, municipality
from tests.serving import listening

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PAGES: Final = ("/", "/docs", "/graphql", "/problems", "/problems/stale_version", "/problems/none")
PATIENCE: Final = 120_000
"""Milliseconds: a machine may have other tests to run."""
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
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
    token: str
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


@dataclass(frozen=True)
class Service:
    """The service on a port, and a token of its HR."""

    origin: str
    token: str


@pytest.fixture(scope="module")
async def service(joined: Rooms) -> AsyncIterator[Service]:
    async with municipality(joined) as town, listening(joined) as origin:
        unit = await town.unit("Byg og miljø")
        await town.person("Åse Ærø", unit)
        yield Service(origin, development_token(development_key(), town.actor(None, Role.HR)))


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Any]:
    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
async def visit(chromium: Any, service: Service, request: pytest.FixtureRequest) -> AsyncIterator[Visit]:
    scheme, width = getattr(request, "param", ("light", 1440))
    context = await chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    visit = Visit(await context.new_page(), service.origin, service.token)
    visit.watch()
    yield visit
    await context.close()
    assert visit.complaints == []


both_ways = pytest.mark.parametrize(
    "visit", [("light", 1440), ("dark", 320)], indirect=True, ids=lambda way: f"{way[0]}-{way[1]}"
)


@both_ways
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_needs_nothing_from_elsewhere_and_shuts_nobody_out(visit: Visit, path: str) -> None:
    await visit.go(path)
    await visit.page.wait_for_selector("h1")
    sideways = await visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert not sideways
    assert await visit.violations() == []


@both_ways
async def test_an_authorised_request_runs_from_the_rest_page(visit: Visit) -> None:
    page = visit.page
    await visit.go("/docs")
    await page.click("button.authorize")
    assert await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    assert await visit.violations() == []
    await page.keyboard.insert_text(visit.token)
    await page.keyboard.press("Enter")
    await page.click(".modal-ux .btn-done")
    await page.click("#operations-tag-Person")
    await page.click("#operations-Person-listPersons .opblock-summary-control")
    await page.click("#operations-Person-listPersons .execute")
    await page.wait_for_selector(".live-responses-table .response")

    assert "Åse Ærø" in await page.inner_text(".live-responses-table")
    assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    await page.click("#operations-tag-Unit")
    for operation in ("Unit-defineUnit", "Unit-changeUnit"):
        await page.click(f"#operations-{operation} .opblock-summary-control")
        await page.wait_for_selector(f"#operations-{operation} .execute")
    assert await visit.violations() == []


async def test_what_may_be_left_out_of_a_request_begins_empty_on_the_rest_page(visit: Visit) -> None:
    page = visit.page
    await visit.go("/docs")
    await page.click("#operations-tag-Unit")
    await page.click("#operations-Unit-changeUnit .opblock-summary-control")
    await page.wait_for_selector("#operations-Unit-changeUnit .execute")

    assert await page.input_value("#operations-Unit-changeUnit tr[data-param-name=If-Match] input") == ""


@both_ways
async def test_an_authorised_operation_runs_from_the_graphql_page(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#token", visit.token)
    await page.keyboard.press("Tab")
    await page.wait_for_selector("#explorer li")
    await page.select_option("#example", "query persons")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#status:has-text('200 OK')")

    assert '"name": "Åse Ærø"' in await page.inner_text("#result")
    assert "request " in await page.inner_text("#status")
    assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    assert await visit.violations() == []


async def test_what_is_wrong_with_an_operation_is_said_plainly(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.click("#run")
    await page.wait_for_selector("#errors li")
    refused = await page.inner_text("#errors")
    await page.fill("#token", visit.token)
    await page.fill("#operation", "{\n  talent\n}")
    await page.fill("#variables", "[1]")
    await page.click("#run")
    unreadable = await page.inner_text("#variables-problem")
    await page.fill("#variables", "")
    await page.click("#run")
    await page.wait_for_selector("#errors .where")
    invalid = await page.inner_text("#errors")

    assert "(unauthenticated)" in refused
    assert "an object is wanted" in unreadable
    assert "line 2, column 3" in invalid
    assert await page.get_attribute("#errors a", "href") == "/problems/graphql_invalid"
    assert await visit.violations() == []


async def test_of_several_operations_the_one_at_the_caret_runs(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.fill("#token", visit.token)
    await page.fill("#operation", "query One { me { subject } }\n\nquery Other { units { nodes { name } } }\n")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("#status:has-text('200 OK')")

    assert "Byg og miljø" in await page.inner_text("#result")


async def test_the_schema_is_read_by_keyboard_links_and_search(visit: Visit) -> None:
    page = visit.page
    await visit.go("/graphql")
    await page.wait_for_selector("#explorer li")
    await page.locator("#explorer a", has_text="Talent").first.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#explorer h3:focus:has-text('Talent')")
    read = await page.inner_text("#explorer")
    await page.go_back()
    await page.fill("#search", "where its costs are")
    found = await page.inner_text("#explorer")
    await page.click("#explorer a:has-text('Unit.costCentre')")
    await page.wait_for_selector("#explorer [data-member=costCentre]:focus")
    await page.click("#explorer a:has-text('All of the schema')")
    await page.click("button[aria-label='Draft mutation closeUnit in the editor']")

    assert "An employee seen as a possible leader" in read
    assert "person: Person" in read
    assert "Query" in read.partition("USED BY")[2]
    assert "Unit.costCentre" in found
    assert "closeUnit(input: $input)" in await page.input_value("#operation")
    assert '"input": {' in await page.input_value("#variables")


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
    await page.fill("#token", visit.token)
    await page.reload()
    kept = await page.input_value("#token")
    other = await page.context.new_page()
    await other.goto(f"{visit.origin}/graphql")

    assert kept == visit.token
    assert await other.input_value("#token") == ""
    assert await page.get_attribute("#token", "type") == "password"
    await page.click("#reveal")
    assert await page.get_attribute("#token", "type") == "text"
