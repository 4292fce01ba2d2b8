"""Every key of a TOML text is found where it stands."""

import json
import re
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.locate import locate

TEXT = """\
# a comment with [brackets] and "quotes
title = 'one # two'   # not a comment inside
 "quoted = key" = 1
a.b . 'c d' = 2

[ run ] # comment
days = 30
note = \"\"\"
[not.a.table]
days = 7 \\\""" still ""\"""
raw = '''it's
[neither]''''
when = 1979-05-27 07:32:00
list = [ 1, # one
  [2, 3],
  { x = 4, y.z = "}" },
]
[[programmes]]
every = 7
[programmes.more]
x = { }
[[programmes]]
mix = [.5e0] """.replace("[.5e0]", "[0.5]")


def test_places_of_one_text_by_hand():
    """Comments, quoted and dotted keys, texts over several lines, lists, tables in one line, arrays of tables."""
    tomllib.loads(TEXT)
    found = {".".join(map(str, key)): tuple(place) for key, place in locate(TEXT).items()}
    assert found == {
        "title": (2, 1),
        "quoted = key": (3, 2),
        "a": (4, 1),
        "a.b": (4, 3),
        "a.b.c d": (4, 7),
        "run": (6, 3),
        "run.days": (7, 1),
        "run.note": (8, 1),
        "run.raw": (11, 1),
        "run.when": (13, 1),
        "run.list": (14, 1),
        "run.list.0": (14, 10),
        "run.list.1": (15, 3),
        "run.list.1.0": (15, 4),
        "run.list.1.1": (15, 7),
        "run.list.2": (16, 3),
        "run.list.2.x": (16, 5),
        "run.list.2.y": (16, 12),
        "run.list.2.y.z": (16, 14),
        "programmes": (18, 3),
        "programmes.0": (18, 3),
        "programmes.0.every": (19, 1),
        "programmes.0.more": (20, 13),
        "programmes.0.more.x": (21, 1),
        "programmes.1": (22, 3),
        "programmes.1.mix": (23, 1),
        "programmes.1.mix.0": (23, 8),
    }


def test_lines_are_counted_alike_with_both_line_ends():
    """A file from Windows has the same lines and columns."""
    assert locate(TEXT.replace("\n", "\r\n")) == locate(TEXT)


# Texts of any shape: nested data, each part written in one of the ways that TOML has.

names = st.text("ab1-_ .#=[\"'é", min_size=1, max_size=4)
texts = st.text("ab \"'#[]{},=\n\\é", max_size=8)
blanks = st.sampled_from(["", "", " ", "\t "])
breaks = st.sampled_from(["", "\n", " # note ] } \" '\n", "\n\n  "])


@st.composite
def written_key(draw, name):
    ways = [json.dumps(name, ensure_ascii=False)]
    if re.fullmatch(r"[A-Za-z0-9_-]+", name):
        ways.append(name)
    if "'" not in name:
        ways.append(f"'{name}'")
    return draw(st.sampled_from(ways))


@st.composite
def written_text(draw, text):
    ways = [json.dumps(text, ensure_ascii=False)]
    plain = text.replace("\\", "\\\\")
    if '"""' not in plain and not plain.endswith('"'):
        ways.append(f'"""{plain}"""')
    if plain == text and '"""' not in text and text.endswith('"') and not text.endswith('"""'):
        ways.append(f'"""{text}"""')  # up to two quotation marks may stand before the three that close
    if "'''" not in text:
        ways.append(f"'''{text}'''")
    if "'" not in text and "\n" not in text:
        ways.append(f"'{text}'")
    return draw(st.sampled_from(ways))


@st.composite
def written_value(draw, depth=2):
    kind = draw(st.sampled_from(["number", "text", "list", "table"] if depth else ["number", "text"]))
    if kind == "number":
        return draw(st.sampled_from(["1", "-0.5", "true", "1e-3", "0x1F", "inf", "1979-05-27T07:32:00Z", "07:32:00"]))
    if kind == "text":
        return draw(written_text(draw(texts)))
    inner = draw(st.lists(written_value(depth - 1), max_size=3))
    if kind == "list":
        parts = [draw(breaks) + value + draw(breaks) for value in inner]
        return "[" + ",".join(parts) + (draw(st.sampled_from(["", ","])) if parts else "") + draw(breaks) + "]"
    keys = draw(st.lists(names, min_size=len(inner), max_size=len(inner), unique=True))
    parts = [f"{draw(blanks)}{draw(written_key(k))} = {v}" for k, v in zip(keys, inner, strict=True)]
    return "{" + ",".join(parts) + draw(blanks) + "}"


@st.composite
def written_pairs(draw):
    lines = []
    for name in draw(st.lists(names, max_size=3, unique=True)):
        key = draw(written_key(name))
        if draw(st.booleans()):
            key += draw(blanks) + "." + draw(blanks) + draw(written_key(draw(names)))
        lines.append(f"{draw(blanks)}{key}{draw(blanks)}={draw(blanks)}{draw(written_value())}{draw(blanks)}")
        lines.append(draw(st.sampled_from(["", "# [x] = 1", " "])))
    return lines


@st.composite
def documents(draw):
    lines = draw(written_pairs())
    for name in draw(st.lists(names.map("t".__add__), max_size=3, unique=True)):
        key, inner = draw(written_key(name)), draw(written_key(draw(names.map("u".__add__))))
        if draw(st.booleans()):
            lines += [f"[{draw(blanks)}{key}{draw(blanks)}]", *draw(written_pairs())]
            if draw(st.booleans()):
                lines += [f"[{key}{draw(blanks)}.{inner}]", *draw(written_pairs())]
        else:
            for _ in range(draw(st.integers(1, 3))):
                lines += [f"[[{draw(blanks)}{key}]]", *draw(written_pairs())]
                for _ in range(draw(st.integers(0, 2))):
                    lines += [f"[[{key}.{inner}]]", *draw(written_pairs())]
    return "\n".join(lines)


def all_keys(value, key=()):
    """The key of everything in parsed TOML."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield (*key, name)
        yield from all_keys(inner, (*key, name))


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_key_stands_where_it_is_located(text):
    """Whatever way a text is written, each key that tomllib finds stands at its place, and no other is located."""
    data = tomllib.loads(text)
    found, lines = locate(text), text.split("\n")
    assert set(found) == set(all_keys(data))
    for key, (line, column) in found.items():
        if isinstance(key[-1], str):
            written = re.match(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|[\w-]+", lines[line - 1][column - 1 :]).group()
            assert list(tomllib.loads(f"{written} = 0")) == [key[-1]]
