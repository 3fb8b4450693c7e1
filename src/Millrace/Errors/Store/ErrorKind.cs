using System.Security.Cryptography;
using System.Text;

namespace Millrace.Errors.Store;

/// <summary>Errors whose messages reduce to the same words and whose traces agree: the finest that errors are told apart. A group has one of them or more.</summary>
/// <param name="Words">The message's words, with <c>&lt;*&gt;</c> for what varies by how it is written.</param>
/// <param name="Type">The exception's type; null where there is none.</param>
/// <param name="Frames">The frames nearest to where it was thrown.</param>
public sealed record ErrorKind(IReadOnlyList<string> Words, string? Type, IReadOnlyList<string> Frames)
{
    /// <summary>What stores know it by: 16 hexadecimal digits, made of all the above.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join(' ', Words)}\n{Type}|{string.Join('|', Frames)}")))[..16];

    /// <summary>The group that it was put into when it was first seen. Once stored it stays.</summary>
    public string Group { get; init; } = "";

    /// <summary>When it came into the store. The group of the oldest names those that become one.</summary>
    public DateTimeOffset Added { get; init; }

    /// <summary>When the first error of it happened that the store was ever given, also where that has been dropped since; null where none was.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    internal StackTrace Trace => new(Type, Frames);
}
