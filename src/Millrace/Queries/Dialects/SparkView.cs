using System.Text;
using Millrace.Parsing;

namespace Millrace.Queries.Dialects;

/// <summary>The statements that give Spark SQL a view over the raw files of a format, with the columns that <c>logs()</c> has.</summary>
public static class SparkView
{
    static readonly SparkDialect Dialect = new();

    /// <summary>The statements. The raw files must not be of <see cref="RawTable.None"/>.</summary>
    /// <param name="binding">The format.</param>
    /// <param name="name">The name of the view.</param>
    /// <param name="location">Where the files are.</param>
    public static string Of(FormatBinding binding, string name, string location)
    {
        var view = Dialect.Identifier(SqlDialect.ViewName(name));
        var sql = new StringBuilder();
        var (fields, lines) = binding.Raw switch
        {
            RawTable.Regex regex => (regex.Fields, RegexLines(regex, location)),
            RawTable.Json json => (json.Fields, JsonLines(json, location)),
            RawTable.Delimited delimited => (delimited.Fields, DelimitedLines(sql, delimited, name, location)),
            _ => throw new InvalidOperationException($"Other engines cannot read files of {binding.Format}."),
        };
        sql.Append("CREATE OR REPLACE TEMPORARY VIEW ").Append(view).Append(" AS\n").Append(lines).Append("SELECT\n");
        sql.AppendJoin(",\n", new EventColumnSql(Dialect, binding, fields).Columns().Select(column => $"  {column.Expression} AS {Dialect.Identifier(column.Name)}"));
        return sql.Append("\nFROM fields;\n").ToString();
    }

    static string RegexLines(RawTable.Regex table, string location) => $"""
        WITH lines AS (
          SELECT value, {Dialect.Literal("(?s)" + table.Expression)} AS expression
          FROM text.{Dialect.Identifier(location)}
        ),
        fields AS (
          SELECT
        {string.Join(",\n", table.Fields.Select((field, index) => $"    regexp_extract(value, expression, {index + 1}) AS {Dialect.Identifier(field.Name)}"))}
          FROM lines
          WHERE value RLIKE expression
        )

        """;

    static string JsonLines(RawTable.Json table, string location)
    {
        var schema = string.Join(", ", JsonSchema.Of(table.Fields).Columns(": ", Dialect.Identifier).Select(column => $"{Dialect.Identifier(column.Key)} {column.Type}"));
        return $"""
            WITH lines AS (
              SELECT from_json(value, {Dialect.Literal(schema)}) AS line
              FROM text.{Dialect.Identifier(location)}
            ),
            fields AS (
              SELECT
            {string.Join(",\n", table.Fields.Select(field => $"    line.{string.Join('.', field.Path.Select(Dialect.Identifier))} AS {Dialect.Identifier(field.Name)}"))}
              FROM lines
              WHERE line IS NOT NULL
            )

            """;
    }

    static string DelimitedLines(StringBuilder sql, RawTable.Delimited table, string name, string location)
    {
        var raw = Dialect.Identifier($"{SqlDialect.ViewName(name)}_raw");
        var delimiter = table.Delimiter == '\t' ? "\\t" : table.Delimiter.ToString();
        sql.Append(
            $"""
            CREATE OR REPLACE TEMPORARY VIEW {raw} (
            {string.Join(",\n", table.Fields.Select(field => $"  {Dialect.Identifier(field.Name)} STRING"))}
            )
            USING csv
            OPTIONS (path {Dialect.Literal(location)}, sep '{delimiter}', header '{(table.HeaderLines > 0 ? "true" : "false")}'{(table.IsQuoted ? ", quote '\"', escape '\"'" : "")});


            """);
        return $"WITH fields AS (SELECT * FROM {raw})\n";
    }
}
