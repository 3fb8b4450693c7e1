using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Millrace.Lake.Delta;

/// <summary>
/// A mark as Delta's transaction identifiers, each of which holds one number: <c>mark:0:OWNER</c>, <c>mark:1:OWNER</c> and so on have seven bytes of the
/// position each, as UTF-8, behind a byte that counts them. A chunk with fewer than seven ends the position. Identifiers cannot be taken out of a log, so what
/// a longer position left behind the end stays there, and is not read.
/// </summary>
static class MarkChunks
{
    const int MostBytes = 7;
    const string First = "mark:0:";

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The identifiers of a mark. Throws an <see cref="ArgumentException"/> for an owner without a name, and for text that is no Unicode.</summary>
    public static KeyValuePair<string, long>[] Write(LakeMark mark)
    {
        ArgumentException.ThrowIfNullOrEmpty(mark.Owner, nameof(mark));
        _ = Utf8.GetByteCount(mark.Owner);
        var bytes = Utf8.GetBytes(mark.Position);
        return [.. Enumerable.Range(0, (bytes.Length / MostBytes) + 1).Select(index => KeyValuePair.Create(
            IdOf(index, mark.Owner), Pack(bytes.AsSpan(index * MostBytes, Math.Min(MostBytes, bytes.Length - (index * MostBytes))))))];
    }

    /// <summary>The position of an owner; null where it has none.</summary>
    /// <param name="transactions">All identifiers.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="lake">The lake's name, for messages.</param>
    public static string? Read(IReadOnlyDictionary<string, long> transactions, string owner, string lake)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Span<byte> chunk = stackalloc byte[1 + MostBytes];
        for (var index = 0; transactions.TryGetValue(IdOf(index, owner), out var packed); index++)
        {
            BinaryPrimitives.WriteInt64BigEndian(chunk, packed);
            if (chunk[0] > MostBytes)
            {
                throw Damaged(owner, lake);
            }

            bytes.Write(chunk.Slice(1, chunk[0]));
            if (chunk[0] < MostBytes)
            {
                return Decode(bytes.WrittenSpan, owner, lake);
            }
        }

        return bytes.WrittenCount == 0 ? null : throw Damaged(owner, lake);
    }

    /// <summary>The owner of the mark that an identifier is the first of; null for any other identifier.</summary>
    public static string? OwnerOf(string id) => id.StartsWith(First, StringComparison.Ordinal) ? id[First.Length..] : null;

    static string IdOf(int index, string owner) => string.Create(CultureInfo.InvariantCulture, $"mark:{index}:{owner}");

    static long Pack(ReadOnlySpan<byte> bytes)
    {
        Span<byte> chunk = stackalloc byte[1 + MostBytes];
        chunk.Clear();
        chunk[0] = (byte)bytes.Length;
        bytes.CopyTo(chunk[1..]);
        return BinaryPrimitives.ReadInt64BigEndian(chunk);
    }

    static string Decode(ReadOnlySpan<byte> bytes, string owner, string lake)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged(owner, lake);
        }
    }

    static UserException Damaged(string owner, string lake) =>
        new($"The log of the lake '{lake}' has a mark of '{owner}' that is not whole. The log is damaged; restore it from a copy.");
}
