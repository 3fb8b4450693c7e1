using System.CommandLine;
using System.Globalization;
using Millrace.App.Reading;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Parsing;
using Millrace.Parsing.Lines;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace formats test FILE</c>.</summary>
static class FormatsTestCommand
{
    const int MostBytes = 1 << 20;

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var source = new Argument<string>("file") { Description = "A file with lines to try, '-' or s3://bucket/key" };
        var limit = new Option<int>("--limit") { Description = "How many lines to show", DefaultValueFactory = _ => 20 };
        var reading = new ReadingOptions(ReadingParts.Clock | ReadingParts.Format | ReadingParts.Names | ReadingParts.Objects);
        var command = new ExampledCommand("test", "Show how lines are read, field by field, and where each reject fails. Ends with 1 where a line is a reject.") { source, limit };
        reading.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(CommandRun.Open(console, parsed, reading), reading.Read(parsed, [parsed.GetValue(source)!]), Positive(parsed.GetValue(limit))));
        return command.WithExamples("millrace formats test odd.log --format nginx");
    }

    static int Positive(int limit) => limit > 0 ? limit : throw new UserException("--limit must be positive.", UserException.Usage);

    static async Task<int> RunAsync(CommandRun run, ReadingRequest request, int limit)
    {
        await using var closing = run;
        var plan = run.Workplace.Plan(request);
        var resolved = await run.Workplace.Options(plan, run.Listener, run.Stop).Sources.ResolveAsync(plan.Sources, null, null, run.Stop).ConfigureAwait(false);
        var rejects = 0;
        foreach (var file in resolved.Files)
        {
            rejects += Test(plan, file, limit, run.Stop);
        }

        return rejects > 0 ? UserException.Failed : 0;
    }

    static int Test(ReadingPlan reading, LogFile file, int limit, CancellationToken stop)
    {
        var head = file.ReadHead(MostBytes, stop);
        var bytes = ByteOrderMark.Skip(head.Bytes);
        if (Bind(reading, file, bytes, head.IsWhole) is not { } binding)
        {
            Console.Out.WriteLine($"{file.Name}: empty");
            return 0;
        }

        Console.Out.WriteLine($"{file.Name}: {binding.Format}");
        var trial = new FormatTrial(binding, file.Name, reading.Rules, Console.Out);
        var rest = bytes.Span;
        var number = 1;
        while (!rest.IsEmpty && trial.Lines < limit && (head.IsWhole || rest.Contains((byte)'\n')))
        {
            var lineCount = 1;
            var line = binding.JoinsLines ? EventBoundary.TakeEvent(ref rest, trial.Parser, out lineCount) : EventBoundary.TakeLine(ref rest);
            if (!line.IsEmpty)
            {
                trial.Show(line, number, lineCount);
            }

            number += lineCount;
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trial.Events} event(s), {trial.Rejects} reject(s) in {trial.Lines} line(s)."));
        return trial.Rejects;
    }

    static FormatBinding? Bind(ReadingPlan reading, LogFile file, ReadOnlyMemory<byte> bytes, bool isWhole)
    {
        if (!FormatDetector.HasLines(bytes.Span))
        {
            return null;
        }

        var (name, layout) = LogFormats.Parse(reading.Format);
        var start = bytes[..Math.Min(bytes.Length, FormatDetector.HeadLength)];
        var input = new FormatInput
        {
            Head = start,
            Layout = layout,
            TimeZone = reading.TimeZone,
            AsOf = reading.AsOf,
            Mapping = reading.Mapping,
            FieldPaths = [.. new[] { reading.Rules.Service?.FieldPath, reading.Rules.Caller?.FieldPath }.OfType<string>().Distinct()],
        };
        return name == LogFormats.Auto
            ? FormatDetector.Best(input, isWhole && start.Length == bytes.Length, reading.Formats)?.Binding
                ?? throw new UserException($"No format reads any of the first lines of '{file.Name}'. Name one with --format (see 'millrace formats list').")
            : reading.Formats.Find(name).Bind(input)
                ?? throw new UserException($"'{file.Name}' cannot be read as {name}: its first lines do not have what the format needs. 'millrace formats explain {name}' says what that is.");
    }
}
