"""JSON objects to values of classes, by the types of their fields: the one way back from what the contract writes.

A class is a dataclass or a NamedTuple whose fields are texts, numbers, truths, spans, words of a vocabulary (Literal), further such
classes, tuples or mappings of these. What is null or missing becomes the field's default, null or empty; UsageError where
something must stand there, or something else stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache, partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.errors import UsageError
from onrecord.spans import Span

Reader = Callable[[str, Any], Any]
"""From (where, JSON value) to the value of a field; UsageError where it is of another kind."""


def value_of(cls: type[Any], where: str, row: Any) -> Any:
    """Return a value of a class of named fields from its JSON object; fields that the class does not know are ignored."""
    if not isinstance(row, Mapping):
        message = f"{where}: {row!r} is no object"
        raise UsageError(message)
    values: dict[str, Any] = {}
    for name, read, absent in _readers(cls):  # type: ignore[arg-type]
        value = row.get(name)
        if value is not None:
            values[name] = read(f"{where}.{name}", value)
        elif absent is not None:
            values[name] = absent(f"{where}.{name}")
    return cls(**values)


@lru_cache(maxsize=32)
def _readers(cls: type[Any]) -> tuple[tuple[str, Reader, Callable[[str], Any] | None], ...]:
    """Return for each field its name, how it is read, and what it holds where it must be given and is not."""
    hints = get_type_hints(cls)
    if issubclass(cls, tuple):
        needed = {name: name not in cls._field_defaults for name in cls._fields}  # type: ignore[attr-defined]
    else:
        needed = {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(cls)}
    return tuple((name, _reader(hints[name]), partial(_absent, hints[name]) if must else None) for name, must in needed.items())


def _absent(hint: Any, where: str) -> Any:
    """Return what a field that is not there holds: nothing, or no items; UsageError where it must hold something."""
    if type(None) in get_args(hint):
        return None
    if get_origin(hint) is tuple:
        return ()
    message = f"{where} is missing"
    raise UsageError(message)


def _reader(hint: Any) -> Reader:
    """Return how a value of this type is read."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _reader(next(p for p in parts if p is not type(None)))
    if origin is Literal:
        return partial(_read_word, parts)
    if hint is Span:
        return _read_span
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return partial(value_of, hint)
    if origin is tuple:
        return partial(_read_items, _reader(parts[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return partial(_read_mapping, _reader(parts[1]))
    return partial(_read_plain, (int, float) if hint is float else (hint,))


def _read_word(words: tuple[Any, ...], where: str, value: Any) -> Any:
    if value in words:
        return value
    message = f"{where}: {value!r} is none of {', '.join(map(str, words))}"
    raise UsageError(message)


def _read_span(where: str, value: Any) -> Span:
    if isinstance(value, (list, tuple)) and len(value) == 2 and type(value[0]) is type(value[1]) is int and 0 <= value[0] <= value[1]:
        return Span(value[0], value[1])
    raise _misfit(where, value)


def _read_items(read: Reader, where: str, value: Any) -> tuple[Any, ...]:
    if isinstance(value, (list, tuple)):
        return tuple([read(where, v) for v in value])
    raise _misfit(where, value)


def _read_mapping(read: Reader, where: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {str(k): read(f"{where}.{k}", v) for k, v in value.items()}
    raise _misfit(where, value)


def _read_plain(kinds: tuple[type, ...], where: str, value: Any) -> Any:
    if type(value) in kinds:
        return value
    raise _misfit(where, value)


def _misfit(where: str, value: Any) -> UsageError:
    return UsageError(f"{where}: {value!r} is not of the kind that belongs here")
