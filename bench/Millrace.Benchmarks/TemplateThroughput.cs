using System.Diagnostics;
using System.Globalization;
using System.Text;
using Millrace.Errors.Templates;

namespace Millrace.Benchmarks;

/// <summary>Lines a second of mining templates on one thread, masking included: <c>-- templates FILE…</c>. Each file is mined until a second has passed, five times; the median counts.</summary>
static class TemplateThroughput
{
    const int Runs = 5;

    public static void Run(IEnumerable<string> paths)
    {
        Console.Out.WriteLine("| file | lines | groups | lines/s |\n|---|--:|--:|--:|");
        foreach (var path in paths)
        {
            byte[][] lines = [.. File.ReadLines(path).Select(Encoding.UTF8.GetBytes)];
            var rates = new List<double>();
            var groups = 0;
            for (var run = 0; run < Runs; run++)
            {
                var miner = new TemplateMiner();
                var start = Stopwatch.GetTimestamp();
                long mined = 0;
                while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1)
                {
                    foreach (var line in lines)
                    {
                        miner.Add(line);
                    }

                    mined += lines.Length;
                }

                groups = miner.Groups().Count;
                rates.Add(mined / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            rates.Sort();
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(path)} | {lines.Length:N0} | {groups:N0} | {rates[Runs / 2]:N0} |"));
        }
    }
}
