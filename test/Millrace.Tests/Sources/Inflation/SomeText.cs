using System.Text;

namespace Millrace.Tests.Sources.Inflation;

/// <summary>Texts that compress in different ways.</summary>
static class SomeText
{
    public static IReadOnlyList<string> Kinds { get; } = ["one byte", "log", "random", "one value", "short period", "few values", "log and random"];

    public static byte[] Of(string kind, int length)
    {
        var random = new Random(kind.Length + length);
        return kind switch
        {
            "one byte" => [7],
            "log" => Log(random, length),
            "random" => Filled(length, () => random.Next(256)),
            "one value" => Filled(length, () => 'a'),
            "short period" => Periods(random, length),
            "few values" => Filled(length, () => random.Next(6) * random.Next(6)),
            "log and random" => [.. Log(random, length / 2), .. Filled(length / 2, () => random.Next(256)), .. Log(random, length / 2)],
            _ => throw new ArgumentException(kind),
        };
    }

    static byte[] Filled(int length, Func<int> next) => [.. Enumerable.Range(0, length).Select(_ => (byte)next())];

    static byte[] Log(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append("192.0.2.").Append(random.Next(256)).Append(" - - [22/Nov/2026:10:00:").Append(random.Next(10, 60)).Append(" +0000] \"GET /orders/")
                .Append(random.Next(100_000)).Append(" HTTP/1.1\" 200 ").Append(random.Next(5000)).Append(" \"-\" \"curl/8.5\"\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    static byte[] Periods(Random random, int length)
    {
        var text = new List<byte>();
        while (text.Count < length)
        {
            var period = Filled(random.Next(1, 70), () => random.Next(256));
            for (var i = 0; i < 20; i++)
            {
                text.AddRange(period);
            }
        }

        return [.. text.Take(length)];
    }
}
