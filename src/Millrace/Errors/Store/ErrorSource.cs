using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Millrace.Sources;

namespace Millrace.Errors.Store;

/// <summary>An object, a file, or a part of one that errors were extracted from.</summary>
/// <param name="Name">Its address or whole path.</param>
/// <param name="Identity">What tells it from another of the name, and stays when it grows.</param>
/// <param name="Version">What it holds: another version of the same source replaces what an earlier one gave.</param>
public sealed record ErrorSource(string Name, string Identity, string Version)
{
    const int Fingerprint = 256;

    /// <summary>The key that stores know it by: 32 hexadecimal digits.</summary>
    public string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}\n{Identity}")))[..32];

    /// <summary>Where a part of a file ends that grows; null for all else.</summary>
    long? End { get; init; }

    /// <summary>An object with this content.</summary>
    public static ErrorSource OfObject(string address, string tag) => new(address, $"tag-{tag}", tag);

    /// <summary>
    /// A part of a local file, which may have grown when it is brought in again. It is known by where it begins and by the time of its first event, which stay, and which tell it from a later file of the name.
    /// </summary>
    /// <param name="name">The file.</param>
    /// <param name="from">The part's first byte.</param>
    /// <param name="firstEvent">The time of its first event; null where it has none.</param>
    /// <param name="to">The first byte after it.</param>
    public static ErrorSource OfPart(string name, long from, string? firstEvent, long to) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"from-{from}-{firstEvent}"), to.ToString(CultureInfo.InvariantCulture)) { End = to };

    /// <summary>True where a version that is in already leaves nothing to bring in: it is this one, or a longer one of a part that grows, which somebody has brought in who saw the file later.</summary>
    /// <param name="stored">The version that is in; null where none is.</param>
    public bool IsIn(string? stored) => stored == Version || (End is { } end && long.TryParse(stored, NumberStyles.None, CultureInfo.InvariantCulture, out var reached) && reached > end);

    /// <summary>
    /// A whole file as it is now. An object is known by its name and ETag; a local file by its path and its beginning up to the first line break, so that one that has grown is the same, and one that has taken its
    /// name after a rotation is another. Throws a <see cref="UserException"/> for a pipe, which cannot be known again.
    /// </summary>
    public static ErrorSource Of(LogFile file, CancellationToken cancellationToken)
    {
        if (file.Length is not { } length)
        {
            throw new UserException($"The errors of '{file.Name}' cannot be kept: what comes through a pipe has no name by which it would be known again. Write it to a file first.", UserException.Usage);
        }

        if (file.ContentTag is { } tag)
        {
            return OfObject(file.Identity, tag);
        }

        using var reader = file.Open(cancellationToken);
        var head = Read(reader, 0);
        var line = head.AsSpan(0, head.AsSpan().IndexOf((byte)'\n') is var end and >= 0 ? end : head.Length);
        return new ErrorSource(file.Identity, $"head-{Hash(line)}", $"{length}-{Hash(Read(reader, Math.Max(0, length - Fingerprint)))}");
    }

    static byte[] Read(LogReader reader, long offset)
    {
        var bytes = new byte[Fingerprint];
        return bytes[..reader.ReadAt(offset, bytes)];
    }

    static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
}
