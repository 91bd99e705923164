"""What a pack's statement may be, judged on the tree that the engine's own parser makes of it.

One SELECT over published tables, with functions of a list. Judging the engine's tree leaves no room between what
was checked and what is run. This module holds the rules only; the tree comes from `analysis_session`.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from zonetwin.store.allowed_functions import (
    ALLOWED_FUNCTIONS,
    ALLOWED_TABLE_FUNCTIONS,
    UNREPEATABLE_WORDS,
)

Tree = Mapping[str, object]

_NOWHERE = 2**63
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CATALOGUE = re.compile(r"(pg_|duckdb_|sqlite_|pragma_|information_schema)", re.IGNORECASE)
_FROM_TYPES = {"BASE_TABLE", "SUBQUERY", "JOIN", "EXPRESSION_LIST", "EMPTY", "TABLE_FUNCTION"}
_QUERY_TYPES = {"SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE", "RECURSIVE_CTE_NODE"}


def with_dollar_parameters(sql: str) -> str:
    """Write `:name` as `$name`, which the engine reads; offsets do not move.

    A colon after a value belongs to a slice, a struct or an alias (`a[1:n]`, `{'k':v}`), and is left alone, as are
    `::` and everything inside texts and comments.
    """
    import sqlglot
    from sqlglot.errors import TokenError
    from sqlglot.tokenizer_core import TokenType

    try:
        tokens = sqlglot.tokenize(sql, read="duckdb")
    except TokenError:
        return sql  # such as a text without its end: the engine says where
    values = {
        TokenType.VAR,
        TokenType.STRING,
        TokenType.NUMBER,
        TokenType.IDENTIFIER,
        TokenType.R_PAREN,
        TokenType.R_BRACKET,
        TokenType.R_BRACE,
    }
    characters = list(sql)
    for position, (token, following) in enumerate(pairwise(tokens)):
        adjacent = following.start == token.end + 1 and _IDENTIFIER.fullmatch(following.text) is not None
        after_value = position > 0 and tokens[position - 1].token_type in values
        if token.token_type is TokenType.COLON and adjacent and not after_value:
            characters[token.start] = "$"
    return "".join(characters)


def tree_problems(statements: list[Tree], sql: str) -> list[str]:
    """List everything in the parsed statements that a pack may not do, each with its line."""
    if len(statements) != 1:
        return [f"A pack's statement is one SELECT, here are {len(statements)}."]
    problems: list[str] = []
    for node in _nodes(statements[0]):
        problem = _problem(node)
        if problem:
            problems.append(f"line {_line(node, sql)}: {problem}" if _line(node, sql) else problem)
    return list(dict.fromkeys(problems))


def tables_of(statements: list[Tree]) -> set[str]:
    """List the tables the statements read, without the names they define themselves by WITH."""
    read: set[str] = set()
    defined: set[str] = set()
    for node in _nodes({"statements": statements}):
        if node.get("type") == "BASE_TABLE":
            read.add(str(node["table_name"]))
        defined.update(_defined_names(node))
    return read - defined


def parameters_of(statements: list[Tree]) -> set[str]:
    """List the names of the parameters in the statements."""
    return {
        str(node["identifier"])
        for node in _nodes({"statements": statements})
        if node.get("class") == "PARAMETER"
    }


def _nodes(value: object) -> Iterator[Tree]:
    """Walk all objects of a tree, parents first."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict):
            yield current
            stack.extend(reversed(_within(current)))
        elif isinstance(current, list):
            stack.extend(reversed(current))


def _within(node: dict[str, object]) -> list[object]:
    """List what stands in a node; a function that stands as a table is judged there, only its arguments go on."""
    function = node.get("function")
    if node.get("type") == "TABLE_FUNCTION" and isinstance(function, dict):
        return [function.get("children"), *(value for key, value in node.items() if key != "function")]
    return list(node.values())


def _defined_names(node: Tree) -> Iterator[str]:
    ctes = node.get("cte_map")
    if isinstance(ctes, dict):
        for entry in ctes["map"]:
            yield str(entry["key"])
    if node.get("type") in ("CTE_NODE", "RECURSIVE_CTE_NODE"):
        yield str(node.get("cte_name", ""))


def _problem(node: Tree) -> str:
    if "class" in node:
        return _expression_problem(node)
    if node.get("sample") is not None:
        return "a sample of a table changes from run to run."
    if "node" in node and isinstance(node["node"], dict):
        type_ = node["node"].get("type")
        return "" if type_ in _QUERY_TYPES else f"{type_} is not a SELECT."
    if "sample" in node and "alias" in node:
        return _table_problem(node)
    return ""


def _expression_problem(node: Tree) -> str:
    sort = node["class"]
    if sort in ("FUNCTION", "WINDOW"):
        name = str(node["function_name"]).lower()
        if name not in ALLOWED_FUNCTIONS:
            return f"the function {name!r} is not on the list of allowed functions."
    if sort == "COLUMN_REF" and isinstance(names := node["column_names"], list) and len(names) == 1:
        word = str(names[0]).lower()
        if word in UNREPEATABLE_WORDS:
            return f"{word!r} changes from run to run; use the parameters :today, :start and :end."
    if sort == "PARAMETER" and not _IDENTIFIER.fullmatch(str(node["identifier"])):
        return "parameters have names: write :name."
    return ""


def _table_problem(node: Tree) -> str:
    sort = node.get("type")
    if sort not in _FROM_TYPES:
        return f"{sort} cannot stand where a table stands."
    if sort == "TABLE_FUNCTION":
        function = node["function"]
        name = str(function["function_name"]).lower() if isinstance(function, dict) else ""
        if name not in ALLOWED_TABLE_FUNCTIONS:
            return f"the table function {name!r} is not allowed; read published tables only."
    if sort == "BASE_TABLE":
        name = str(node["table_name"])
        if node["schema_name"] or node["catalog_name"] or _CATALOGUE.match(name):
            return f"the table {name!r} belongs to the engine; read published tables only."
        if not _IDENTIFIER.fullmatch(name):
            return f"{name!r} is not a published table; files cannot be read."
    return ""


def _line(node: Tree, sql: str) -> int:
    """Give the line of a node from 1, 0 where the parser kept no place. Its offsets count bytes."""
    place = node.get("query_location")
    if not isinstance(place, int) or place >= _NOWHERE:
        return 0
    return sql.encode()[:place].count(b"\n") + 1
