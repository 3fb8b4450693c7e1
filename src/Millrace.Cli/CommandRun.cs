using System.CommandLine;
using Millrace.App;
using Millrace.App.Reading;
using Millrace.Cli.Options;

namespace Millrace.Cli;

/// <summary>One run of a command: the workplace it runs in, and the listener that shows on stderr how far it is and what it says.</summary>
sealed class CommandRun : IAsyncDisposable
{
    readonly CommandConsole _console;
    Progress? _progress;

    public CommandRun(CommandConsole console, Settings settings, bool isVerbose)
    {
        _console = console;
        Workplace = console.OpenWorkplace(settings);
        Listener = new RunListener
        {
            Say = console.Status.Say,
            Tell = isVerbose ? console.Status.Say : static _ => { },
            Scanning = totals => _progress = new Progress(totals, console.Status),
            Scanned = EndProgress,
        };
    }

    /// <summary>The run of a command with options about reading.</summary>
    public static CommandRun Open(CommandConsole console, ParseResult parsed, ReadingOptions reading) => new(console, reading.Settings(parsed), reading.IsVerbose(parsed));

    public Workplace Workplace { get; }

    public RunListener Listener { get; }

    /// <summary>Cancelled by Ctrl-C and by a request to end.</summary>
    public CancellationToken Stop => _console.Stop;

    /// <summary>Takes the line of progress away.</summary>
    public void EndProgress() => _progress?.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        EndProgress();
        return Workplace.DisposeAsync();
    }
}
