"""Names as people write them: capitals, accents, hyphens and commas make no other name."""

import unicodedata


def spelt_plainly(name: str) -> str:
    """The words of a name in lower case without accents, one space before and after each."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare).split()
    return f" {' '.join(words)} "
