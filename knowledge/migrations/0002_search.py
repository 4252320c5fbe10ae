"""The tables that search reads: documents with a full-text index, and one row of words an outline.

They belong to no model: FTS5 on SQLite and tsvector on PostgreSQL are made in their own language.
`knowledge.search.sqlite` and `knowledge.search.postgres` say what is in the columns.
"""

from django.db import migrations

SQLITE = (
    """CREATE TABLE knowledge_searchdocument (
        id integer NOT NULL PRIMARY KEY,
        own text NOT NULL,
        extra text NOT NULL,
        context text NOT NULL,
        size integer NOT NULL,
        reach integer NOT NULL
    )""",
    """CREATE VIRTUAL TABLE knowledge_searchindex USING fts5(
        own, extra, context,
        content='knowledge_searchdocument', content_rowid='id',
        detail=column, columnsize=0,
        tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'"
    )""",
    # Few large segments: a load is one transaction, and reads are what there is much of.
    "INSERT INTO knowledge_searchindex(knowledge_searchindex, rank) VALUES ('hashsize', 33554432)",
)
SQLITE_DROP = ("DROP TABLE knowledge_searchindex", "DROP TABLE knowledge_searchdocument")

# Every token as it is, wherever it stands; those that lead to the node itself once more with a dot.
_LEXEMES = (
    "btrim(own) || extra || context"
    " || replace(rtrim(own), ' ', ' .') || replace(rtrim(extra), ' ', ' .')"
)

POSTGRES = (
    f"""CREATE TABLE knowledge_searchdocument (
        id bigint NOT NULL PRIMARY KEY,
        own text NOT NULL,
        extra text NOT NULL,
        context text NOT NULL,
        size integer NOT NULL,
        reach integer NOT NULL,
        lexemes tsvector NOT NULL GENERATED ALWAYS AS (
            array_to_tsvector(array_remove(string_to_array({_LEXEMES}, ' '), ''))
        ) STORED
    )""",
    "CREATE INDEX knowledge_searchdocument_lexemes ON knowledge_searchdocument USING gin (lexemes)",
    # The planner can't know how rare a lexeme is and may choose to read the whole table, or all of
    # the outline by its key: the function's settings and the `+ 0` leave it the one index alone.
    """CREATE FUNCTION knowledge_searchfind(question tsquery, low bigint, high bigint, most integer)
        RETURNS TABLE (id bigint, own text, extra text, context text, size integer, reach integer)
        LANGUAGE sql STABLE
        SET enable_seqscan = off SET enable_indexscan = off SET jit = off
        AS $$
            SELECT d.id, d.own, d.extra, d.context, d.size, d.reach
            FROM knowledge_searchdocument d
            WHERE d.lexemes @@ question AND d.id + 0 BETWEEN low AND high
            ORDER BY d.id LIMIT most
        $$""",
)
POSTGRES_DROP = (
    "DROP FUNCTION knowledge_searchfind(tsquery, bigint, bigint, integer)",
    "DROP TABLE knowledge_searchdocument",
)


def run(sqlite, postgres):
    def operation(apps, schema_editor):
        statements = {"sqlite": sqlite, "postgresql": postgres}[schema_editor.connection.vendor]
        with schema_editor.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.RunPython(run(SQLITE, POSTGRES), run(SQLITE_DROP, POSTGRES_DROP)),
        migrations.RunSQL(
            "CREATE TABLE knowledge_searchlexis"
            " (outline_id bigint NOT NULL PRIMARY KEY, content text NOT NULL)",
            "DROP TABLE knowledge_searchlexis",
        ),
    ]
