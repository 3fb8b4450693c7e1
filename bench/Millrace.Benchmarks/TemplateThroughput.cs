using System.Diagnostics;
using System.Globalization;
using System.Text;
using Millrace.Errors.Templates;
using Millrace.Tests.Errors.Templates;

namespace Millrace.Benchmarks;

/// <summary>
/// Lines a second of mining templates on one thread, masking included: <c>-- templates FILE…</c>. Each file is mined until a second of processor time has passed, five times; the median counts. Of labelled logs of Loghub
/// (<c>*_structured.csv</c>) the messages are mined, and the table says how well the groups fit the labels.
/// </summary>
static class TemplateThroughput
{
    const int Runs = 5;

    public static void Run(IReadOnlyCollection<string> paths)
    {
        var all = new List<GroupingAccuracy>();
        Console.Out.WriteLine("| log | lines | groups | labelled | GA | FGA | lines/s |\n|---|--:|--:|--:|--:|--:|--:|");
        foreach (var path in paths)
        {
            var labelled = path.EndsWith("_structured.csv", StringComparison.Ordinal) ? LabelledMessages.Read(path) : null;
            var lines = labelled?.Messages ?? [.. File.ReadLines(path).Select(Encoding.UTF8.GetBytes)];
            var accuracy = labelled is null ? null : AccuracyOf(labelled);
            var rates = Enumerable.Range(0, Runs).Select(_ => RateOf(lines)).Order().ToList();
            var fit = accuracy is null ? "– | – | –" : string.Create(CultureInfo.InvariantCulture, $"{accuracy.Labelled:N0} | {accuracy.Ga:0.0000} | {accuracy.Fga:0.0000}");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(path)} | {lines.Count:N0} | {Mine(lines).Groups().Count:N0} | {fit} | {rates[Runs / 2]:N0} |"));
            if (accuracy is not null)
            {
                all.Add(accuracy);
            }
        }

        if (all.Count > 1)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| **mean** | | | | **{all.Average(one => one.Ga):0.0000}** | **{all.Average(one => one.Fga):0.0000}** | |"));
        }
    }

    static TemplateMiner Mine(IEnumerable<byte[]> lines)
    {
        var miner = new TemplateMiner();
        foreach (var line in lines)
        {
            miner.Add(line);
        }

        return miner;
    }

    static GroupingAccuracy AccuracyOf(LabelledMessages labelled)
    {
        var miner = new TemplateMiner();
        var shapes = labelled.Messages.Select(message => miner.Add(message)).ToList();
        return GroupingAccuracy.Of(shapes.ConvertAll(shape => miner.GroupOf(shape).Id), labelled.Labels);
    }

    /// <summary>Processor time rather than the clock's, so that others on the machine count less. The groups are made once at the end, as a run does.</summary>
    static double RateOf(IReadOnlyList<byte[]> lines)
    {
        using var process = Process.GetCurrentProcess();
        var start = process.TotalProcessorTime;
        var miner = new TemplateMiner();
        var seconds = 0.0;
        long mined = 0;
        while (seconds < 1)
        {
            foreach (var line in lines)
            {
                miner.Add(line);
            }

            mined += lines.Count;
            seconds = (process.TotalProcessorTime - start).TotalSeconds;
        }

        miner.Groups();
        return mined / (process.TotalProcessorTime - start).TotalSeconds;
    }
}
