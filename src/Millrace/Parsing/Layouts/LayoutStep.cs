using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>One field of a compiled layout. A struct in one array, so that a line's steps come from one stretch of memory.</summary>
readonly struct LayoutStep
{
    /// <summary>How the field is written.</summary>
    public readonly FieldSyntax Syntax;

    /// <summary>Which short way the parser's loop takes.</summary>
    public LayoutTrack Track { get; init; }

    /// <summary>What <see cref="LayoutTrack.AccessHead"/> takes at once.</summary>
    public AccessHead Head { get; init; }

    /// <summary>How many quotes the literal after it has, the one that closes the field among them.</summary>
    public readonly byte QuotesInTerminator;

    /// <summary>The first byte of the literal after it.</summary>
    public readonly byte First;

    /// <summary>The length of that literal; 0 for the last field of a line.</summary>
    public readonly int TerminatorLength;

    /// <summary>The literal's first eight bytes as they are loaded from memory, and which bits of them count.</summary>
    public readonly ulong Terminator;
    public readonly ulong TerminatorMask;

    /// <summary>The same for a dash and the literal after it: a field without a value. Nothing matches where that would not be the same as searching.</summary>
    public readonly ulong Dash;
    public readonly ulong DashMask;

    /// <summary>The whole literal, for those longer than eight bytes.</summary>
    public readonly byte[] TerminatorBytes;

    /// <summary>How a <see cref="FieldSyntax.PatternTime"/> is written.</summary>
    public TimePattern? Pattern { get; init; }

    /// <summary>What stands at the end of a line that ends with this field; null where none may.</summary>
    public readonly byte[]? Ending;

    /// <summary>How many fields without quotes follow up to the next one that may have them.</summary>
    public readonly int PlainFollowers;

    /// <summary>Why a line is rejected that has no end for this field.</summary>
    public readonly string Unended;

    /// <summary>Why a line is rejected whose field is not well-formed.</summary>
    public readonly string Malformed;

    /// <summary>Prepares a field.</summary>
    public LayoutStep(FieldSyntax syntax, byte[] terminator, string name, byte[]? ending = null, int plainFollowers = 0, TimePattern? pattern = null)
    {
        Ending = ending;
        PlainFollowers = plainFollowers;
        Syntax = syntax;
        Pattern = pattern;
        TerminatorLength = terminator.Length;
        TerminatorBytes = terminator;
        First = terminator.Length > 0 ? terminator[0] : (byte)0;
        (Terminator, TerminatorMask) = Load(terminator);
        var mayBeDash = syntax is not (FieldSyntax.List or FieldSyntax.SecondsList or >= FieldSyntax.ClfTime) && terminator is [not (byte)'-', ..] and { Length: < sizeof(ulong) };
        (Dash, DashMask) = mayBeDash ? Load([(byte)'-', .. terminator]) : (0, ulong.MaxValue);
        Track = TrackOf(syntax, terminator.Length);
        QuotesInTerminator = (byte)terminator.AsSpan().Count((byte)'"');
        Unended = syntax is FieldSyntax.Quoted or FieldSyntax.LooseQuoted ? $"the quote around {name} is not closed" : $"the line ends before {name} does";
        Malformed = $"{name} is not {(pattern is null ? Expected(syntax) : $"a time like {pattern.Text}")}";
    }

    static LayoutTrack TrackOf(FieldSyntax syntax, int terminatorLength) => syntax switch
    {
        _ when terminatorLength is 0 or > sizeof(ulong) => LayoutTrack.None,
        FieldSyntax.Text => LayoutTrack.Text,
        FieldSyntax.Quoted => LayoutTrack.Quoted,
        FieldSyntax.Integer or FieldSyntax.Status => LayoutTrack.Digits,
        >= FieldSyntax.ClfTime => LayoutTrack.Time,
        _ => LayoutTrack.None,
    };

    /// <summary>The first eight bytes of a text as they are loaded from memory, and a mask of those that there are.</summary>
    static (ulong Text, ulong Mask) Load(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[sizeof(ulong)];
        Span<byte> mask = stackalloc byte[sizeof(ulong)];
        text.Clear();
        mask.Clear();
        var length = Math.Min(bytes.Length, sizeof(ulong));
        bytes[..length].CopyTo(text);
        mask[..length].Fill(0xff);
        return (BitConverter.ToUInt64(text), BitConverter.ToUInt64(mask));
    }

    static string Expected(FieldSyntax syntax) => syntax switch
    {
        FieldSyntax.Status => "a status of three digits",
        FieldSyntax.ClfTime => "a time like 22/Nov/2026:10:00:00 +0000",
        FieldSyntax.IsoTime => "a time like 2026-11-22T10:00:00Z",
        FieldSyntax.Address or FieldSyntax.AddressAndPort => "an address",
        FieldSyntax.EpochTime or FieldSyntax.AnyTime => "a time",
        _ => "a number",
    };
}
