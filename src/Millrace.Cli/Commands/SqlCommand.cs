using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Queries;

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
        var reading = new ReadingOptions();
        var output = new OutputOptions();
        var command = new Command("sql", "Ask anything: SQL over raw logs, Parquet, CSV and JSON files.") { query };
        reading.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(console, reading.Read(parsed, console), output.Read(parsed), parsed.GetValue(query)!));
        return command;
    }

    static async Task<int> RunAsync(CommandConsole console, Reading reading, OutputChoice output, string query)
    {
        // A read of standard input cannot be interrupted; the thread that waits in it does not keep the process.
        var text = query == "-" ? await Task.Run(Console.In.ReadToEnd, console.Stop).WaitAsync(console.Stop).ConfigureAwait(false) : query;
        await using var run = reading.Open();
        if (reading.Lake is not null)
        {
            await AddViewAsync(run, text, EventsView, async () => (await reading.EventsAsync(run.Store).ConfigureAwait(false)).Sql).ConfigureAwait(false);
            await AddViewAsync(run, text, MetricsView, () => reading.MetricsAsync(run.Store)).ConfigureAwait(false);
        }

        return await run.PrintAsync(text, output, TableView.Of(output, Terminal.Own())).ConfigureAwait(false);
    }

    /// <summary>Adds a view of the lake, where the query may ask it.</summary>
    static async Task AddViewAsync(QueryRun run, string query, string name, Func<Task<string>> sqlAsync)
    {
        if (query.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            using var view = run.Session.Execute($"CREATE TEMP VIEW {name} AS {await sqlAsync().ConfigureAwait(false)}");
            view.Drain();
        }
    }
}
