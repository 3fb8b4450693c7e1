using System.Text;

namespace Millrace.Events;

/// <summary>
/// Templates of the user, such as <c>/api/*/orders/{order}</c>, which go before the built-in <see cref="EndpointTemplate"/>: the first one that a path
/// is of is its endpoint, as it is written.
/// </summary>
public sealed class EndpointRules
{
    /// <summary>The longest template, in bytes.</summary>
    public const int MaxTemplateLength = 256;

    readonly byte[][] _templates;

    EndpointRules(byte[][] templates) => _templates = templates;

    /// <summary>No templates of the user.</summary>
    public static EndpointRules None { get; } = new([]);

    /// <summary>
    /// Reads templates. <c>{name}</c> and <c>*</c> stand for one segment, <c>**</c> at the end for any number of them, everything else for itself.
    /// Throws a <see cref="UserException"/> for a text that is no template.
    /// </summary>
    public static EndpointRules Parse(IEnumerable<string> templates) => new([.. templates.Select(ParseTemplate)]);

    /// <summary>Writes the endpoint of a path; false, with nothing written, where the path itself is the endpoint.</summary>
    /// <param name="path">The path without its query.</param>
    /// <param name="destination">Room for <see cref="EndpointTemplate.MaxLength"/> bytes.</param>
    /// <param name="length">How many bytes were written.</param>
    public bool TryTemplate(ReadOnlySpan<byte> path, Span<byte> destination, out int length)
    {
        foreach (var template in _templates)
        {
            if (IsOf(path, template))
            {
                template.CopyTo(destination);
                length = template.Length;
                return true;
            }
        }

        return EndpointTemplate.TryTemplate(path, destination, out length);
    }

    static byte[] ParseTemplate(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!text.StartsWith('/'))
        {
            throw Wrong(text, "It must start with a slash");
        }

        if (bytes.Length > MaxTemplateLength)
        {
            throw Wrong(text, $"It must not be longer than {MaxTemplateLength} bytes");
        }

        var segments = text[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (segment == "**" && i < segments.Length - 1)
            {
                throw Wrong(text, "Nothing can follow **");
            }

            var isWild = segment is "*" or "**" || (segment.Length > 2 && segment[0] == '{' && segment.IndexOfAny(['{', '}'], 1) == segment.Length - 1);
            if (!isWild && segment.IndexOfAny(['*', '{', '}']) >= 0)
            {
                throw Wrong(text, $"'{segment}' is neither a name, nor {{name}}, * or **");
            }
        }

        return bytes;
    }

    static UserException Wrong(string text, string reason) =>
        new($"The endpoint template '{text}' cannot be used. {reason}, as in /api/*/orders/{{order}}.", UserException.Usage);

    static bool IsOf(ReadOnlySpan<byte> path, ReadOnlySpan<byte> template)
    {
        while (!template.IsEmpty)
        {
            if (template.SequenceEqual("/**"u8))
            {
                return path.IsEmpty || path[0] == '/';
            }

            if (path.IsEmpty || path[0] != '/')
            {
                return false;
            }

            var wanted = TakeSegment(ref template);
            var met = TakeSegment(ref path);
            var isWild = wanted.Length > 0 && wanted[0] is (byte)'*' or (byte)'{';
            if (isWild ? met.IsEmpty : !met.SequenceEqual(wanted))
            {
                return false;
            }
        }

        return path.IsEmpty;
    }

    static ReadOnlySpan<byte> TakeSegment(ref ReadOnlySpan<byte> text)
    {
        var length = text[1..].IndexOf((byte)'/');
        var segment = length < 0 ? text[1..] : text.Slice(1, length);
        text = text[(segment.Length + 1)..];
        return segment;
    }
}
