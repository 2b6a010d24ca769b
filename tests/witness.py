"""Runs the checks of an entry and prints every number that their asserts look at: `python witness.py checks.py`.

A number is what an expression inside an assert is worth when it runs: a literal, a variable, a call, or an item of a
short list of them. Nothing else is changed: a check that fails still fails.
"""

from __future__ import annotations

import ast
import contextlib
import json
import math
import numbers
import sys
from pathlib import Path
from typing import Any

#: Items of a list, an array or a text that are looked at.
_MANY = 40


class _Witness(ast.NodeTransformer):
    """Wraps the expressions of every assert, so that their values are seen."""

    def __init__(self) -> None:
        self.inside = 0

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        self.inside += 1
        node.test = self.visit(node.test)
        self.inside -= 1
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return node  # tolerances and options are no results

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if not self.inside or not isinstance(
            node, ast.Constant | ast.Name | ast.Call | ast.BinOp | ast.Attribute | ast.Subscript
        ):
            return node
        if isinstance(getattr(node, "ctx", ast.Load()), ast.Store | ast.Del):
            return node
        seen = ast.Call(ast.Name("__seen__", ast.Load()), [node], [])
        return ast.copy_location(seen, node)


def main(path: Path) -> None:
    """Run the checks and print what was seen, as JSON."""
    found: set[float] = set()

    def note(value: Any) -> None:
        if isinstance(value, bool):
            return
        if isinstance(value, numbers.Real):
            with contextlib.suppress(OverflowError, ValueError):
                if math.isfinite(value):
                    found.add(float(value))

    def seen(value: Any) -> Any:
        note(value)
        if isinstance(value, list | tuple | set | frozenset) or type(value).__module__ == "numpy":
            with contextlib.suppress(TypeError):
                items = value.ravel().tolist() if hasattr(value, "ravel") else list(value)
                if len(items) <= _MANY:
                    for item in items:
                        note(item)
        return value

    tree = ast.fix_missing_locations(_Witness().visit(ast.parse(path.read_text(encoding="utf-8"))))
    exec(compile(tree, str(path), "exec"), {"__name__": "__main__", "__seen__": seen})
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
