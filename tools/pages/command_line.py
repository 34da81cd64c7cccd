"""The commands of isocourse, from the program itself."""

import inspect
from collections.abc import Iterator
from typing import Any

import typer.main

from isocourse import cli

from .markdown import code, page, table


def command_line() -> str:
    """The page of all commands."""
    program = typer.main.get_command(cli.app)
    commands = _commands(program, "isocourse")
    return page("Command line", _text(program.help), _INTRODUCTION, *commands)


_INTRODUCTION = """\
Exit status 0: done, whatever the verdict. 2: a file or an argument cannot be used; the reason is
on standard error and standard output stays empty."""


def _commands(command: Any, path: str) -> Iterator[str]:
    for name, each in sorted(getattr(command, "commands", {}).items()):
        if each.hidden:
            continue
        whole = f"{path} {name}"
        parts = (f"## {whole}", _text(each.help), _usage(each, whole), _parameters(each))
        yield "\n\n".join(part for part in parts if part)
        yield from _commands(each, whole)


def _usage(command: Any, path: str) -> str:
    pieces = [piece for each in _shown(command) for piece in [_piece(each)] if piece]
    return "```\n" + " ".join([path, "[OPTIONS]", *pieces]) + "\n```"


def _piece(parameter: Any) -> str:
    if parameter.param_type_name != "argument":
        return ""
    name = (parameter.metavar or parameter.name).upper().removesuffix("...")
    dots = "..." if parameter.nargs == -1 else ""
    return f"{name}{dots}" if parameter.required else f"[{name}{dots}]"


def _shown(command: Any) -> list[Any]:
    return [each for each in command.params if not getattr(each, "hidden", False)]


def _parameters(command: Any) -> str:
    shown = _shown(command)
    rows = [(_names(each), _text(getattr(each, "help", "")), _default(each)) for each in shown]
    return table(("option", "meaning", "when left out"), rows)


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return code((parameter.metavar or parameter.name).upper())
    return ", ".join(map(code, [*parameter.opts, *parameter.secondary_opts]))


def _default(parameter: Any) -> str:
    if parameter.required:
        return "an error"
    default = parameter.default
    return "" if callable(default) or default in (None, False, (), []) else code(default)


def _text(words: str | None) -> str:
    return inspect.cleandoc(words or "").replace("\f", "").strip()
