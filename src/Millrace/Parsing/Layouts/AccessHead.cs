using System.Text;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// The fields that the layouts of nearly all access logs begin with: the address, the identd name (where nginx writes a dash and has no field), the user, the
/// time, the request and the status; and behind them, as a tail, the bytes, the referrer and the agent of the combined format.
/// </summary>
/// <param name="HasIdent">True where the identd name is a field.</param>
/// <param name="HasTail">True where the combined format's further fields follow.</param>
readonly record struct AccessHead(bool HasIdent, bool HasTail)
{
    static readonly Expected[] Address = [new(FieldSyntax.Text, " - ")];
    static readonly Expected[] AddressAndIdent = [new(FieldSyntax.Text, " "), new(FieldSyntax.Text, " ")];
    static readonly Expected[] UserToRequest = [new(FieldSyntax.Text, " ["), new(FieldSyntax.ClfTime, "] \""), new(FieldSyntax.Quoted, "\" ")];
    static readonly Expected[] StatusToReferrer = [new(FieldSyntax.Status, " "), new(FieldSyntax.Integer, " \""), new(FieldSyntax.Quoted, "\" \"")];

    /// <summary>How many fields there are; 0 where it is none.</summary>
    public int Length { get; private init; }

    /// <summary>A bit for each field that will be looked at, the address's being the lowest.</summary>
    public int Wanted { get; init; } = -1;

    /// <summary>Whether steps begin so.</summary>
    public static AccessHead Of(ReadOnlySpan<LayoutStep> steps)
    {
        var hasIdent = Begins(steps, AddressAndIdent);
        var addresses = hasIdent ? AddressAndIdent : Address;
        if (!Begins(steps, addresses) || !Begins(steps[addresses.Length..], UserToRequest))
        {
            return default;
        }

        var length = addresses.Length + UserToRequest.Length;
        var rest = steps[length..];
        if (Begins(rest, StatusToReferrer) && rest.Length > StatusToReferrer.Length && rest[StatusToReferrer.Length] is { Syntax: FieldSyntax.Quoted, TerminatorLength: <= sizeof(ulong) })
        {
            return new(hasIdent, HasTail: true) { Length = length + StatusToReferrer.Length + 1 };
        }

        return rest is [{ Syntax: FieldSyntax.Status, TerminatorLength: > 0 and <= sizeof(ulong) }, ..] ? new(hasIdent, HasTail: false) { Length = length + 1 } : default;
    }

    static bool Begins(ReadOnlySpan<LayoutStep> steps, ReadOnlySpan<Expected> expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (i >= steps.Length || steps[i].Syntax != expected[i].Syntax || !steps[i].TerminatorBytes.AsSpan().SequenceEqual(expected[i].Terminator))
            {
                return false;
            }
        }

        return true;
    }

    sealed class Expected(FieldSyntax syntax, string terminator)
    {
        public FieldSyntax Syntax => syntax;

        public byte[] Terminator { get; } = Encoding.UTF8.GetBytes(terminator);
    }
}
