using System.Buffers;

namespace Millrace.Events;

/// <summary>
/// Tells the endpoint from a path: <c>/orders/123/items</c> becomes <c>/orders/{id}/items</c>. Equal to <see cref="EndpointPatterns"/>, which say what an id
/// is, without regular expressions and without allocating.
/// </summary>
static class EndpointTemplate
{
    // Every id and every date has a digit in it, so most paths are told by one vectorised search.
    static readonly SearchValues<byte> Interesting = SearchValues.Create("0123456789;"u8);

    /// <summary>How long the endpoint of a path can get, templates of the user (<see cref="EndpointRules"/>) included.</summary>
    public static int MaxLength(int pathLength) => Math.Max(pathLength * 4, EndpointRules.MaxTemplateLength);

    /// <summary>Writes the endpoint of a path; false, with nothing written, where the path itself is the endpoint.</summary>
    /// <param name="path">The path without its query.</param>
    /// <param name="destination">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">How many bytes were written.</param>
    public static bool TryTemplate(ReadOnlySpan<byte> path, Span<byte> destination, out int length)
    {
        length = 0;
        var copied = 0;
        for (var at = 0; path[at..].IndexOfAny(Interesting) is var step and >= 0;)
        {
            at += step;
            var start = path[copied..at].LastIndexOf((byte)'/') + 1 + copied;
            var next = path[at..].IndexOf((byte)'/');
            var end = next < 0 ? path.Length : at + next;
            var segment = path[start..end];
            var parameters = segment.IndexOf((byte)';');
            var name = parameters < 0 ? segment : segment[..parameters];
            var isId = EndpointSegment.TryFind(name, out var id);
            if (isId || parameters >= 0)
            {
                Append(path[copied..start], destination, ref length);
                if (isId)
                {
                    Append(name[..id.Start], destination, ref length);
                    Append(id.IsDate ? "{date}"u8 : "{id}"u8, destination, ref length);
                    name = name[id.End..];
                }

                Append(name, destination, ref length);
                copied = end;
            }

            at = end;
        }

        if (copied == 0)
        {
            return false;
        }

        Append(path[copied..], destination, ref length);
        return true;
    }

    static void Append(ReadOnlySpan<byte> text, Span<byte> destination, ref int length)
    {
        text.CopyTo(destination[length..]);
        length += text.Length;
    }
}
