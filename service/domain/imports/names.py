"""Taking apart a full name that stands in one column."""

_PARTICLES = frozenset(
    {
        *("af", "al", "av", "da", "das", "de", "del", "den", "der", "di", "dos", "du", "el"),
        *("la", "le", "ten", "ter", "van", "vom", "von", "zu", "zum"),
    }
)


def split_full_name(text: str) -> tuple[str | None, str | None]:
    """Given and family name: the last word, and the small words before it, are the family name.

    `Anna Marie von Holstein` is `Anna Marie` and `von Holstein`; `Holm, Anna` is turned around; a single word is a
    given name.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return given or None, family or None
    words = text.split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    if start < 1:
        return " ".join(words) or None, None
    return " ".join(words[:start]), " ".join(words[start:])
