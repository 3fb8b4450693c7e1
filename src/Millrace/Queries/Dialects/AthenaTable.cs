using Millrace.Parsing;

namespace Millrace.Queries.Dialects;

/// <summary>The statements that give Athena a table over the raw files of a format, and a view of it with the columns that <c>logs()</c> has.</summary>
public static class AthenaTable
{
    static readonly AthenaDialect Dialect = new();

    /// <summary>The statements. The raw files must not be of <see cref="RawTable.None"/>.</summary>
    /// <param name="binding">The format.</param>
    /// <param name="name">The name of the view; the table is called after it.</param>
    /// <param name="location">Where the files are.</param>
    public static string Of(FormatBinding binding, string name, string location)
    {
        var view = SqlDialect.ViewName(name);
        var (fields, columns, reading) = binding.Raw switch
        {
            RawTable.Regex regex => (regex.Fields, Texts(regex.Fields), RegexSerDe(regex)),
            RawTable.Json json => (json.Fields, JsonColumns(json), JsonSerDe(json)),
            RawTable.Delimited delimited => (delimited.Fields, Texts(delimited.Fields), Delimiters(delimited)),
            _ => throw new InvalidOperationException($"Other engines cannot read files of {binding.Format}."),
        };
        var expressions = new EventColumnSql(Dialect, binding, fields).Columns().Select(column => $"  {column.Expression} AS {Dialect.Identifier(column.Name)}");
        return $"""
            CREATE EXTERNAL TABLE {view}_raw (
            {string.Join(",\n", columns)}
            )
            {reading}
            LOCATION {Hive(location)}{(binding.Raw is RawTable.Delimited { HeaderLines: > 0 } header ? $"\nTBLPROPERTIES ('skip.header.line.count' = '{header.HeaderLines}')" : "")};

            CREATE OR REPLACE VIEW {view} AS
            SELECT
            {string.Join(",\n", expressions)}
            FROM {Source(binding.Raw!, view)};

            """;
    }

    static IEnumerable<string> Texts(IEnumerable<RawField> fields) => fields.Select(field => $"  `{field.Name}` string");

    // A line that the expression does not match is a row of NULLs.
    static string RegexSerDe(RawTable.Regex table) => $"""
        ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
        WITH SERDEPROPERTIES ('input.regex' = {Hive(table.Expression)})
        """;

    static IEnumerable<string> JsonColumns(RawTable.Json table) => JsonSchema.Of(table.Fields).Columns(":", ColumnName).Select(column => $"  `{ColumnName(column.Key)}` {column.Type}");

    static string JsonSerDe(RawTable.Json table)
    {
        var renamed = table.Fields.SelectMany(field => field.Path).Distinct().Where(key => ColumnName(key) != key).Select(key => $", 'mapping.{ColumnName(key)}' = {Hive(key)}");
        return $"""
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
            WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true'{string.Concat(renamed)})
            """;
    }

    static string Delimiters(RawTable.Delimited table)
    {
        var delimiter = table.Delimiter == '\t' ? "'\\t'" : $"'{table.Delimiter}'";
        return table.IsQuoted
            ? $"""
                ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
                WITH SERDEPROPERTIES ('separatorChar' = {delimiter}, 'quoteChar' = '"', 'escapeChar' = '\\')
                """
            : $"ROW FORMAT DELIMITED FIELDS TERMINATED BY {delimiter}";
    }

    static string Source(RawTable table, string view) => table switch
    {
        RawTable.Json json => $"(SELECT\n{string.Join(",\n", json.Fields.Select(field => $"  {string.Join('.', field.Path.Select(key => Dialect.Identifier(ColumnName(key))))} AS {Dialect.Identifier(field.Name)}"))}\n  FROM {view}_raw) AS fields",
        RawTable.Regex regex => $"{view}_raw\nWHERE {Dialect.Identifier(regex.Fields[0].Name)} IS NOT NULL",
        _ => $"{view}_raw",
    };

    /// <summary>Keys in the letters that a Hive column may have, which are lower case.</summary>
    static string ColumnName(string key) => string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).TrimStart('_') is { Length: > 0 } name ? name : "key";

    /// <summary>A literal of Hive's data definition, in which a backslash is written twice.</summary>
    static string Hive(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
