namespace Millrace.Parsing;

/// <summary>The fields of the line that was parsed last. Offsets count from the line's first byte, so they are of use only together with it.</summary>
/// <param name="fieldCount">How many fields the format has.</param>
public sealed class LineFields(int fieldCount)
{
    /// <summary>One value a field, in the order of <see cref="FormatBinding.Fields"/>.</summary>
    public FieldValue[] Values { get; } = new FieldValue[fieldCount];

    /// <summary>What has no field of its own and goes to the <c>attributes</c> column, in the order of the line.</summary>
    public AttributeList Attributes { get; } = new();

    /// <summary>
    /// The part of the line that is the record, for formats whose lines hold several: what the <c>raw</c> column shows. A length of 0 means the whole line.
    /// </summary>
    public (int Start, int Length) Record { get; set; }

    /// <summary>Why the line was rejected: a short constant sentence, since rejects are counted by it.</summary>
    public string? RejectReason { get; private set; }

    /// <summary>The offset in the line of the first byte that could not be read.</summary>
    public int RejectPosition { get; private set; }

    /// <summary>The text of the record: its part of the line, or the whole line.</summary>
    public ReadOnlySpan<byte> RecordOf(ReadOnlySpan<byte> line) => Record.Length == 0 ? line : line.Slice(Record.Start, Record.Length);

    /// <summary>Records why a line was not even given to the parser.</summary>
    public LineOutcome RejectUnread(string reason)
    {
        Record = default;
        return Reject(reason, 0);
    }

    /// <summary>Takes over the fields and attributes of a part of the line.</summary>
    /// <param name="inner">They count from the start of the part.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="first">The number that the first of its fields gets.</param>
    internal void TakeOver(LineFields inner, int offset, int first)
    {
        var values = Values.AsSpan(first, inner.Values.Length);
        values.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            ref readonly var value = ref inner.Values[i];
            if (value.HasValue)
            {
                values[i] = value.Moved(offset);
            }
        }

        for (var i = 0; i < inner.Attributes.Count; i++)
        {
            ref readonly var pair = ref inner.Attributes[i];
            Attributes.Add(pair.Key.Moved(offset), pair.Value.Moved(offset));
        }
    }

    /// <summary>Records why the line cannot be read. Returns <see cref="LineOutcome.Reject"/>, so that a parser can return it.</summary>
    public LineOutcome Reject(string reason, int position)
    {
        RejectReason = reason;
        RejectPosition = position;
        return LineOutcome.Reject;
    }
}
