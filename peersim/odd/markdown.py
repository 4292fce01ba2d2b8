"""Markdown as GitHub reads it: tables, links, and text that is folded away until it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TO_ESCAPE = re.compile(r"`[^`]*`|[*<]")
"""What is set as code, to be passed over, or a sign that Markdown would take for its own."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; whatever stands in a cell stays in it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_in_a_cell(cell) for cell in line)} |" for line in lines)


def _in_a_cell(text: str) -> str:
    return " ".join(as_text(text).replace("|", r"\|").split())


def as_text(text: str) -> str:
    """Plain words so that none is taken for a tag or for emphasis; what is set as code is left alone."""
    lines = (line if line.startswith("    ") else _TO_ESCAPE.sub(_escaped, line) for line in text.split("\n"))
    return "\n".join(lines)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("`") else f"\\{match[0]}"


def blocks(*parts: str) -> str:
    """Paragraphs, tables and the like below each other; empty ones are left out."""
    return "\n\n".join(filter(None, parts))


def code(words: Iterable[str]) -> str:
    """Names set as code, parted by commas."""
    return ", ".join(f"`{word}`" for word in words)


def link(words: str) -> str:
    """To the heading of these words."""
    return f"[{words}](#{anchor(words)})"


def anchor(heading: str) -> str:
    """How GitHub calls a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def folded(summary: str, program: str) -> str:
    """Program text behind a line that opens it."""
    return f"<details><summary>{summary}</summary>\n\n```python\n{program}\n```\n\n</details>"
