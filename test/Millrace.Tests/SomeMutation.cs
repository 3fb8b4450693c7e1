namespace Millrace.Tests;

/// <summary>Lines that are almost right: what a parser must neither trip over nor read in its own way.</summary>
static class SomeMutation
{
    static readonly byte[] Marks = " \t-:|[](){}<>.,@_/\\\"'0159aAzZ\r\n\0\u0080"u8.ToArray();

    /// <summary>One to three flips, cuts, insertions or pieces of other lines, at random places.</summary>
    public static byte[] Of(byte[] line, IReadOnlyList<byte[]> others, Random random)
    {
        var bytes = line.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 6), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = Marks[random.Next(Marks.Length)];
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.Insert(at, Marks[random.Next(Marks.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                default:
                    var other = others[random.Next(others.Count)];
                    var start = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[start..Math.Min(other.Length, start + random.Next(1, 20))]);
                    break;
            }
        }

        return bytes.Count == 0 ? line : [.. bytes];
    }
}
