using System.CommandLine;
using System.Runtime.InteropServices;
using Millrace.App;
using Millrace.App.Reading;
using Millrace.Cli.Output;
using Millrace.Mail;
using Millrace.Queries;

namespace Millrace.Cli;

/// <summary>What the commands share with the terminal: exit codes, messages, Ctrl-C.</summary>
/// <param name="database">A database that is being opened for the command, if it is one that queries.</param>
sealed class CommandConsole(QueryDatabase? database) : IDisposable
{
    const int Interrupted = 130;

    readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl-C and by a request to end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Where commands say how far they are, and what they meet.</summary>
    public StatusLine Status { get; } = new(Console.Error);

    /// <summary>The workplace of a command.</summary>
    public Workplace OpenWorkplace(Settings settings) => new(settings, new WorkplaceTools
    {
        StandardInput = Console.OpenStandardInput,
        Composer = new MailComposer(),
        OpenSmtp = server => new SmtpSender(server),
        Database = database,
    });

    /// <summary>Runs a command line. Turns what is thrown into one message and an exit code.</summary>
    public async Task<int> RunAsync(RootCommand root, string[] args)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        Console.SetOut(new StreamWriter(new StandardOutput()) { AutoFlush = true });
        try
        {
            // A source or a query may begin with @, which would otherwise stand for a file of arguments.
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            var mistakes = UsageErrors.Of(parsed);
            foreach (var mistake in mistakes)
            {
                Say(mistake);
            }

            return mistakes.Count > 0
                ? UserException.Usage
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

    // A second Ctrl-C ends the process the hard way.
    void End(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }
}
