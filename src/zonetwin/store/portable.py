"""Checks that domain SQL is in the common subset of SQLite and PostgreSQL.

A statement must parse in both dialects and call only functions that both have under one name; geometry and JSON are
reached through `Store`. What differs in meaning without differing in form cannot be told from the text and is left
to the writer: `like` ignores case in SQLite only, and a boolean is compared with true, never with 1.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

_FUNCTIONS = """
abs avg cast coalesce count cume_dist dense_rank exists first_value lag last_value lead length lower ltrim max min
nth_value ntile nullif percent_rank rank replace round row_number rtrim substr sum trim upper
"""

COMMON_FUNCTIONS = frozenset(_FUNCTIONS.split())
"""Functions of the same name and meaning in SQLite 3.40 and PostgreSQL. `max` and `min` take one value."""

_TYPES = {
    "INT": "integer",
    "DOUBLE": "real",
    "FLOAT": "real",
    "TEXT": "text",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "VARBINARY": "blob",
    "BLOB": "blob",
}
"""Column types of domain tables, by the parser's names. `integer primary key` counts upward by itself."""

_WORDS_BEFORE_PAREN = """
and all any as between by check conflict do else except filter from group having in intersect into join key like limit
materialized not offset on or order over partition references returning select set some table then union unique using
values when where with
"""

_BEFORE_PAREN = frozenset(_WORDS_BEFORE_PAREN.split())
_AFTER_IS = frozenset({"null", "not", "true", "false", "distinct"})
_ALLOWED_TYPES = sorted(set(_TYPES.values()))
_ROWIDS = frozenset({"rowid", "oid", "_rowid_"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def statement_problems(sql: str) -> list[str]:
    """List what in a statement of `queries.sql` is not common to both databases."""
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="sqlite") if tree is not None]
        sqlglot.parse(sql, read="postgres")
    except SqlglotError as error:
        return [f"does not parse in both dialects: {error}"]
    if len(trees) != 1:
        return [f"holds {len(trees)} statements, expected one."]
    (tree,) = trees
    if not isinstance(tree, (exp.Query, exp.Insert, exp.Update, exp.Delete)):
        return [f"is a {tree.key}, expected a select, insert, update or delete."]
    return [*_text_problems(sql, tree), *_tree_problems(tree)]


def schema_problems(sql: str) -> list[str]:
    """List what in a script of `create table`, `create index` and `create view` is not common to both databases."""
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="sqlite") if tree is not None]
    except SqlglotError as error:
        return [f"does not parse: {error}"]
    problems: list[str] = []
    for tree in trees:
        if not isinstance(tree, (exp.Create, exp.Alter, exp.Drop, exp.Insert, exp.Update, exp.Delete)):
            problems.append(f"{tree.key} does not belong in a schema.")
        problems += [
            f"the column {column.name!r} is {type_.sql(dialect='postgres').lower()}, expected one of {_ALLOWED_TYPES}."
            for column in tree.find_all(exp.ColumnDef)
            for type_ in [column.args.get("kind")]
            if isinstance(type_, exp.DataType) and (type_.expressions or _type_name(type_) not in _TYPES)
        ]
        if tree.find(exp.AutoIncrementColumnConstraint):
            problems.append("autoincrement is SQLite's; `integer primary key` counts by itself.")
    return [*problems, *_word_problems(sql, {"strict", "collate", "virtual"})]


def _text_problems(sql: str, tree: exp.Expr) -> Iterator[str]:
    """Find by the words as written: the parser renames functions to its own names."""
    relations = {table.name.lower() for table in tree.find_all(exp.Table)}
    relations |= {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    tokens = sqlglot.tokenize(sql, read="sqlite")
    for token, following in pairwise(tokens):
        word = token.text.lower()
        calls = following.token_type is TokenType.L_PAREN and _NAME.fullmatch(word) is not None
        if calls and word not in COMMON_FUNCTIONS | _BEFORE_PAREN | relations:
            yield f"the function {word!r} is not common to SQLite and PostgreSQL."
        if word == "is" and following.text.lower() not in _AFTER_IS:
            yield f"`is {following.text}` is SQLite's; write `is not distinct from`."
    for position, token in enumerate(tokens):
        if token.token_type is TokenType.LIMIT and TokenType.COMMA in _types_until_paren(
            tokens[position + 1 :]
        ):
            yield "`limit a, b` is SQLite's; write `limit … offset …`."
        if token.token_type is TokenType.IDENTIFIER and sql[token.start] != '"':
            yield f"the name {token.text!r} is quoted with {sql[token.start]!r}, expected double quotes."
    yield from _word_problems(
        sql, {"glob", "regexp", "match", "collate", "==", "->", "->>", "ilike", "rlike"}
    )


def _tree_problems(tree: exp.Expr) -> Iterator[str]:
    if isinstance(tree, exp.Insert) and tree.args.get("alternative"):
        yield f"`insert or {tree.args['alternative'].lower()}` is SQLite's; write `on conflict`."
    for node in tree.walk():
        if isinstance(node, (exp.Greatest, exp.Least)):
            yield "max and min of several values are SQLite's; write a case."
        if isinstance(node, exp.Column) and node.name.lower() in _ROWIDS:
            yield f"{node.name!r} is SQLite's hidden column; name the key."
        if isinstance(node, exp.Query) and node.args.get("limit") and not node.args.get("order"):
            yield "a limit stands without `order by`."


def _word_problems(sql: str, words: set[str]) -> Iterator[str]:
    for token in sqlglot.tokenize(sql, read="sqlite"):
        if token.text.lower() in words and not _is_quoted(token):
            yield f"{token.text!r} is not common to SQLite and PostgreSQL."


def _types_until_paren(tokens: list[Token]) -> list[TokenType]:
    types = [token.token_type for token in tokens]
    return types[: types.index(TokenType.R_PAREN)] if TokenType.R_PAREN in types else types


def _is_quoted(token: Token) -> bool:
    return token.token_type in (TokenType.STRING, TokenType.IDENTIFIER)


def _type_name(type_: exp.DataType) -> str:
    return str(getattr(type_.this, "value", type_.this)).upper()
