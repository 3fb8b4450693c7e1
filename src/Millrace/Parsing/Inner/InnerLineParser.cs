namespace Millrace.Parsing.Inner;

/// <summary>Reads lines that end in a line of another format.</summary>
/// <param name="inner">Reads what stands behind the prefix.</param>
/// <param name="prefixFields">How many fields the prefix has; they come first.</param>
/// <param name="time">The prefix's time.</param>
/// <param name="innerTime">The field of the inner line's time, which stays empty in lines that have none; -1 where no line has one.</param>
abstract class InnerLineParser(LineParser inner, int prefixFields, int time, int innerTime) : LineParser(prefixFields + inner.Fields.Values.Length)
{
    int _start;

    /// <remarks>The prefix is read in any case; of the inner line's fields those are wanted that are wanted of the whole.</remarks>
    public sealed override void Narrow(WantedFields wanted) =>
        inner.Narrow(new(wanted.Numbers.Where(number => number >= prefixFields).Select(number => number - prefixFields).ToHashSet(), wanted.Attributes));

    public sealed override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
        Fields.Record = default;
        HasMore = false;
        if (ReadPrefix(line, out _start) == LineOutcome.Reject)
        {
            return LineOutcome.Reject;
        }

        return _start < line.Length ? Take(line, inner.Parse(line[_start..])) : Reject(line, _start, inner.Fields);
    }

    public sealed override LineOutcome Next(ReadOnlySpan<byte> line)
    {
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
        ReadPrefix(line, out _start);
        return Take(line, inner.Next(line[_start..]));
    }

    /// <summary>Reads the prefix into the first fields. Returns where the inner line begins, or rejects the line.</summary>
    protected abstract LineOutcome ReadPrefix(ReadOnlySpan<byte> line, out int start);

    /// <summary>Says what becomes of a line whose prefix was read and whose rest the inner format rejects.</summary>
    protected abstract LineOutcome Reject(ReadOnlySpan<byte> line, int start, LineFields rest);

    LineOutcome Take(ReadOnlySpan<byte> line, LineOutcome outcome)
    {
        HasMore = inner.HasMore;
        if (inner.Fields.Record is { Length: > 0 } record)
        {
            Fields.Record = (record.Start + _start, record.Length);
        }

        if (outcome == LineOutcome.Reject)
        {
            return Reject(line, _start, inner.Fields);
        }

        Fields.TakeOver(inner.Fields, _start, prefixFields);
        SetTime();
        return outcome;
    }

    /// <summary>Gives the event the time of the prefix where the inner line has none.</summary>
    protected void SetTime()
    {
        if (innerTime >= 0 && !Fields.Values[innerTime].HasValue)
        {
            Fields.Values[innerTime] = Fields.Values[time];
        }
    }
}
