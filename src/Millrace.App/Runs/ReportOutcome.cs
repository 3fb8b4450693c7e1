using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Letters;
using Millrace.Queries;
using Millrace.Queries.Results;
using Millrace.Reports;

namespace Millrace.App.Runs;

/// <summary>The rows of a report.</summary>
public sealed class ReportOutcome : RunOutcome
{
    readonly OpenReading _reading;
    readonly ReportResult _result;
    readonly string _sql;
    readonly IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? _metrics;

    internal ReportOutcome(
        ReportRequest request, OpenReading reading, ReportResult result, string sql, Coverage coverage, IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? metrics)
    {
        (Report, _reading, _result, _sql, Coverage, _metrics) = (request, reading, result, sql, coverage, metrics);
        IsEmpty = result.IsEmpty();
    }

    /// <summary>What was run.</summary>
    public ReportRequest Report { get; }

    /// <inheritdoc/>
    public override RunRequest Request => Report;

    /// <inheritdoc/>
    public override Coverage Coverage { get; }

    /// <inheritdoc/>
    public override bool IsEmpty { get; }

    /// <summary>Measures that no row has, which JSON leaves out.</summary>
    public IReadOnlySet<string> Absent => _result.Absent;

    /// <summary>The rows, from the first, in their order; may be asked for again.</summary>
    public QueryResult Rows() => _reading.Session.Execute(_sql);

    /// <summary>The result itself: for tables of pages.</summary>
    public ReportResult Found => _result;

    /// <summary>The calls of a traffic report. Throws a <see cref="UserException"/> for other reports.</summary>
    public IReadOnlyList<CallEdge> Edges() => Graph(ResultForm.NodeGraph).Edges;

    /// <inheritdoc/>
    public override void Write(ResultForm form, Stream output)
    {
        switch (form)
        {
            case ResultForm.NodeGraph:
                NodeGraphFrames.Write(Graph(form), output);
                break;
            case ResultForm.Parquet:
                _reading.Session.WriteParquet(_sql, output);
                break;
            default:
                using (var rows = Rows())
                {
                    form.Write(rows, output, Absent);
                }

                break;
        }
    }

    /// <summary>Writes the call graph as a page of its own. Throws a <see cref="UserException"/> for reports that are none.</summary>
    public void WritePage(Stream output)
    {
        var page = new PageInfo("Call graph", Coverage.Since, Coverage.Until, string.Join(", ", Report.Reading.Sources), [], []);
        CallGraphPage.Write(Graph(ResultForm.NodeGraph), page, output);
        output.Flush();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _reading.DisposeAsync();

    /// <inheritdoc/>
    internal override MailContent Compose(IMailComposer composer, MailFrame frame)
    {
        using var rows = Rows();
        return composer.Compose(new ReportFinding(Report.Report, Coverage.Since, Coverage.Until, rows), frame);
    }

    CallGraph Graph(ResultForm form) => Report.Report == ReportTable.Traffic ? new CallGraph(CallGraphReader.Edges(_result), _metrics) : throw Refused(form);
}
