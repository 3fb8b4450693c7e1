using System.Runtime.CompilerServices;
using Millrace.Events;

namespace Millrace.Parsing.W3c;

/// <summary>Parses lines under a <c>#Fields:</c> directive. A value that is <c>-</c> or nothing is NULL.</summary>
sealed class W3cParser : LineParser
{
    const int MostKnown = 32;
    const string Fewer = "the line has fewer values than its #Fields names";
    const string More = "the line has more values than its #Fields names";
    const string Unnamed = "no #Fields names the values of the line";

    readonly W3cColumns _columns;
    readonly LocalZone _zone;
    readonly byte _separator;
    readonly int _least;
    readonly W3cStep[] _defaults;

    // What directives say that were met before: a server writes the same one whenever it starts.
    readonly List<(byte[] Directive, W3cStep[] Steps)> _known = [];
    W3cStep[] _steps;
    W3cTime _time;

    public W3cParser(W3cColumns columns, LocalZone zone)
        : base(columns.Count)
    {
        _columns = columns;
        _zone = zone;
        _separator = columns.Dialect.Separator;
        _least = columns.Dialect.LeastValues;
        _defaults = columns.Steps(columns.Dialect.DefaultFields.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        _steps = _defaults;
    }

    public override void Direct(ReadOnlySpan<byte> directive)
    {
        foreach (var (known, steps) in _known)
        {
            if (directive.SequenceEqual(known))
            {
                _steps = steps;
                return;
            }
        }

        _steps = directive.IsEmpty ? _defaults : _columns.Steps(W3cDialect.Names(directive));
        if (_known.Count < MostKnown)
        {
            _known.Add((directive.ToArray(), _steps));
        }
    }

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        if (line[0] == '#' || line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
        {
            if (line.StartsWith(W3cDialect.Directive))
            {
                Direct(line);
            }

            return LineOutcome.Skip;
        }

        if (_steps.Length == 0)
        {
            return Fields.Reject(Unnamed, 0);
        }

        Fields.Values.AsSpan().Clear();
        Fields.Attributes.Clear();
        _time = default;
        return _separator == 0 ? ParseWords(line) : ParseSeparated(line);
    }

    LineOutcome ParseWords(ReadOnlySpan<byte> line)
    {
        var position = W3cText.SkipSpace(line, 0);
        foreach (ref readonly var step in _steps.AsSpan())
        {
            if (position == line.Length)
            {
                return Fields.Reject(Fewer, position);
            }

            var end = W3cText.EndOfWord(line, position, out var value);
            if (!Read(line, value, step))
            {
                return Fields.Reject(step.Malformed, position);
            }

            position = W3cText.SkipSpace(line, end);
        }

        return position == line.Length ? End(line) : Fields.Reject(More, position);
    }

    LineOutcome ParseSeparated(ReadOnlySpan<byte> line)
    {
        var position = 0;
        var count = 0;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            if (position > line.Length)
            {
                break;
            }

            var length = line[position..].IndexOf(_separator);
            length = length < 0 ? line.Length - position : length;
            if (!Read(line, W3cText.Trim(line, position, length), step))
            {
                return Fields.Reject(step.Malformed, position);
            }

            position += length + 1;
            count++;
        }

        return count < _steps.Length && count < _least ? Fields.Reject(Fewer, line.Length) : End(line);
    }

    LineOutcome End(ReadOnlySpan<byte> line)
    {
        if (_time.TryJoin(_zone, out var micros, out var start, out var length))
        {
            Fields.Values[0] = FieldValue.Of(micros, start, length);
        }

        return LineOutcome.Event;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Read(ReadOnlySpan<byte> line, FieldValue value, in W3cStep step)
    {
        if (!value.HasValue)
        {
            return true;
        }

        var field = step.Field;
        if (step.Syntax > W3cSyntax.PercentUrl && !TryReadNumber(line.Slice(value.Start, value.Length), step.Syntax, ref value))
        {
            if (step.IsEssential)
            {
                return false;
            }

            field = -1;
        }

        value.Escape = step.Syntax switch
        {
            W3cSyntax.Plus when value.Escape == TextEscape.None => TextEscape.Plus,
            W3cSyntax.Percent => TextEscape.Percent,
            W3cSyntax.PercentUrl => TextEscape.PercentUrl,
            _ => value.Escape,
        };
        if (field > 0)
        {
            Fields.Values[field] = value;
        }
        else if (field < 0)
        {
            Fields.Attributes.Add(step.Name, value);
        }

        return true;
    }

    bool TryReadNumber(ReadOnlySpan<byte> text, W3cSyntax syntax, ref FieldValue value)
    {
        switch (syntax)
        {
            case W3cSyntax.Integer:
                return W3cText.TryReadInteger(text, out value.Number);
            case W3cSyntax.Real:
                var isReal = W3cText.TryReadReal(text, out var real);
                value.Number = BitConverter.DoubleToInt64Bits(real);
                return isReal;
            case W3cSyntax.Status:
                return text.Length is 1 or 3 && W3cText.TryReadInteger(text, out value.Number) && (text.Length == 3 || value.Number == 0);
            case W3cSyntax.Taken or W3cSyntax.Seconds:
                var isRead = W3cText.TryReadDuration(text, syntax == W3cSyntax.Taken && !text.Contains((byte)'.') ? 1_000 : TimeText.MicrosPerSecond, out value.Number);
                value.HasValue = value.Number >= 0;
                return isRead;
            case W3cSyntax.Date or W3cSyntax.LocalDate:
                return _time.TryReadDate(text, value.Start, isLocal: syntax == W3cSyntax.LocalDate);
            default:
                return _time.TryReadTime(text, value.Start, isLocal: syntax == W3cSyntax.LocalTime);
        }
    }
}
