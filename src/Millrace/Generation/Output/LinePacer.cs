namespace Millrace.Generation.Output;

/// <summary>Writes lines at a rate, in portions of about 50 ms, counted from the beginning so that slow work does not add up.</summary>
sealed class LinePacer(double linesPerSecond, TimeProvider clock)
{
    static readonly TimeSpan Portion = TimeSpan.FromMilliseconds(50);

    readonly long _begin = clock.GetTimestamp();
    readonly int _portionLines = (int)Math.Clamp(linesPerSecond * Portion.TotalSeconds, 1, 1 << 20);
    long _lines;

    public async ValueTask WriteAsync(GeneratedFile file, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        while (!text.IsEmpty)
        {
            var due = TimeSpan.FromSeconds(_lines / linesPerSecond) - clock.GetElapsedTime(_begin);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, clock, cancellationToken);
            }

            var (length, lines) = Measure(text.Span);
            await file.WriteAsync(text[..length], cancellationToken);
            await file.FlushAsync(cancellationToken);
            _lines += lines;
            text = text[length..];
        }
    }

    (int Length, int Lines) Measure(ReadOnlySpan<byte> text)
    {
        var (length, lines) = (0, 0);
        while (lines < _portionLines && length < text.Length)
        {
            var end = text[length..].IndexOf((byte)'\n');
            length = end < 0 ? text.Length : length + end + 1;
            lines++;
        }

        return (length, lines);
    }
}
