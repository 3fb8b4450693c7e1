using Millrace.Parsing.Lines;

namespace Millrace.Parsing;

/// <summary>
/// Turns the bytes of one line into fields. Pure: no IO, no clock, no logging. One instance serves one thread and may remember
/// things that make the next line cheaper (the last time text, say), as long as the result does not depend on them.
/// </summary>
/// <remarks>
/// Whether a line is accepted is a property of the whole line, whatever columns a query asks for: separators, quotes,
/// well-formed times and numbers are always checked. Only decoding text is left to whoever asks for it.
/// </remarks>
/// <param name="fieldCount">How many fields the format has.</param>
public abstract class LineParser(int fieldCount)
{
    /// <summary>The fields of the line parsed last.</summary>
    public LineFields Fields { get; } = new(fieldCount);

    /// <summary>
    /// Says which fields will be looked at from now on; without it all are. A parser may leave the others unset, where that saves work, except for the
    /// event's time. Which lines are accepted must not depend on it.
    /// </summary>
    public virtual void Narrow(WantedFields wanted)
    {
    }

    /// <summary>
    /// Parses one line: without its line break, never empty, and with its continuation lines where the format joins lines.
    /// Must set every field or reset it to <c>default</c>, and must never throw, whatever the bytes.
    /// </summary>
    public abstract LineOutcome Parse(ReadOnlySpan<byte> line);

    /// <summary>True where the parser gains from being told where a line's quotes stand.</summary>
    public virtual bool UsesQuotes => false;

    /// <summary>The same as parsing the line alone, spared the search for its quotes where they are known.</summary>
    public virtual LineOutcome Parse(ReadOnlySpan<byte> line, in LineQuotes quotes) => Parse(line);

    /// <summary>
    /// True where the line parsed last holds a further record. A format whose lines hold several sets it with each call of <see cref="Parse(ReadOnlySpan{byte})"/> and
    /// <see cref="Next"/>; for all others it stays false.
    /// </summary>
    public bool HasMore { get; protected set; }

    /// <summary>
    /// Parses the next record of the line that was given to <see cref="Parse(ReadOnlySpan{byte})"/> last, which is given again: the same bytes, perhaps at another place in memory.
    /// May be called only while <see cref="HasMore"/>; whoever has enough may go on to the next line instead. Offsets still count from the line's first byte.
    /// Sets every field as <see cref="Parse(ReadOnlySpan{byte})"/> does, must never throw, and comes to an end: each call must take at least a byte of the line.
    /// </summary>
    public virtual LineOutcome Next(ReadOnlySpan<byte> line) => throw new InvalidOperationException("A line of this format is one record.");

    /// <summary>
    /// For formats with directives (<see cref="FormatBinding.DirectivePrefix"/>): tells the directive that stands last above the lines parsed next, which may be far
    /// from those parsed before. Empty where none does. Directives among the lines come to <see cref="Parse(ReadOnlySpan{byte})"/>, as lines do.
    /// </summary>
    public virtual void Direct(ReadOnlySpan<byte> directive)
    {
    }

    /// <summary>
    /// For formats that join lines (<see cref="FormatBinding.JoinsLines"/>): true where a physical line begins an event, false where
    /// it continues the event above. Must depend on the line alone.
    /// </summary>
    public virtual bool StartsEvent(ReadOnlySpan<byte> line) => true;
}
