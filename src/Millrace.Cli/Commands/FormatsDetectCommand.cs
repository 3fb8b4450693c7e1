using System.CommandLine;
using System.Globalization;
using Millrace.App.Reading;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Parsing;
using Millrace.Parsing.Lines;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace formats detect SOURCE…</c>.</summary>
static class FormatsDetectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
        var reading = new ReadingOptions(ReadingParts.Clock | ReadingParts.Format | ReadingParts.Objects);
        var command = new ExampledCommand("detect", "Tell the format of files, with the share of their first lines that each format reads.") { sources };
        reading.AddTo(command);
        command.SetAction((parsed, _) => DetectAsync(CommandRun.Open(console, parsed, reading), reading.Read(parsed, parsed.GetValue(sources)!)));
        return command.WithExamples("millrace formats detect logs/");
    }

    static async Task<int> DetectAsync(CommandRun run, ReadingRequest request)
    {
        await using var closing = run;
        var plan = run.Workplace.Plan(request);
        var resolved = await run.Workplace.Options(plan, run.Listener, run.Stop).Sources.ResolveAsync(plan.Sources, null, null, run.Stop).ConfigureAwait(false);
        var isUnknown = false;
        foreach (var file in resolved.Files)
        {
            var head = file.ReadHead(FormatDetector.HeadLength, run.Stop);
            var bytes = ByteOrderMark.Skip(head.Bytes);
            var ranking = FormatDetector.Rank(new FormatInput { Head = bytes, TimeZone = plan.TimeZone, AsOf = plan.AsOf, Mapping = plan.Mapping }, head.IsWhole, plan.Formats);
            var isKnown = ranking is [var best, ..] && best.Share >= FormatDetector.LeastShare;
            isUnknown |= !isKnown && FormatDetector.HasLines(bytes.Span);
            Console.Out.WriteLine($"{file.Name}: {(isKnown ? ranking[0].Format.Name : FormatDetector.HasLines(bytes.Span) ? "unknown" : "empty")}");
            foreach (var share in ranking.Take(3))
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {share.Format.Name,-18} {share.Share,7:0.0%}  {share.Accepted:N0} of {share.Lines:N0} lines"));
            }

            foreach (var other in isKnown ? ranking[0].Others : [])
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mixed: {Words(other)}"));
            }
        }

        return isUnknown ? UserException.Failed : 0;
    }

    static string Words(MixedLines other) => other.IsHeader
        ? string.Create(CultureInfo.InvariantCulture, $"another header in line {other.FirstLine}, {other.Lines:N0} lines are of its table")
        : string.Create(CultureInfo.InvariantCulture, $"{other.Lines:N0} lines are {other.Format.Name}, the first is line {other.FirstLine}");
}
