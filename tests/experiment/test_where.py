"""Conditions on points: what they say is what Python would say, and nothing else can be said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.experiment.where import LIST, NUMBER, TEXT, TRUTH, read_condition

VALUES = {"a.x": 3, "programmes.0.every": 7.5, "z": -2}
NUMBERS = st.one_of(
    st.integers(0, 20).map(str), st.floats(0, 9, allow_subnormal=False).map(repr), st.sampled_from(list(VALUES))
)
ARITHMETIC = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=6,
)
COMPARE = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
COMPARISONS = st.one_of(
    st.tuples(ARITHMETIC, COMPARE, ARITHMETIC).map(" ".join),
    st.tuples(ARITHMETIC, COMPARE, ARITHMETIC, COMPARE, ARITHMETIC).map(" ".join),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join),
        inner.map("({})".format),
        inner.map("not {}".format),
    ),
    max_leaves=5,
)
KINDS = dict.fromkeys(VALUES, NUMBER)
MIXED = {"programmes.0.kind": TEXT, "programmes.0.rolling": TRUTH, "stressors.event_rate": NUMBER, "l.list": LIST}
POINT = ("friend_circle", True, 1.5)


@settings(max_examples=300, deadline=None)
@given(CONDITIONS)
def test_a_condition_says_what_python_says(condition):
    """Also of precedence, of chains, and of a division by zero."""
    python = condition
    for name, value in VALUES.items():
        python = python.replace(name, f"({value})")
    met = read_condition(condition, KINDS)
    try:
        expected = eval(python, {"__builtins__": {}})
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            met(tuple(VALUES.values()))
    else:
        assert met(tuple(VALUES.values())) is expected


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ('programmes.0.kind == "friend_circle"', True),
        ("programmes.0.kind != 'friend_circle'", False),
        ("programmes.0.kind == 'not and or stressors.event_rate'", False),
        ("programmes.0.rolling", True),
        ("not programmes.0.rolling or 1 < stressors.event_rate <= 1.5", True),
        ("programmes.0.rolling == false", False),
        ("  stressors.event_rate>1e0 ", True),
    ],
)
def test_texts_and_truths(condition, is_met):
    """Texts stay as they are, whatever words stand in them."""
    assert read_condition(condition, MIXED)(POINT) is is_met


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("stressors.event_rte > 1", "stressors.event_rte: is not varied; did you mean 'stressors.event_rate'?"),
        ("run.days > 1", "run.days: is not varied; the sweep varies programmes.0.kind, programmes.0.rolling"),
        ("stressors.event_rate = 1", "with == for equals"),
        ("stressors.event_rate", "stressors.event_rate: is a number, where true or false should stand"),
        ("1 + (2 > 1) > 0", "2 > 1: is true or false, where a number should stand"),
        ("stressors.event_rate > 'a'", "stressors.event_rate is a number and 'a' is a text; like is compared"),
        ("programmes.0.kind > 'a'", "a text is compared with == and != only"),
        ("stressors.event_rate ** 2 > 1", "stressors.event_rate ** 2: there are only + - * /"),
        ("stressors.event_rate is 1", "cannot be read as a condition"),
        ("__import__('os').system('x')", "there are only + - * /"),
        ("[1, 2] == 1", "[1, 2]: there are only"),
        ("(lambda: 1)() > 0", "cannot be read as a condition"),
        ("f'{1}' == 'a'", "cannot be read as a condition"),
        ("'_name7' < 'a'", "'_name7' < 'a': a text is compared"),
        ("1j > 0", "expected a number"),
        ("l.list == 1", "l.list: is a list"),
        ("stressors.event_rate > 1e16", "is too large for a condition"),
        ("stressors.event_rate > 1e999", "is too large for a condition"),
        ("1 > 0" + " and 1 > 0" * 100, "too long; at most 1000"),
        ("", "cannot be read as a condition"),
        ("(" * 300 + "1 > 0" + ")" * 300, "cannot be read as a condition"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused(condition, sentence):
    """With what is wrong; nothing is executed."""
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_condition(condition, MIXED)


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused_with_a_sentence(text):
    """There is no third way."""
    try:
        met = read_condition(text, MIXED)
    except ValueError as error:
        assert len(str(error)) > 10
        return
    try:
        assert met(POINT) in (True, False)
    except ArithmeticError:
        assert "/" in text
