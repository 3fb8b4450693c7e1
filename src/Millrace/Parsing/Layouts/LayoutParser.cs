using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Layouts;

/// <summary>Parses lines of a <see cref="LineLayout"/>: at most one vectorised search a field, numbers and times read where they stand.</summary>
/// <remarks>
/// Works on references and offsets rather than on spans: slicing and the calls behind <c>IndexOf</c> and <c>StartsWith</c> cost more than the work itself on
/// fields of a few bytes. Every load is guarded by the line's length. The loop has a short way for each usual kind of field; whatever is not as usual
/// goes through <see cref="ReadAny"/>, which reads every field and gives the same.
/// </remarks>
sealed partial class LayoutParser : LineParser
{
    // What a text's search looks at in one go. A field that is longer, or too near the line's end, is not on the short way.
    static int Reach
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? Vector512<byte>.Count : Vector256<byte>.Count;
    }

    LayoutStep[] _steps;
    readonly byte[] _lead;
    readonly int _quotesInLead;
    readonly bool _allowsTail;
    readonly LocalZone _zone;
    readonly long _nowMicros;
    readonly bool _remembersTime;
    readonly bool _endsInSpace;
    readonly byte[] _header;
    readonly int[][] _sums;

    public LayoutParser(LineLayout layout, LocalZone zone, DateTimeOffset now = default)
        : base(layout.Steps.Length + layout.Sums.Count)
    {
        _header = layout.Header;
        _sums = layout.SumParts;
        _endsInSpace = layout.Steps[^1].TerminatorBytes is [.., (byte)' '];
        _steps = layout.Steps;
        _lead = layout.Lead;
        _quotesInLead = _lead.AsSpan().Count((byte)'"');
        _allowsTail = layout.AllowsTail;
        _zone = zone;
        _nowMicros = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var timeSyntax = default(FieldSyntax);
        TimePattern? pattern = null;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            UsesQuotes |= step.Syntax == FieldSyntax.Quoted;
            if (step.Syntax >= FieldSyntax.ClfTime)
            {
                // A time that may go on with what follows it would be remembered too short.
                var isSame = timeSyntax is default(FieldSyntax) || (timeSyntax == step.Syntax && pattern == step.Pattern);
                _remembersTime = isSame && step.Pattern?.MayGoOnWith(step.First) != true;
                (timeSyntax, pattern) = (_remembersTime ? step.Syntax : (FieldSyntax)byte.MaxValue, step.Pattern);
            }
        }
    }

    public override bool UsesQuotes { get; }

    public override void Narrow(WantedFields wanted)
    {
        // The layout's own are every parser's.
        _steps = [.. _steps];
        for (var i = 0; i < _steps.Length; i++)
        {
            var head = 0;
            for (var field = 0; field < _steps[i].Head.Length; field++)
            {
                head |= wanted.Numbers.Contains(i + field) ? 1 << field : 0;
            }

            _steps[i] = _steps[i] with { Head = _steps[i].Head with { Wanted = head } };
        }
    }

    public override LineOutcome Parse(ReadOnlySpan<byte> line) => Parse(line, default);

    // One method for all steps: a call a field would cost as much as the field.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LineOutcome Parse(ReadOnlySpan<byte> line, in LineQuotes quotes)
    {
        if (_lead.Length > 0 && !line.StartsWith(_lead))
        {
            return Fields.Reject("the line does not begin as the layout does", 0);
        }

        if (_header.Length > 0 && line.SequenceEqual(_header))
        {
            return LineOutcome.Skip;
        }

        ref var text = ref MemoryMarshal.GetReference(line);
        var length = line.Length;
        var position = _lead.Length;
        var quote = _quotesInLead;
        ref var value = ref MemoryMarshal.GetArrayDataReference(Fields.Values);
        ref var step = ref MemoryMarshal.GetArrayDataReference(_steps);
        ref var last = ref Unsafe.Add(ref step, _steps.Length);
        while (Unsafe.IsAddressLessThan(ref step, ref last))
        {
            int end;
            switch (step.Track)
            {
                case LayoutTrack.Quoted:
                    // Which quotes open and close it is known from those that the layout has before it; a field that holds quotes of its own leaves this way.
                    if (quote > 0 && quote < quotes.Count
                        && quotes[quote - 1] == position - 1
                        && quotes[quote] is var closing
                        && (step.TerminatorLength == 1 || (closing + sizeof(ulong) <= length && (Load(ref text, closing) & step.TerminatorMask) == step.Terminator))
                        && Unsafe.Add(ref text, closing - 1) != '\\')
                    {
                        end = closing;
                        SetText(ref text, position, end, TextEscape.Backslash, ref value);
                        quote += step.QuotesInTerminator;
                        goto Next;
                    }

                    break;
                case LayoutTrack.AccessHead:
                    end = (int)ReadAccessHead(ref text, position, length, ref step, in quotes, quote, ref value);
                    if (end >= 0)
                    {
                        var others = step.Head.Length - 1;
                        quote += step.Head.HasTail ? 5 : 1;
                        step = ref Unsafe.Add(ref step, others);
                        value = ref Unsafe.Add(ref value, others);
                        quote += step.QuotesInTerminator;
                        goto Next;
                    }

                    goto case LayoutTrack.Text;
                case LayoutTrack.Text:
                    if (position + Reach + sizeof(ulong) <= length)
                    {
                        if ((Load(ref text, position) & step.DashMask) == step.Dash)
                        {
                            // Where a field ends is then predicted rather than searched for, so that the work on what follows need not wait.
                            value.HasValue = false;
                            end = position + 1;
                            quote += step.QuotesInTerminator;
                            goto Next;
                        }

                        var found = Find(ref text, position, step.First);
                        end = position + BitOperations.TrailingZeroCount(found);
                        if (found != 0 && (Load(ref text, end) & step.TerminatorMask) == step.Terminator)
                        {
                            SetText(ref text, position, end, TextEscape.None, ref value);
                            quote += step.QuotesInTerminator;
                            goto Next;
                        }
                    }

                    break;
                case LayoutTrack.Digits:
                    if (position + (2 * sizeof(ulong)) <= length
                        && Digits.TryReadShort(ref text, position, length, out value.Number) is var count and > 0
                        && (step.Syntax != FieldSyntax.Status || count == 3)
                        && (Load(ref text, position + count) & step.TerminatorMask) == step.Terminator)
                    {
                        end = position + count;
                        value.Start = position;
                        value.Length = count;
                        value.HasValue = true;
                        quote += step.QuotesInTerminator;
                        goto Next;
                    }

                    break;
                case LayoutTrack.Time:
                    if (IsRemembered(ref text, position, length, in step))
                    {
                        end = position + _timeLength;
                        SetTime(position, ref value);
                        quote += step.QuotesInTerminator;
                        goto Next;
                    }

                    break;
            }

            end = ReadAny(line, position, in step, ref value);
            if (end < 0)
            {
                return EndEarly(line, position, in step);
            }

            quote = quotes.FirstFrom(end + step.TerminatorLength);

        Next:
            position = end + step.TerminatorLength;
            value = ref Unsafe.Add(ref value, 1);
            step = ref Unsafe.Add(ref step, 1);
        }

        return position == length || (_allowsTail && (_endsInSpace || line[position] == ' '))
            ? Complete()
            : Fields.Reject("there is more after the last field", position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Load(ref byte text, nint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));

    /// <summary>A bit for each place within reach where the byte stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Find(ref byte text, nint at, byte wanted) => Vector512.IsHardwareAccelerated
        ? Vector512.Equals(Vector512.LoadUnsafe(ref text, (nuint)at), Vector512.Create(wanted)).ExtractMostSignificantBits()
        : Vector256.Equals(Vector256.LoadUnsafe(ref text, (nuint)at), Vector256.Create(wanted)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SetText(ref byte text, nint start, nint end, TextEscape escape, ref FieldValue value)
    {
        var length = end - start;
        value.Start = (int)start;
        value.Length = (int)length;
        value.Escape = escape;

        // Without a branch on what is often anyone's guess. There is a terminator to look at where the text is empty.
        value.HasValue = length > (Unsafe.Add(ref text, start) == '-' ? 1 : 0);
    }
}
