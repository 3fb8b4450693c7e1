using Millrace.Events;
using Millrace.Queries;
using Millrace.Queries.Conditions;
using Millrace.Tests.Conventions;

namespace Millrace.Tests.Queries.Conditions;

/// <summary>The case files beside the tests, and both ways in which a condition is held against a value.</summary>
static class ConditionCase
{
    public const string Nothing = "NULL";

    /// <summary>The blocks of a case file, which empty lines part, without comments.</summary>
    public static IEnumerable<string> Blocks(string file) =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "test", "Millrace.Tests", "Queries", "Conditions", "Cases", file)).Split("\n\n")
            .Select(block => string.Join('\n', block.Split('\n').Where(line => line is not ['#', ..])).Trim('\n'))
            .Where(block => block.Length > 0);

    /// <summary>What the condition says of the value without DuckDB.</summary>
    public static bool Meets(Condition condition, string? value) =>
        value is null ? condition.IsMetByNothing
        : condition.Column.Type() == ColumnType.Integer ? condition.Meets(long.Parse(value, System.Globalization.CultureInfo.InvariantCulture))
        : condition.Meets(System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>What DuckDB says of values: for each condition, in the order of the values.</summary>
    public static List<List<bool>> MeetsInSql(QuerySession session, IReadOnlyList<Condition> conditions, IReadOnlyList<string?> values)
    {
        var column = conditions[0].Column;
        var type = column.Type() == ColumnType.Integer ? "BIGINT" : "VARCHAR";
        var rows = values.Select((value, i) => $"({i}, CAST({(value is null ? "NULL" : SqlText.Literal(value))} AS {type}))");
        var met = conditions.Select(condition => $"COALESCE({condition.Sql()}, false)");
        var table = $"(VALUES {string.Join(", ", rows)}) AS t(i, {SqlText.Name(column.Name())})";
        return [.. Transposed(session.Rows($"SELECT {string.Join(", ", met)} FROM {table} ORDER BY i"), conditions.Count)];
    }

    static IEnumerable<List<bool>> Transposed(List<string> rows, int columns)
    {
        bool[][] cells = [.. rows.Select(row => row.Split('|').Select(bool.Parse).ToArray())];
        return Enumerable.Range(0, columns).Select(column => cells.Select(row => row[column]).ToList());
    }
}
