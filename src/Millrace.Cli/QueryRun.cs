using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Queries;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>One command's work: a session, its progress, its rejects, and where its result goes.</summary>
sealed class QueryRun(Reading reading, QuerySession session, IObjectStore store, RejectFile? rejects) : IAsyncDisposable
{
    readonly Progress _progress = new(session.Totals, reading.Status);

    /// <summary>The session.</summary>
    public QuerySession Session => session;

    /// <summary>Where <c>s3://</c> is.</summary>
    public IObjectStore Store => store;

    /// <summary>Runs SQL and prints its rows.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="output">Where they go and how they look.</param>
    /// <param name="view">How much of them a table shows.</param>
    /// <param name="omitted">Columns that JSON leaves out.</param>
    public Task<int> PrintAsync(string sql, OutputChoice output, TableView view, IReadOnlySet<string>? omitted = null) => output.Kind == OutputKind.Parquet
        ? CopyAsync(sql, output)
        : WriteAsync(output, stream =>
        {
            using var rows = session.Execute(sql);
            ResultPrinter.Print(rows, output.Kind, stream, view, omitted);
        });

    /// <summary>
    /// Writes a result whole or not at all: to standard output, or to a file that appears when it is complete. With <c>--max-rejects</c> the result
    /// is held back until the share is known.
    /// </summary>
    public async Task<int> WriteAsync(OutputChoice output, Action<Stream> write)
    {
        if (output.Path is not null)
        {
            await using var destination = Destination.Create(output.Path, store);
            write(destination.Stream);
            await FinishAsync().ConfigureAwait(false);
            await destination.CommitAsync(reading.Stop).ConfigureAwait(false);
            return 0;
        }

        if (reading.MaxRejects is null)
        {
            using var stdout = new StandardOutput(Console.IsOutputRedirected ? null : _progress.Dispose);
            write(stdout);
            await FinishAsync().ConfigureAwait(false);
            return 0;
        }

        await using var held = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        write(held);
        await FinishAsync().ConfigureAwait(false);
        held.Position = 0;
        using var shown = new StandardOutput();
        held.CopyTo(shown);
        return 0;
    }

    /// <summary>Ends the progress line, tells what did not parse, and makes the rejects' file visible. Throws where there are too many rejects.</summary>
    public async Task FinishAsync()
    {
        _progress.Dispose();
        foreach (var sentence in ScanSummary.Of(session.Totals))
        {
            CommandConsole.Say(sentence);
        }

        if (rejects is not null)
        {
            await rejects.CommitAsync(reading.Stop).ConfigureAwait(false);
        }

        CheckRejects();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _progress.Dispose();
        session.Dispose();
        if (rejects is not null)
        {
            await rejects.DisposeAsync().ConfigureAwait(false);
        }
    }

    async Task<int> CopyAsync(string sql, OutputChoice output)
    {
        var local = Path.Join(Path.GetTempPath(), $"millrace-{Guid.NewGuid():N}.parquet");
        try
        {
            using (var copied = session.Execute($"COPY ({sql.TrimEnd().TrimEnd(';')}) TO '{local.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)"))
            {
                copied.Drain();
            }

            return await WriteAsync(output, stream =>
            {
                using var written = File.OpenRead(local);
                written.CopyTo(stream);
            }).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(local);
        }
    }

    void CheckRejects()
    {
        var lines = session.Totals.Events + session.Totals.Rejects;
        var share = lines == 0 ? 0 : (double)session.Totals.Rejects / lines;
        if (share > reading.MaxRejects)
        {
            throw new UserException(string.Create(
                CultureInfo.InvariantCulture,
                $"{share:0.##%} of the lines did not parse, more than the {reading.MaxRejects:0.##%} that --max-rejects allows. --rejects FILE shows them."));
        }
    }
}
