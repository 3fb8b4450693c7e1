using System.CommandLine;
using Millrace.App.Reading;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Cli.Output;
using Millrace.Queries.Results;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace sql QUERY</c>.</summary>
static class SqlCommand
{
    /// <summary>What the lake's events are called.</summary>
    const string EventsView = "events";

    /// <summary>What the lake's windows of metrics are called.</summary>
    const string MetricsView = "metrics";

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var query = new Argument<string>("query") { Description = "SQL of DuckDB's dialect; logs('SOURCE') reads raw logs as a table. '-' reads the query from standard input." };
        var reading = new ReadingOptions(ReadingParts.Question | ReadingParts.Order);
        var output = new OutputOptions();
        var command = new ExampledCommand("sql", "Ask anything: SQL over raw logs, Parquet, CSV and JSON files.") { query };
        reading.AddFirstTo(command);
        output.AddTo(command);
        reading.AddRestTo(command);
        command.SetAction((parsed, _) => RunAsync(console, parsed, reading, output.Read(parsed), parsed.GetValue(query)!));
        return command.WithExamples(
            "millrace sql \"SELECT status, count(*) FROM logs('access.log') GROUP BY 1 ORDER BY 1\"",
            "millrace sql --lake lake \"SELECT service, count(*) FROM events GROUP BY 1\" --since 7d");
    }

    static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, ReadingOptions reading, OutputChoice output, string query)
    {
        await using var run = CommandRun.Open(console, parsed, reading);
        var plan = run.Workplace.Plan(reading.Read(parsed));

        // A read of standard input cannot be interrupted; the thread that waits in it does not keep the process.
        var text = query == "-" ? await Task.Run(Console.In.ReadToEnd, run.Stop).WaitAsync(run.Stop).ConfigureAwait(false) : query;
        await using var opened = await run.Workplace.OpenAsync(plan, run.Listener, run.Stop).ConfigureAwait(false);
        if (plan.Lake is { } lake)
        {
            await AddViewAsync(opened, text, EventsView, async () => (await opened.EventsAsync(needs: "No lake is named.").ConfigureAwait(false)).Sql).ConfigureAwait(false);
            await AddViewAsync(opened, text, MetricsView, async () => await (await opened.LakeAsync(lake).ConfigureAwait(false)).WindowsAsync(run.Stop).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await PrintAsync(run, opened, text, output).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Adds a view of the lake, where the query may ask it.</summary>
    static async Task AddViewAsync(OpenReading reading, string query, string name, Func<Task<string>> sqlAsync)
    {
        if (query.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            using var view = reading.Session.Execute($"CREATE TEMP VIEW {name} AS {await sqlAsync().ConfigureAwait(false)}");
            view.Drain();
        }
    }

    /// <summary>
    /// Writes rows whole or not at all: to standard output as they come, or to a file that appears when it is complete. With <c>--max-rejects</c> they are held back until the share is known.
    /// </summary>
    static async Task PrintAsync(CommandRun run, OpenReading reading, string sql, OutputChoice output)
    {
        if (output.Path is { } path)
        {
            await using var destination = Destination.Create(path, reading.Objects);
            Write(reading, sql, output, destination.Stream);
            await reading.FinishAsync().ConfigureAwait(false);
            await destination.CommitAsync(run.Stop).ConfigureAwait(false);
            return;
        }

        if (reading.Plan.MaxRejects is null)
        {
            using var stdout = new StandardOutput(Console.IsOutputRedirected ? null : run.EndProgress);
            Write(reading, sql, output, stdout);
            await reading.FinishAsync().ConfigureAwait(false);
            return;
        }

        await using var held = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        Write(reading, sql, output, held);
        await reading.FinishAsync().ConfigureAwait(false);
        held.Position = 0;
        using var shown = new StandardOutput();
        held.CopyTo(shown);
    }

    static void Write(OpenReading reading, string sql, OutputChoice output, Stream stream)
    {
        if (output.Kind == OutputKind.Parquet)
        {
            reading.Session.WriteParquet(sql, stream);
            return;
        }

        using var rows = reading.Session.Execute(sql);
        ResultPrinter.Print(rows, output.Kind, stream, TableView.Of(output, Terminal.Own()));
    }
}
