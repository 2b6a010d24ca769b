"""A template of somebody's own, and what may be wrong with it: known without Jinja, which takes long to import."""

from __future__ import annotations

from typing import NamedTuple

#: The ending of templates: what stands before it is the name of what they make.
ENDING = ".j2"


class Template(NamedTuple):
    """A template: the file that it is in, as messages name it, and its text."""

    path: str
    source: str

    @property
    def makes(self) -> str:
        """The name of the file that it makes: its own without the ending."""
        return self.path.replace("\\", "/").rpartition("/")[2].removesuffix(ENDING)


class TemplateFault(Exception):
    """What is wrong with a template, and in which line; `row` names the question or card at hand, where it is known."""

    def __init__(self, template: Template, line: int, message: str, help: str, row: str = "") -> None:
        super().__init__(f"{template.path}:{line}: {message}")
        self.template = template
        self.line = line
        self.message = message
        self.help = help
        self.row = row
