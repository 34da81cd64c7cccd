"""Make the web font of the pages from the font of the letters, which is its one home.

`python tools/fonts.py` writes `looks/static/looks/NotoSansDevanagari-Regular.woff2` from the
TrueType file under `letters/fonts`. A new version of the font needs it run once; the tests hold the
two against each other. Needs fonttools with brotli, which nothing else here needs:

    pip install fonttools brotli
"""

from pathlib import Path

CLINIC = Path(__file__).resolve().parent.parent / "src" / "isocourse" / "clinic"
NAME = "NotoSansDevanagari-Regular"
HOME = CLINIC / "letters" / "fonts" / f"{NAME}.ttf"
WEB = CLINIC / "looks" / "static" / "looks" / f"{NAME}.woff2"


def main() -> None:
    """Write the web font."""
    from fontTools.ttLib import TTFont

    font = TTFont(HOME, recalcTimestamp=False)
    font.flavor = "woff2"
    font.save(WEB)
    print(f"{WEB.name}: {WEB.stat().st_size} bytes")


if __name__ == "__main__":
    main()
