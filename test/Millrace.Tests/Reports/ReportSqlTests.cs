using System.Text.RegularExpressions;
using Millrace.Reports;
using Millrace.Tests.Conventions;

namespace Millrace.Tests.Reports;

/// <summary>The SQL of reports keeps to what DuckDB, Spark and Athena have in common.</summary>
public sealed partial class ReportSqlTests
{
    // Words of SQL that a bracket may follow.
    static readonly HashSet<string> Keywords = ["AS", "AND", "OR", "NOT", "IN", "OVER", "WHEN", "THEN", "ELSE", "BY", "WHERE", "SELECT", "FROM", "DECIMAL", "VALUES"];

    public static TheoryData<string, string?, bool> Requests =>
    [
        .. ReportTable.OfSql.SelectMany(report => report.Parts.Keys.Append(null).SelectMany(part => new[] { (report.Name, part, false), (report.Name, part, true) })),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Reports_use_the_functions_of_the_list_alone(string report, string? by, bool countsExternal)
    {
        var sql = ReportSql.Of(new ReportCall(ReportTable.OfSql.Single(one => one.Name == report), []) { By = by, CountsExternal = countsExternal });

        var used = Call().Matches(Comment().Replace(sql, "")).Select(call => call.Groups[1].Value.ToUpperInvariant()).Where(word => !Keywords.Contains(word)).Distinct();

        Assert.Subset(Functions().ToHashSet(), used.ToHashSet());
        Assert.DoesNotContain('{', sql);
    }

    [Fact]
    public void The_list_of_functions_has_no_more_than_reports_use()
    {
        var all = string.Join('\n', ReportTable.OfSql.SelectMany(report => report.Parts.Keys.Append(null).Select(part => ReportSql.Of(new ReportCall(report, []) { By = part, CountsExternal = true }))));

        Assert.All(Functions(), function => Assert.Matches($@"(?i)\b{function}\s*\(", all));
    }

    [Fact]
    public void The_list_of_functions_is_in_order() => Assert.Equal(Functions().Order(StringComparer.Ordinal), Functions());

    static List<string> Functions() =>
        [.. File.ReadAllLines(Path.Combine(SourceTree.Root, "src", "Millrace", "Reports", "functions.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [GeneratedRegex(@"\b([A-Za-z_0-9]+)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();
}
