"""One table of an experiment, checked by its declarations: every mistake in it is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from pydantic_core import PydanticUndefined

from peersim.experiment.document import Document
from peersim.locate import Key
from peersim.mistakes import did_you_mean, dotted, nearest
from peersim.networks.errors import in_words
from peersim.parameters import Parameters, Spec, specs
from peersim.wrong_values import what_is_wrong


def read_table[T: Parameters](doc: Document, key: Key, kind: type[T], **inner: Any) -> T | None:
    """The table that stands there, with its defaults; None if anything is wrong with it.

    inner  parts of it that were read already
    """
    before = len(doc.problems)
    values = {name: value for name, value in doc.table(key).items() if name not in inner}
    refuse_unknown(doc, key, values, kind.model_fields)
    for spec in specs(kind):
        if spec.name in inner:
            continue
        if spec.name in values:
            told = what_is_wrong(_as_written(spec, kind), values[spec.name])
            if told is not None:
                doc.refuse((*key, spec.name), *told)
        elif spec.default is PydanticUndefined:
            doc.refuse(key, f"{spec.name} is missing ({spec.doc})", _example(spec))
    return kind.model_validate({**values, **inner}) if len(doc.problems) == before else None


def refuse_unknown(doc: Document, key: Key, values: dict[str, Any], known: Sequence[str] | dict[str, Any]) -> None:
    """Note every name that the table does not know."""
    for name in values:
        if name not in known:
            near = did_you_mean([nearest(name, known)])
            has = f"[{dotted(key)}] has" if key else "there are"
            doc.refuse((*key, name), "unknown name", near or f"{has} {in_words(tuple(known), 99)}")


def _as_written(spec: Spec, kind: type[Parameters]) -> Spec:
    """A declaration as if it had a default of its type, by which values are judged."""
    if spec.default is not None and spec.default is not PydanticUndefined:
        return spec
    types = get_args(kind.model_fields[spec.name].annotation) or (kind.model_fields[spec.name].annotation,)
    return replace(spec, default="" if str in types else 0 if int in types else 0.0)


def _example(spec: Spec) -> str:
    return f'write {spec.name} = "{spec.choices[0]}", or another of its words' if spec.choices else ""
