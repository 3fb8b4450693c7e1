namespace Millrace.Tests.Parsing.Fuzzing;

/// <summary>Lines that are wrong in every way: bits flipped, parts cut, doubled or taken from lines of other formats, long, invalid UTF-8, or nothing but random bytes.</summary>
static class FuzzedLine
{
    public const int Longest = 1 << 20;

    static readonly byte[][] Odd =
    [
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xe2, 0x80, 0xa8], [0], "\\"u8.ToArray(), "\\u"u8.ToArray(), "\\ud800"u8.ToArray(), "\"\""u8.ToArray(), "-"u8.ToArray(), "\r"u8.ToArray(),
        "99999999999999999999"u8.ToArray(), "-9223372036854775808"u8.ToArray(), "1e999"u8.ToArray(), "0000-00-00T00:00:00Z"u8.ToArray(), "[["u8.ToArray(), "}"u8.ToArray(), "{\"a\":"u8.ToArray(), "\t"u8.ToArray(), "="u8.ToArray(), ": "u8.ToArray(),
    ];

    /// <summary>A line made from one of a format's own lines; never empty and without line breaks other than the line's own.</summary>
    public static byte[] Of(byte[] line, IReadOnlyList<byte[]> others, Random random)
    {
        if (random.Next(50) == 0)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            return Usable(noise, line);
        }

        var bytes = new List<byte>(line);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            Change(bytes, others, random);
        }

        return Usable([.. bytes.Take(Longest)], line);
    }

    static void Change(List<byte> bytes, IReadOnlyList<byte[]> others, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 20), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Odd[random.Next(Odd.Length)]);
                break;
            case 5 when random.Next(20) == 0:
                var copies = random.Next(2, 2000);
                var part = bytes.GetRange(at, length);
                bytes.InsertRange(at, Enumerable.Repeat(part, copies).SelectMany(copy => copy));
                break;
            case 6:
                bytes.InsertRange(at, SomeMutation.Of([.. bytes.GetRange(at, length), (byte)' '], others, random).Take(40));
                break;
            default:
                var other = others[random.Next(others.Count)];
                var start = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(start, Math.Min(other.Length - start, random.Next(1, 60))));
                break;
        }
    }

    /// <summary>A line has no line break, unless it is an event of several lines, and does not end in a return, which the scan takes off.</summary>
    static byte[] Usable(byte[] bytes, byte[] original)
    {
        var line = original.Contains((byte)'\n') ? bytes : Array.FindAll(bytes, b => b != '\n');
        line = line.AsSpan().Trim("\r\n"u8).ToArray();
        return line.Length == 0 ? original : line;
    }
}
