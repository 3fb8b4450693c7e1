using System.CommandLine;
using System.CommandLine.Invocation;

namespace Millrace.Cli;

/// <summary>What the commands share with the terminal: exit codes, messages, Ctrl-C.</summary>
sealed class CommandConsole : IDisposable
{
    const int Interrupted = 130;

    readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl-C and by a request to end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Runs a command line. Turns what is thrown into one message and an exit code.</summary>
    public async Task<int> RunAsync(RootCommand root, string[] args)
    {
        Console.CancelKeyPress += (_, pressed) =>
        {
            // A second Ctrl-C ends the process the hard way.
            pressed.Cancel = !_stop.IsCancellationRequested;
            _stop.Cancel();
        };
        try
        {
            var parsed = root.Parse(args);
            return parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction
                ? Refuse(parsed)
                : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, Stop).ConfigureAwait(false);
        }
        catch (UserException e)
        {
            Say(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (ClosedPipeException)
        {
            // Whoever read our output has seen enough: that is success.
            return 0;
        }
        catch (Exception e)
        {
            Say($"This is a bug in Millrace. Please report it with the command line and what follows.\n{e}");
            return UserException.Failed;
        }
    }

    /// <summary>Tells a person something, on stderr.</summary>
    public static void Say(string sentence) => Console.Error.WriteLine($"millrace: {sentence}");

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    static int Refuse(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Say(error.Message);
        }

        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result is System.CommandLine.Parsing.CommandResult command; result = command.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "millrace" : command.Command.Name);
        }

        Say($"'{string.Join(' ', names)} --help' shows what there is.");
        return UserException.Usage;
    }
}
