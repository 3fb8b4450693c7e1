using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>Finds where whole lines end.</summary>
static class LineEnds
{
    const int BufferLength = 1 << 16;

    /// <summary>The offset behind the last line break before an offset; 0 where there is none.</summary>
    public static long Last(LogReader reader, long end)
    {
        var buffer = new byte[BufferLength];
        while (end > 0)
        {
            var length = (int)Math.Min(buffer.Length, end);
            var read = reader.ReadAt(end - length, buffer.AsSpan(0, length));
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var at)
            {
                return end - length + at + 1;
            }

            end -= length;
        }

        return 0;
    }
}
