"""Order and search keys for Nordic names, made here because the database may have no locale that knows them."""

import unicodedata

_DANISH = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_SWEDISH = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def fold(text: str) -> str:
    """Case-folded and composed, single-spaced: what a search compares."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(composed.casefold().split())


def sort_key(text: str, language: str) -> str:
    """A key whose byte order is the language's alphabetical order.

    Danish and Norwegian end in … Z Æ Ø Å with `aa` read as Å; Swedish in … Z Å Ä Ö. The three letters after Z
    become the three ASCII signs after `z`; every other accent is dropped.
    """
    folded = fold(text)
    if language == "sv":
        folded = folded.translate(_SWEDISH)
    else:
        folded = folded.replace("aa", "å").translate(_DANISH)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
