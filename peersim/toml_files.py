"""Reading one TOML file: its values, and the place of each; or one sentence about why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from peersim.locate import Key, locate
from peersim.mistakes import Place, Problem, ScenarioError, did_you_mean, nearest

MOST_BYTES = 1_000_000
"""The largest file read: one that a person writes has a few thousand."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path) -> tuple[dict[str, Any], dict[Key, Place]]:
    """The values of a file, and where each of them stands.

    Raises ScenarioError if it is missing, a folder, unreadable, too large, no text or no TOML.
    """
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise _refusal(path, "lists or tables lie too deep inside each other") from None
    except ValueError as error:
        raise ScenarioError([_syntax_problem(path, text, str(error))]) from None
    file = shown_path(path)
    return values, {key: Place(file, *position) for key, position in locate(text).items()}


def shown_path(path: Path) -> str:
    """As short as it can be said in the current folder."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise _refusal(path, "this is a folder, not a file", "name the file in it, which ends in .toml") from None
    except FileNotFoundError:
        raise _refusal(path, "there is no such file", _beside(path)) from None
    except (OSError, ValueError) as error:
        raise _refusal(path, f"the file cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > MOST_BYTES:
        raise _refusal(path, f"over {MOST_BYTES / 1e6:g} MB, and what a person writes has a few thousand bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(path, "these bytes are no UTF-8 text", "save the file as UTF-8") from None
    if "\0" in text:
        raise _refusal(path, "this is no text but a binary file", "what is read here is a text in TOML")
    return text


def _refusal(path: Path, message: str, suggestion: str = "") -> ScenarioError:
    return ScenarioError([Problem("", message, suggestion, file=shown_path(path))])


def _beside(path: Path) -> str:
    """Which file of the same folder may have been meant."""
    try:
        names = [other.name for other in path.parent.glob("*.toml")]
    except OSError:
        return ""
    near = nearest(path.name, names) or nearest(f"{path.name}.toml", names, 1.0)
    return did_you_mean([shown_path(path.parent / near)]) if near else ""


def _syntax_problem(path: Path, text: str, told: str) -> Problem:
    """What tomllib says, with the line, and what to do about it."""
    match = _PLACE.search(told)
    lines = text.rstrip().replace("\r\n", "\n").split("\n")
    line, column = (int(match[1]), int(match[2])) if match and match[1] else (len(lines), len(lines[-1]) + 1)
    what = (told[: match.start()] if match else told).strip()
    wording = lines[line - 1].strip() if line <= len(lines) else ""
    if match and not match[1]:
        what = "End"
    said, suggestion = _in_plain_words(what, wording)
    quoted = f" `{wording[:60]}`" if wording else ""
    return Problem("", f"{said}{quoted}", suggestion, "", shown_path(path), line, column)


def _in_plain_words(what: str, line: str) -> tuple[str, str]:
    value = line.partition("=")[2].partition("#")[0].strip()
    if what == "End":
        return "the file ends in the middle of this:", "is a bracket or quotation mark not closed?"
    if "Illegal character '\\n'" in what:
        return "this text does not end in its line:", "close its quotation mark"
    if "Cannot overwrite" in what:
        return "this name has a value already:", "keep one of the two"
    if "Cannot declare" in what or "Cannot mutate" in what:
        return "this table stands here a second time:", "put all that belongs to it below its first header"
    if what.startswith(("Invalid value", "Expected newline or end of document after a statement")):
        if re.match(r"[+-]?\.\d", value):
            return "no value can be read here:", f"a number begins with a digit: {value.replace('.', '0.', 1)}"
        if value in ("True", "False"):
            return "no value can be read here:", f"write {value.lower()}"
        if re.match(r"\d+,\d+$", value):
            return "no value can be read here:", f"a number has a point, not a comma: {value.replace(',', '.')}"
        if re.match(r"[A-Za-z]", value):
            return "no value can be read here:", "a text stands in quotation marks"
        return "no value can be read here:", "write a number, true, false, or a text in quotation marks"
    if "Expected '='" in what:
        return "a name without a value:", "write name = value"
    return f"not TOML: {what[:1].lower()}{what[1:]}:", ""
