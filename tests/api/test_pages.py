"""The pages as a program sees them: headers, languages, links, files. What a browser sees is tested beside this."""

import re
import tomllib
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import httpx
import pytest

from service.api.pages.assets import assets
from service.api.pages.language import LANGUAGES
from tests.api.pages_sample import sample

PAGES: Final = ("/", "/docs", "/graphql", "/problems", "/problems/stale", "/problems/there_is_none")

# What the rest of the service answers and the pages link to.
ELSEWHERE: Final = {"/openapi.json", "/graphql/schema.graphql", "/health/live", "/health/ready", "/metrics"}

OWN_FOLDER: Final = Path(__file__).parents[2] / "service" / "api" / "pages"
BROWSER: Final = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Links(HTMLParser):
    """Gather what a page points at, and whether something runs or is styled within it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [given[name] for name in ("href", "src", "action", "data-contract") if name in given]
        self.addresses += [given[name] for name in ("data-endpoint", "data-problems") if name in given]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag == "html":
            self.language = given["lang"]


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(sample())
    async with httpx.AsyncClient(transport=transport, base_url="http://service", headers=BROWSER) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_says_what_it_may_load_and_is_never_framed(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))

    assert answer.status_code == (404 if path.endswith("there_is_none") else 200)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_needs_another_origin_or_runs_anything_inline(browser: httpx.AsyncClient, path: str) -> None:
    links = Links((await browser.get(path)).text)

    assert links.inline == []
    assert links.addresses
    assert [each for each in links.addresses if not each.startswith(("/", "#", "?")) or each[:2] == "//"] == []


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_of_a_page_leads_somewhere(browser: httpx.AsyncClient, path: str) -> None:
    addresses = Links((await browser.get(path)).text).addresses
    local = {each.partition("#")[0].partition("?")[0] for each in addresses} - {""}

    for address in local - ELSEWHERE:
        assert (await browser.get(address)).status_code == 200, address


def test_our_own_files_name_no_other_origin() -> None:
    namespaces = {"http://www.w3.org/2000/svg"}
    for path in sorted(OWN_FOLDER.rglob("*")):
        if path.suffix in {".html", ".css", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8")
            outside = set(re.findall(r"""(?:https?:|wss?:|["'(=]\s*)//[\w.-]+[^\s"')]*""", text))
            assert outside - namespaces == set(), path.name
            assert "@import" not in text, path.name


def test_the_bought_in_stylesheets_and_pictures_name_no_other_origin() -> None:
    stylesheet = assets()["swagger-ui.css"].content

    assert set(re.findall(rb"url\(\s*[\"']?(?!data:|[\"']?data:)([^)]{0,40})", stylesheet)) == set()


async def test_the_front_page_leads_to_everything(browser: httpx.AsyncClient) -> None:
    addresses = Links((await browser.get("/")).text).addresses

    assert {"/docs", "/graphql", "/problems", *ELSEWHERE} <= set(addresses)
    assert "1.2.3" in (await browser.get("/")).text


async def test_the_page_of_graphql_is_for_browsers_only(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/graphql")
    program = await browser.get("/graphql", headers={"Accept": "*/*"})
    query = await browser.get("/graphql", params={"query": "{ __typename }"})
    posted = await browser.post("/graphql", json={"query": "{ __typename }"})

    assert page.headers["content-type"].startswith("text/html")
    assert "Accept" in page.headers["vary"]
    assert program.json() == query.json() == {"data": {"__typename": "Root"}}
    assert posted.status_code == 401


async def test_the_pages_are_no_part_of_the_contract(browser: httpx.AsyncClient) -> None:
    paths: set[str] = set((await browser.get("/openapi.json")).json()["paths"])

    assert paths
    assert not paths & {"/", "/docs", "/graphql", "/problems", "/problems/{code}"}


@pytest.mark.parametrize(
    ("wanted", "answered"),
    [
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("sv;q=0.5, nb;q=0.7", "nb"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("fi, sv;q=0.1", "sv"),
        ("da;q=0, sv;q=0.2", "sv"),
        ("fi", "en"),
        ("*", "en"),
        ("", "en"),
        ("da;q=high,,;;=", "en"),
    ],
)
async def test_a_page_is_in_the_language_its_reader_prefers(
    browser: httpx.AsyncClient, wanted: str, answered: str
) -> None:
    answer = await browser.get("/problems", headers={"Accept-Language": wanted})

    assert Links(answer.text).language == answered
    assert answer.headers["content-language"] == answered
    assert "Accept-Language" in answer.headers["vary"]


async def test_a_language_chosen_by_hand_stays_chosen_from_page_to_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/problems?lang=sv", headers={"Accept-Language": "da"})

    assert Links(answer.text).language == "sv"
    assert "/problems/stale?lang=sv" in Links(answer.text).addresses


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_problem_says_what_it_means_and_what_to_do_in_every_language(
    browser: httpx.AsyncClient, language: str
) -> None:
    everything = await browser.get("/problems", params={"lang": language})
    one = await browser.get("/problems/not_found", params={"lang": language})
    title = {"da": "Ikke fundet", "sv": "Hittades inte", "nb": "Ikke funnet", "en": "Not found"}[language]
    advised = {"da": "Kontrollér id", "sv": "Kontrollera id", "nb": "Kontroller id", "en": "Check the id"}

    assert title in everything.text
    assert f"<h1>{title}</h1>" in one.text
    assert "It is not there, or not for you to see." in one.text
    assert "404 Not Found" in one.text
    assert advised[language] in one.text


async def test_what_a_problem_means_is_text_and_never_markup(browser: httpx.AsyncClient) -> None:
    known = (await browser.get("/problems/stale")).text
    unknown = await browser.get("/problems/%3Cscript%3Ealert(1)%3C%2Fscript%3E")

    assert "Somebody was &lt;faster&gt; &amp; saved first: send the <code>ETag</code>." in known
    assert unknown.status_code == 404
    assert "<script>alert" not in unknown.text


async def test_an_unknown_problem_is_not_found_and_shows_the_way_back(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/problems/there_is_none", params={"lang": "da"})

    assert answer.status_code == 404
    assert "Den fejltype findes ikke" in answer.text
    assert "/problems?lang=da" in Links(answer.text).addresses


def test_every_language_has_the_same_words_and_the_same_advice() -> None:
    dictionaries = {
        language: tomllib.loads((OWN_FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    shapes = {
        language: {part: set(texts) for part, texts in dictionary.items()}
        for language, dictionary in dictionaries.items()
    }

    assert all(shape == shapes["en"] for shape in shapes.values())
    assert all(text for each in dictionaries.values() for texts in each.values() for text in texts.values())


async def test_a_file_of_this_edition_may_be_kept_and_is_known_by_its_content(
    browser: httpx.AsyncClient,
) -> None:
    script = next(each for each in Links((await browser.get("/graphql")).text).addresses if each.endswith(".js"))
    first = await browser.get(script)
    again = await browser.get(script, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    changed = await browser.get(script, headers={"If-None-Match": '"other"'})

    assert "immutable" in first.headers["cache-control"]
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["x-content-type-options"] == "nosniff"
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert changed.content == first.content


async def test_a_file_of_another_edition_is_asked_for_again(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/of-last-week/graphql.js")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/x/none.js", "/assets/x/..%2Froutes.py", "/assets/x/%2Fetc%2Fpasswd", "/assets/x/"]
)
async def test_only_files_of_the_pages_are_sent(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_a_page_that_has_not_changed_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/")
    again = await browser.get("/", headers={"If-None-Match": first.headers["etag"]})
    danish = await browser.get("/?lang=da", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert danish.status_code == 200


async def test_behind_a_path_every_address_carries_it() -> None:
    transport = httpx.ASGITransport(sample(), root_path="/hr/talentspor")
    async with httpx.AsyncClient(transport=transport, base_url="http://service", headers=BROWSER) as client:
        for path in ("/", "/docs", "/graphql", "/problems/stale"):
            addresses = Links((await client.get(f"/hr/talentspor{path}")).text).addresses
            assert [each for each in addresses if not each.startswith(("/hr/talentspor/", "#", "?"))] == []


async def test_the_modules_of_a_page_find_each_other(browser: httpx.AsyncClient) -> None:
    script = next(each for each in Links((await browser.get("/graphql")).text).addresses if each.endswith(".js"))
    imported = re.findall(r'from "\./([\w.-]+)"', (await browser.get(script)).text)

    assert imported
    for name in imported:
        assert (await browser.get(f"{script.rpartition('/')[0]}/{name}")).status_code == 200
