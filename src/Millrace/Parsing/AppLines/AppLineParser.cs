using Millrace.Events;

namespace Millrace.Parsing.AppLines;

/// <summary>Reads the events of application logs. Which layout a line has is decided by the line alone, line by line.</summary>
sealed class AppLineParser : LineParser
{
    public const int Time = 0;
    public const int Level = 1;
    public const int Service = 2;
    public const int TraceId = 3;
    public const int Pid = 4;
    public const int Thread = 5;
    public const int Logger = 6;
    public const int Message = 7;

    const int FieldCount = Message + 1;

    readonly LocalZone _zone;
    readonly IsoMemo _times;
    readonly FieldValue[] _scratch = new FieldValue[FieldCount];

    /// <summary>A parser for one thread.</summary>
    /// <param name="zone">The zone of times that name none.</param>
    public AppLineParser(TimeZoneInfo zone)
        : base(FieldCount)
    {
        _zone = new(zone);
        _times = new(_zone);
    }

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        var values = Fields.Values;
        var head = new AppHead(FirstLine(line), values, _zone, _times);
        if (!head.TryRead())
        {
            Array.Clear(values);
            return Fields.Reject("a continuation line without an event above it", 0);
        }

        var message = head.MessageStart + LeadingBreaks(line[head.MessageStart..]);
        values[Message] = FieldValue.Text(message, line.Length - message);
        return LineOutcome.Event;
    }

    public override bool StartsEvent(ReadOnlySpan<byte> line) => new AppHead(FirstLine(line), _scratch, _zone, _times).StartsEvent();

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)'\n');
        var first = end < 0 ? line : line[..end];
        return first.EndsWith((byte)'\r') ? first[..^1] : first;
    }

    // A head with nothing behind it, such as ASP.NET's "info: Category[0]", has its message on the lines below.
    static int LeadingBreaks(ReadOnlySpan<byte> text) =>
        text.Length > 0 && text[0] is (byte)'\r' or (byte)'\n' ? text.Length - text.TrimStart(" \t\r\n"u8).Length : 0;
}
