using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Tests.Reports;

/// <summary>Runs reports and gives their rows as dictionaries of texts.</summary>
sealed class ReportSession : IDisposable
{
    readonly QuerySession _session;

    public ReportSession(QueryOptions options)
    {
        _session = new QuerySession(options);
        Runner = new ReportRunner(_session);
    }

    /// <summary>A session over local files, of the 24 hours up to a time where one is given.</summary>
    public static ReportSession OfFiles(DateTimeOffset? asOf = null) => new(new QueryOptions
    {
        Sources = new SourceResolver(() => Stream.Null),
        AsOf = asOf ?? DateTimeOffset.UnixEpoch,
        Since = asOf?.AddHours(-24),
        Until = asOf,
        Threads = 2,
    });

    public QuerySession Session => _session;

    public ReportRunner Runner { get; }

    public List<Dictionary<string, string?>> Rows(SqlReport report, string source, string? by = null, bool countsExternal = false) =>
        Rows(Runner.Run(new ReportCall(report, [source]) { By = by, CountsExternal = countsExternal }));

    public static List<Dictionary<string, string?>> Rows(ReportResult result)
    {
        using var rows = result.Rows();
        var all = new List<Dictionary<string, string?>>();
        while (rows.Read())
        {
            all.Add(rows.Columns.ToDictionary(column => column.Name, column => column.Text(rows.Row)));
        }

        return all;
    }

    public void Dispose() => _session.Dispose();
}
