"""The reader's language, among those that the service speaks."""

from typing import Final

LANGUAGES: Final = ("da", "sv", "nb", "en")
FALLBACK: Final = "en"

# Browsers in Norway ask for `no` or `nn` as readily as for `nb`; one Norwegian beats English.
_SPOKEN: Final = {**{language: language for language in LANGUAGES}, "no": "nb", "nn": "nb"}


def preferred(accept_language: str, chosen: str = "") -> str:
    """Choose among `LANGUAGES`: the one chosen by hand, else the first of `Accept-Language` that is spoken.

    A malformed header is read as far as it makes sense and never refused (RFC 9110, section 12.5.4).
    """
    if chosen in LANGUAGES:
        return chosen
    wanted = sorted(
        (_weighed(part, place) for place, part in enumerate(accept_language.split(","))),
        key=lambda wish: (-wish[0], wish[1]),
    )
    for weight, _, tag in wanted:
        language = _SPOKEN.get(tag.partition("-")[0])
        if weight > 0 and language is not None:
            return language
    return FALLBACK


def _weighed(part: str, place: int) -> tuple[float, int, str]:
    tag, _, parameter = part.strip().lower().partition(";")
    name, _, value = parameter.strip().partition("=")
    weight = 1.0
    if name.strip() == "q":
        try:
            weight = float(value)
        except ValueError:
            weight = 0.0
    return weight, place, tag.strip()
