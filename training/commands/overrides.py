"""Settings of a config given on the command line: `--set stages.0.learning_rate=1e-4`.

Nothing here imports TensorFlow, so that a wrong name is refused at once.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pydantic import (
    PydanticSchemaGenerationError,
    PydanticUndefinedAnnotation,
    TypeAdapter,
)
from pydantic import ValidationError as InvalidValue

Config = TypeVar("Config")


def override(config: Config, settings: Iterable[str]) -> Config:
    """Change single settings of a config.

    Args:
        config: A dataclass, of dataclasses, tuples and mappings to any depth.
        settings: `name=value` each; a name leads through fields, positions and keys
            with a dot between them.

    Returns:
        A changed copy.

    Raises:
        ValueError: A name that is not there, with the right ones, or a value of the
            wrong type.
    """
    for setting in settings:
        path, text = _parts(setting)
        config = _changed(config, path, text, setting, [])
    return config


def check_names(settings: Iterable[str], kinds: Sequence[type]) -> None:
    """Check where each setting starts, before a config itself is loaded.

    Args:
        settings: As in `override`.
        kinds: The dataclasses that the config may be of.

    Raises:
        ValueError: No kind has a field of that name; lists those that there are.
    """
    known = list(dict.fromkeys(f.name for kind in kinds for f in fields(kind)))
    for setting in settings:
        _known(_parts(setting)[0][0], known, setting, [])


def _parts(setting: str) -> tuple[list[str], str]:
    name, separator, text = setting.partition("=")
    if not (separator and name):
        raise ValueError(f"--set: expected name=value, received {setting!r}")
    return name.split("."), text


def _known(
    name: str, known: Sequence[str], setting: str, before: Sequence[str]
) -> None:
    if name not in known:
        where = f" in {'.'.join(before)}" if before else ""
        raise ValueError(
            f"--set {setting}: expected one of {', '.join(known)}{where}, "
            f"received {name!r}"
        )


def _changed(
    value: Any, path: Sequence[str], text: str, setting: str, before: list[str]
) -> Any:
    name, rest, here = path[0], path[1:], [*before, path[0]]
    if is_dataclass(value) and not isinstance(value, type):
        _known(name, [f.name for f in fields(value)], setting, before)
        old = getattr(value, name)
        hint = next(f.type for f in fields(value) if f.name == name)
        new = (
            _changed(old, rest, text, setting, here)
            if rest
            else _parsed(text, hint, setting)
        )
        return replace(value, **{name: new})
    if isinstance(value, Mapping):
        _known(name, [str(key) for key in value], setting, before)
        key = next(key for key in value if str(key) == name)
    elif isinstance(value, tuple):
        _known(name, [str(index) for index in range(len(value))], setting, before)
        key = int(name)
    else:
        raise ValueError(
            f"--set {setting}: expected {'.'.join(before)} to have parts, received "
            f"{value!r}"
        )
    new = (
        _changed(value[key], rest, text, setting, here)
        if rest
        else _parsed(text, type(value[key]), setting)
    )
    if isinstance(value, tuple):
        return (*value[:key], new, *value[key + 1 :])
    return {**value, key: new}


def _parsed(text: str, hint: Any, setting: str) -> Any:
    """Read a value as Python writes it; what is none is text."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        value = text
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(hint)
    except (PydanticSchemaGenerationError, PydanticUndefinedAnnotation) as error:
        raise ValueError(
            f"--set {setting}: expected a setting that text can give, received one of "
            f"type {hint}"
        ) from error
    if isinstance(value, int) and not isinstance(value, bool):
        value = _as_float_where_asked(value, hint)
    try:
        return adapter.validate_python(value, strict=True)
    except InvalidValue as error:
        problem = error.errors()[0]["msg"]
        raise ValueError(f"--set {setting}: {problem}, received {text!r}") from error


def _as_float_where_asked(value: int, hint: Any) -> int | float:
    return float(value) if hint is float else value
