/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the tables of names that become part of the library, while it is built:
   country_names data/country-names.csv OUT.c. Each name gets its key, and the tables
   ascend by key, so that a name is found without reading or sorting anything. Two rows
   of one key are an error. */
#include "core/text.h"
#include "read/name/name.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTRY, NAME, LANGUAGE, ORIGIN, REMARK, COLUMNS, ROWS = 65536 };

/* Names of countries; of groups of them; of what was a country, or is none. */
typedef enum kind { OF_COUNTRY, OF_GROUP, APART } kind;

typedef struct table {
    rift_name row[ROWS];
    size_t n, column;
    char *cell[COLUMNS];
} table;

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "country_names: %s: %s\n", what, which);
    exit(EXIT_FAILURE);
}

static char *copy(const char *text, size_t n)
{
    char *out = strndup(text, n);
    if (!out) {
        fail("out of memory", "");
    }
    return out;
}

/* Standards' names in English are shown first, then those of providers. */
static int rank_of(const table *table)
{
    bool english = strcmp(table->cell[LANGUAGE], "en") == 0;
    bool provider = strcmp(table->cell[ORIGIN], "provider") == 0;
    return !english ? 0 : provider ? 1 : 2;
}

static void cell_end(void *text, size_t n, void *data)
{
    table *table = data;
    if (table->column >= COLUMNS) {
        fail("a row has more than five cells", table->cell[NAME]);
    }
    table->cell[table->column++] = copy(text ? text : "", n);
}

static void row_end(int last, void *data)
{
    (void)last;
    table *table = data;
    if (table->column != COLUMNS || table->n == ROWS) {
        fail("a row has fewer than five cells, or there are too many rows",
             table->column > NAME ? table->cell[NAME] : "");
    }
    char *key = rift_name_key(table->cell[NAME]);
    if (!key || !*key) {
        fail("a name has no letters", table->cell[NAME]);
    }
    table->row[table->n++] = (rift_name){key, table->cell[COUNTRY], table->cell[NAME],
                                         table->cell[REMARK], rank_of(table)};
    free(table->cell[LANGUAGE]);
    free(table->cell[ORIGIN]);
    table->column = 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const rift_name *)a)->key, ((const rift_name *)b)->key);
}

static void put_text(FILE *out, const char *text, const char *end)
{
    fputc('"', out);
    for (; *text; text++) {
        fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    }
    fprintf(out, "\"%s", end);
}

static void drop_header(table *table)
{
    free((void *)table->row[0].key);
    free((void *)table->row[0].code);
    free((void *)table->row[0].name);
    free((void *)table->row[0].remark);
    memmove(table->row, table->row + 1, --table->n * sizeof *table->row);
}

static kind kind_of(const rift_name *row)
{
    return *row->code ? OF_COUNTRY : *row->remark ? APART : OF_GROUP;
}

static void put_table(FILE *out, const table *table, const char *what, kind kind)
{
    const char *before = "";
    fprintf(out, "const rift_name rift_%s_names[] = {\n", what);
    for (size_t i = 0; i < table->n; i++) {
        const rift_name *row = &table->row[i];
        if (kind_of(row) != kind) {
            continue;
        }
        if (strcmp(before, row->key) == 0) {
            fail("two rows have the same key", row->name);
        }
        before = row->key;
        fputs("    {", out);
        put_text(out, row->key, ", ");
        put_text(out, row->code, ", ");
        put_text(out, row->name, ", ");
        put_text(out, row->remark, ", ");
        fprintf(out, "%d},\n", row->rank);
    }
    fprintf(out,
            "};\nconst size_t rift_n_%s_names =\n"
            "    sizeof rift_%s_names / sizeof *rift_%s_names;\n",
            what, what, what);
}

static void read_table(const char *path, table *table)
{
    char text[65536];
    size_t n;
    struct csv_parser parser;
    FILE *file = fopen(path, "rb");
    if (!file || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        fail("cannot be read", path);
    }
    while ((n = fread(text, 1, sizeof text, file)) > 0) {
        if (csv_parse(&parser, text, n, cell_end, row_end, table) != n) {
            fail("is no CSV", path);
        }
    }
    if (csv_fini(&parser, cell_end, row_end, table) != 0 || ferror(file) || !table->n) {
        fail("is no CSV", path);
    }
    csv_free(&parser);
    fclose(file);
}

int main(int argc, char **argv)
{
    static table table;
    if (argc != 3) {
        fail("usage", "country_names CSV OUT");
    }
    read_table(argv[1], &table);
    drop_header(&table);
    qsort(table.row, table.n, sizeof *table.row, compare);
    FILE *out = fopen(argv[2], "wb");
    if (!out) {
        fail("cannot be written", argv[2]);
    }
    fputs("/* Made from data/country-names.csv. */\n#include \"read/name/name.h\"\n\n",
          out);
    put_table(out, &table, "country", OF_COUNTRY);
    put_table(out, &table, "aggregate", OF_GROUP);
    put_table(out, &table, "apart", APART);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
