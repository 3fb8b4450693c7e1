namespace Millrace.Parsing.Lines;

/// <summary>Reads the fields of a line from left to right. A read that fails moves nothing.</summary>
/// <param name="line">The line.</param>
/// <param name="position">Where to begin.</param>
ref struct LineCursor(ReadOnlySpan<byte> line, int position = 0)
{
    // The longest number that is surely a 64-bit integer.
    const int Most = 18;

    readonly ReadOnlySpan<byte> _line = line;

    /// <summary>The offset of the next byte.</summary>
    public int Position { get; set; } = position;

    /// <summary>What is still to be read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _line[Position..];

    /// <summary>True where all is read.</summary>
    public readonly bool IsAtEnd => Position == _line.Length;

    /// <summary>Reads a literal text.</summary>
    public bool TryTake(scoped ReadOnlySpan<byte> literal)
    {
        var stands = Rest.StartsWith(literal);
        Position += stands ? literal.Length : 0;
        return stands;
    }

    /// <summary>Reads a text up to a literal, and the literal. A dash and nothing are no value.</summary>
    public bool TryTakeUntil(scoped ReadOnlySpan<byte> literal, out FieldValue value)
    {
        var length = Rest.IndexOf(literal);
        value = length < 0 ? default : Value(Position, length);
        Position += length < 0 ? 0 : length + literal.Length;
        return length >= 0;
    }

    /// <summary>Reads a text up to a byte, and the byte.</summary>
    public bool TryTakeUntil(byte end, out FieldValue value)
    {
        var length = Rest.IndexOf(end);
        value = length < 0 ? default : Value(Position, length);
        Position += length + 1;
        return length >= 0;
    }

    /// <summary>Reads the text up to the next space or the end of the line, and the space.</summary>
    public bool TryTakeWord(out FieldValue value)
    {
        var length = Rest.IndexOf((byte)' ');
        var end = length < 0 ? Rest.Length : length;
        value = Value(Position, end);
        Position += end + (length < 0 ? 0 : 1);
        return end > 0;
    }

    /// <summary>Reads a whole number up to a byte, and the byte; a plus or a minus may stand before it. A dash, nothing and a negative number are no value.</summary>
    public bool TryTakeNumber(byte end, long scale, out FieldValue value)
    {
        var at = Position;
        var isSigned = at < _line.Length && _line[at] is (byte)'-' or (byte)'+';
        at += isSigned ? 1 : 0;
        var first = at;
        long number = 0;
        while (at < _line.Length && (uint)(_line[at] - '0') is var digit and <= 9)
        {
            number = (number * 10) + digit;
            at++;
        }

        value = default;
        var isWhole = at < _line.Length && _line[at] == end && at - first <= Most && number <= long.MaxValue / scale;
        if (!isWhole || (at == first && isSigned && _line[Position] == '+'))
        {
            return false;
        }

        if (at > first && _line[Position] != '-')
        {
            value = FieldValue.Of(number * scale, Position, at - Position);
        }

        Position = at + 1;
        return true;
    }

    /// <summary>Skips spaces.</summary>
    public void SkipSpaces()
    {
        while (Position < _line.Length && _line[Position] == ' ')
        {
            Position++;
        }
    }

    /// <summary>A piece of the line; a dash and nothing are no value.</summary>
    public readonly FieldValue Value(int start, int length) =>
        length == 0 || (length == 1 && _line[start] == '-') ? default : FieldValue.Text(start, length);
}
