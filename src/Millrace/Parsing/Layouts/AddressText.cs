using System.Net;

namespace Millrace.Parsing.Layouts;

/// <summary>Tells IP addresses from other text.</summary>
static class AddressText
{
    const int LongestPort = 5;

    /// <summary>True for an IPv4 address of four decimal numbers or an IPv6 address, with or without a port behind it where one may be.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text, bool mayHavePort)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        if (mayHavePort && text[0] == '[')
        {
            var close = text.IndexOf((byte)']');
            return close > 0 && IsIpv6(text[1..close]) && (close + 1 == text.Length || (text[close + 1] == ':' && IsPort(text[(close + 2)..])));
        }

        var colon = text.IndexOf((byte)':');
        return colon < 0 ? IsIpv4(text)
            : mayHavePort && text[(colon + 1)..].IndexOf((byte)':') < 0 ? IsIpv4(text[..colon]) && IsPort(text[(colon + 1)..])
            : IsIpv6(text);
    }

    static bool IsPort(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestPort && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        var dots = 0;
        var number = -1;
        foreach (var b in text)
        {
            if (b == '.' && number >= 0)
            {
                dots++;
                number = -1;
            }
            else if (!char.IsAsciiDigit((char)b) || (number = (Math.Max(number, 0) * 10) + (b - '0')) > byte.MaxValue)
            {
                return false;
            }
        }

        return dots == 3 && number >= 0;
    }

    // The runtime also takes brackets, which are no part of an address here.
    static bool IsIpv6(ReadOnlySpan<byte> text) => text.Contains((byte)':') && text[0] != '[' && IPAddress.IsValidUtf8(text);
}
