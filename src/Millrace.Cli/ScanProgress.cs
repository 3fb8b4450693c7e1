using Millrace.Cli.Output;
using Millrace.Queries;

namespace Millrace.Cli;

/// <summary>The progress of scans that come one after another, and what each of them has to tell at its end.</summary>
/// <param name="status">Where it is shown.</param>
sealed class ScanProgress(StatusLine status) : IDisposable
{
    Progress? _progress;

    /// <summary>A scan begins.</summary>
    public void Begin(QuerySession session) => _progress = new Progress(session.Totals, status);

    /// <summary>It has ended.</summary>
    public void End(QuerySession session)
    {
        Dispose();
        foreach (var sentence in ScanSummary.Of(session.Totals, session.Options.Formats))
        {
            CommandConsole.Say(sentence);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress?.Dispose();
}
