using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Takes values and keeps nothing but a sum, so that what is measured is making them.</summary>
struct LengthSink : IEventSink
{
    public long Sum;

    public readonly void StartRow(int row)
    {
    }

    public void Null(int column) => Sum++;

    public void Number(int column, long value) => Sum += value;

    public void Real(int column, double value) => Sum += (long)value;

    public void Boolean(int column, bool value) => Sum += value ? 1 : 0;

    public void Text(int column, ReadOnlySpan<byte> utf8) => Sum += utf8.Length;
}
