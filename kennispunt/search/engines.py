"""The two full-text engines. Each only fetches candidates; ranking.py puts them in order.

Their own ranking is not used: bm25 of FTS5 and ts_rank both visit every match, which makes a
common word in a million entries slow, and they would order the same site in two ways.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

# An expression is a token, ("prefix", start), ("and", …), ("or", …) or ("not", wanted, unwanted).
Expression = str | tuple


class Engine:
    """A way of saying an expression, and the SQL around it."""

    AND = OR = ""

    def said(self, expression: Expression) -> str:
        if isinstance(expression, str):
            return self.token(expression)
        operator, *operands = expression
        if operator == "prefix":
            return self.prefix(operands[0])
        if operator == "not":
            return f"({self.NOT.join(self.said(operand) for operand in operands)})"
        between = self.AND if operator == "and" else self.OR
        return f"({between.join(self.said(operand) for operand in operands)})"

    def begins(self, field: str, start: str) -> Q:
        """That a field begins so: as a stretch of the index of that field."""
        raise NotImplementedError

    def fetch(self, expressions: Iterable[Expression], *, limit: int) -> list[tuple[int, str, str]]:
        """(id, kind, tokens) of what matches: at most `limit` for each of the expressions."""
        asked = [self.said(expression) for expression in expressions]
        if not asked:
            return []
        arms = " UNION ALL ".join(
            [f"SELECT id FROM ({self.ARM} LIMIT {limit:d}) AS arm"] * len(asked)  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, kind, tokens FROM search_searchentry WHERE id IN ({arms})",  # noqa: S608
                asked,
            )
            return cursor.fetchall()


class Sqlite(Engine):
    """FTS5 over the tokens. `detail=none`: we never ask for positions, and it is a third of the
    size.

    The ascii tokenizer leaves our tokens whole, whatever letters are in them.
    """

    AND, OR, NOT = " AND ", " OR ", " NOT "
    ARM = "SELECT rowid AS id FROM search_index WHERE search_index MATCH %s"
    CREATE = (
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "tokens, content='search_searchentry', content_rowid='id',"
        """ detail=none, columnsize=0, tokenize="ascii tokenchars ':/!_-'")""",
        "CREATE TRIGGER search_added AFTER INSERT ON search_searchentry BEGIN"
        " INSERT INTO search_index(rowid, tokens) VALUES (new.id, new.tokens); END",
        "CREATE TRIGGER search_removed AFTER DELETE ON search_searchentry BEGIN"
        " INSERT INTO search_index(search_index, rowid, tokens)"
        " VALUES ('delete', old.id, old.tokens); END",
        "CREATE TRIGGER search_changed AFTER UPDATE OF tokens ON search_searchentry BEGIN"
        " INSERT INTO search_index(search_index, rowid, tokens)"
        " VALUES ('delete', old.id, old.tokens);"
        " INSERT INTO search_index(rowid, tokens) VALUES (new.id, new.tokens); END",
    )
    DROP = (
        *(f"DROP TRIGGER search_{what}" for what in ("added", "removed", "changed")),
        "DROP TABLE search_index",
    )

    def token(self, token):
        return '"' + token.replace('"', '""') + '"'

    def prefix(self, start):
        return self.token(start) + "*"

    def begins(self, field, start):
        # LIKE uses no index here. Text is ordered by its bytes.
        return Q(**{f"{field}__gte": start, f"{field}__lt": start + chr(0x10FFFF)})


class Postgresql(Engine):
    """A GIN index over a stored set of the tokens.

    Stored, because a match is checked again in the table: without it the set was made anew from
    the text for every row that was looked at, which cost 0.1 ms a row.
    """

    AND, OR, NOT = " & ", " | ", " & !"
    SET = (
        r"array_to_tsvector(array_remove(string_to_array(translate(tokens, E'\n', ' '), ' '), ''))"
    )
    ARM = "SELECT id FROM search_searchentry WHERE vector @@ %s::tsquery"
    CREATE = (
        "ALTER TABLE search_searchentry ADD COLUMN IF NOT EXISTS"
        f" vector tsvector GENERATED ALWAYS AS ({SET}) STORED",
        "CREATE INDEX IF NOT EXISTS search_vector ON search_searchentry USING gin (vector)",
    )
    DROP = ("DROP INDEX search_vector", "ALTER TABLE search_searchentry DROP COLUMN vector")

    def token(self, token):
        return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"

    def prefix(self, start):
        return self.token(start) + ":*"

    def begins(self, field, start):
        # In most collations no sign stands after all letters; LIKE has an index of its own.
        return Q(**{f"{field}__startswith": start})


ENGINES = {"sqlite": Sqlite(), "postgresql": Postgresql()}


def engine() -> Engine:
    """The engine of the database that this site uses."""
    return ENGINES[connection.vendor]
