using System.Buffers;

namespace Millrace.Events;

/// <summary>Finds the id in one segment of a path: the methods follow the order of <see cref="EndpointPatterns.Segments"/>.</summary>
static class EndpointSegment
{
    const int UuidLength = 36;
    const int ShortestHex = 8;
    const int ShortestToken = 16;
    const int LongestExtension = 8;

    static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);
    static readonly SearchValues<byte> AsciiLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    static readonly SearchValues<byte> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    static readonly SearchValues<byte> TokenBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>Finds the part of a segment that is an id or a date.</summary>
    public static bool TryFind(ReadOnlySpan<byte> segment, out Id id)
    {
        if (segment.IsEmpty)
        {
            id = default;
            return false;
        }

        if (!segment.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            id = new(0, segment.Length, segment.Length == 8 && IsDate(segment));
            return true;
        }

        var stemEnd = segment.IndexOfAny((byte)'.', (byte)':');
        var stem = stemEnd < 0 ? segment : segment[..stemEnd];
        var hasSuffix = IsSuffix(segment[stem.Length..]);
        if (hasSuffix && IsDate(stem))
        {
            id = new(0, stem.Length, IsDate: true);
            return true;
        }

        id = new(0, stem.Length, IsDate: false);
        return (hasSuffix && (IsNumbers(stem) || IsUuid(stem) || IsHexId(stem)))
            || TryFindNamed(segment, ref id)
            || (hasSuffix && IsToken(stem));
    }

    /// <summary>Finds an id that follows a name: <c>invoice-…</c> with a UUID, <c>app.3f2a9c1b.js</c>.</summary>
    static bool TryFindNamed(ReadOnlySpan<byte> segment, ref Id id)
    {
        if (segment.Length <= ShortestHex)
        {
            return false;
        }

        var oneLess = WithoutExtension(segment);
        var twoLess = oneLess > 0 ? WithoutExtension(segment[..oneLess]) : -1;
        return TryUuidAtEnd(segment, segment.Length, ref id) || TryUuidAtEnd(segment, oneLess, ref id)
            || TryUuidAtEnd(segment, twoLess, ref id) || TryUuidAtEnd(segment, WithoutVerb(segment), ref id)
            || TryHexAtEnd(segment, oneLess, ref id) || TryHexAtEnd(segment, twoLess, ref id);
    }

    static bool TryUuidAtEnd(ReadOnlySpan<byte> segment, int end, ref Id id)
    {
        var start = end - UuidLength;
        if (start < 2 || segment[start - 1] is not ((byte)'.' or (byte)'_' or (byte)'-') || !IsUuid(segment[start..end]))
        {
            return false;
        }

        id = new(start, end, IsDate: false);
        return true;
    }

    static bool TryHexAtEnd(ReadOnlySpan<byte> segment, int end, ref Id id)
    {
        var start = end <= ShortestHex ? 0 : segment[..end].LastIndexOfAny((byte)'.', (byte)'-') + 1;

        // A fingerprint has letters; eight digits behind a name are more often the day of a release.
        if (start < 2 || !IsHexId(segment[start..end]) || !segment[start..end].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        id = new(start, end, IsDate: false);
        return true;
    }

    /// <summary>True for nothing, one or two file extensions, or <c>:verb</c>.</summary>
    static bool IsSuffix(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] == ':')
        {
            return text.Length > 1 && !text[1..].ContainsAnyExcept(AsciiLetters);
        }

        var end = WithoutExtension(text);
        return end == 0 || (end > 0 && WithoutExtension(text[..end]) == 0);
    }

    /// <summary>Where the last file extension starts; -1 where there is none.</summary>
    static int WithoutExtension(ReadOnlySpan<byte> text)
    {
        var dot = text.LastIndexOf((byte)'.');
        var extension = text[(dot + 1)..];
        return dot >= 0 && extension.Length is >= 1 and <= LongestExtension && AsciiLetters.Contains(extension[0]) && !extension.ContainsAnyExcept(LettersAndDigits) ? dot : -1;
    }

    static int WithoutVerb(ReadOnlySpan<byte> text)
    {
        var colon = text.LastIndexOf((byte)':');
        return colon >= 0 && IsSuffix(text[colon..]) ? colon : -1;
    }

    /// <summary>True for <c>yyyy-MM-dd</c> and <c>yyyyMMdd</c> of the last century and this one; the length of the month is not looked at.</summary>
    static bool IsDate(ReadOnlySpan<byte> text)
    {
        if (text.Length == 10 && text[4] == '-' && text[7] == '-')
        {
            return IsDate(text[..4], text.Slice(5, 2), text[8..]);
        }

        return text.Length == 8 && IsDate(text[..4], text.Slice(4, 2), text[6..]);
    }

    static bool IsDate(ReadOnlySpan<byte> year, ReadOnlySpan<byte> month, ReadOnlySpan<byte> day) =>
        TimeText.TryDigits(year, 0, 4, out var y) && y is >= 1900 and < 2100
        && TimeText.TryDigits(month, 0, 2, out var m) && m is >= 1 and <= 12
        && TimeText.TryDigits(day, 0, 2, out var d) && d is >= 1 and <= 31;

    /// <summary>True for whole numbers parted by commas.</summary>
    static bool IsNumbers(ReadOnlySpan<byte> text) =>
        text.Length > 0 && text[0] != ',' && text[^1] != ',' && text.IndexOfAnyExceptInRange((byte)',', (byte)'9') < 0
        && text.IndexOfAny((byte)'-', (byte)'.', (byte)'/') < 0 && text.IndexOf(",,"u8) < 0;

    /// <summary>True for a UUID whose version is a digit, as it is in all that have a version.</summary>
    static bool IsUuid(ReadOnlySpan<byte> text) =>
        text.Length == UuidLength && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' && char.IsAsciiDigit((char)text[14])
        && !text[..8].ContainsAnyExcept(Hex) && !text[9..13].ContainsAnyExcept(Hex) && !text[15..18].ContainsAnyExcept(Hex)
        && !text[19..23].ContainsAnyExcept(Hex) && !text[24..].ContainsAnyExcept(Hex);

    static bool IsHexId(ReadOnlySpan<byte> text) =>
        text.Length >= ShortestHex && !text.ContainsAnyExcept(Hex) && text.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>True for what looks like base64: long, of letters and digits, and not made of words.</summary>
    static bool IsToken(ReadOnlySpan<byte> text)
    {
        for (var padding = 0; padding < 2 && text.EndsWith((byte)'='); padding++)
        {
            text = text[..^1];
        }

        return text.Length >= ShortestToken && !text.ContainsAnyExcept(TokenBytes) && !IsMadeOfWords(text);
    }

    static bool IsMadeOfWords(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var end = text.IndexOfAny((byte)'-', (byte)'_');
            if (!IsWord(end < 0 ? text : text[..end]))
            {
                return false;
            }

            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>True for letters with one number among them, in the case that names have (<c>OAuth2Token</c>, <c>sha256sum</c>), and for <c>1920x1080</c>.</summary>
    static bool IsWord(ReadOnlySpan<byte> word)
    {
        var number = word.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (number < 0)
        {
            return true;
        }

        var end = word[number..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end < 0)
        {
            return true;
        }

        var tail = word[(number + end)..];
        if (tail.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return number == 0 && tail[0] == 'x' && !tail[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        return !tail.ContainsAnyExceptInRange((byte)'a', (byte)'z') || (HasHumps(word[..number]) && HasHumps(tail));
    }

    /// <summary>True where every run of capitals with the small letters behind it has two letters or more.</summary>
    static bool HasHumps(ReadOnlySpan<byte> letters)
    {
        while (!letters.IsEmpty)
        {
            var small = letters.IndexOfAnyInRange((byte)'a', (byte)'z');
            small = small < 0 ? letters.Length : small;
            var step = letters[small..].IndexOfAnyInRange((byte)'A', (byte)'Z');
            var end = step < 0 ? letters.Length : small + step;
            if (end < 2)
            {
                return false;
            }

            letters = letters[end..];
        }

        return true;
    }

    /// <summary>Where in a segment the id stands.</summary>
    public readonly record struct Id(int Start, int End, bool IsDate);
}
