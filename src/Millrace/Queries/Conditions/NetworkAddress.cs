namespace Millrace.Queries.Conditions;

/// <summary>An IP address as its bits. An IPv4 address that is written as one of IPv6 (<c>::ffff:192.0.2.1</c>) is one of IPv4.</summary>
readonly record struct NetworkAddress(UInt128 Bits, bool IsIPv6)
{
    const int Groups = 8;
    const uint MappedPrefix = 0xffff;

    /// <summary>How many bits an address of the kind has.</summary>
    public int Width => IsIPv6 ? 128 : 32;

    /// <summary>True where the last 32 bits of an IPv6 address may be one of IPv4.</summary>
    public static bool IsMapped(UInt128 bits) => bits >> 32 == MappedPrefix;

    /// <summary>Reads a whole text; the zone of an IPv6 address (<c>%eth0</c>) does not count. False where it is not an address.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out NetworkAddress address)
    {
        address = default;
        if (!utf8.Contains((byte)':'))
        {
            var isIPv4 = TryReadIPv4(utf8, out var number);
            address = new(number, IsIPv6: false);
            return isIPv4;
        }

        var zone = utf8.IndexOf((byte)'%');
        if (zone == utf8.Length - 1 || !TryReadIPv6(zone < 0 ? utf8 : utf8[..zone], out var bits))
        {
            return false;
        }

        address = IsMapped(bits) ? new((uint)bits, IsIPv6: false) : new(bits, IsIPv6: true);
        return true;
    }

    // A number with a zero before it is octal to some readers, and is no part of an address here.
    static bool TryReadIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        var (dots, number, digits) = (0, 0, 0);
        foreach (var b in text)
        {
            if (b == '.' && digits > 0 && dots < 3)
            {
                address = (address << 8) | (uint)number;
                (dots, number, digits) = (dots + 1, 0, 0);
            }
            else if (b is >= (byte)'0' and <= (byte)'9' && (digits == 0 || number > 0) && (number = (number * 10) + (b - '0')) <= byte.MaxValue)
            {
                digits++;
            }
            else
            {
                return false;
            }
        }

        address = (address << 8) | (uint)number;
        return dots == 3 && digits > 0;
    }

    static bool TryReadIPv6(ReadOnlySpan<byte> text, out UInt128 bits)
    {
        bits = 0;
        Span<ushort> groups = stackalloc ushort[Groups];
        var (count, gap, at) = (0, -1, 0);
        if (text.StartsWith("::"u8))
        {
            (gap, at) = (0, 2);
        }

        while (at < text.Length)
        {
            if (!TryReadGroup(text, ref at, groups, ref count))
            {
                return false;
            }

            if (at == text.Length)
            {
                break;
            }

            // A colon, behind which there is a group or a second colon.
            at++;
            if (at < text.Length && text[at] == ':' && gap < 0)
            {
                gap = count;
                at++;
            }
            else if (at == text.Length)
            {
                return false;
            }
        }

        if (gap < 0 ? count != Groups : count == Groups)
        {
            return false;
        }

        for (var i = 0; i < Groups; i++)
        {
            var missing = Groups - count;
            var group = gap < 0 || i < gap ? groups[i] : i < gap + missing ? (ushort)0 : groups[i - missing];
            bits = (bits << 16) | group;
        }

        return true;
    }

    /// <summary>Takes up to four hexadecimal digits, or an IPv4 address, which stands for the last two groups. Ends at a colon or at the end.</summary>
    static bool TryReadGroup(ReadOnlySpan<byte> text, ref int at, Span<ushort> groups, ref int count)
    {
        var rest = text[at..];
        var length = rest.IndexOf((byte)':') is >= 0 and var colon ? colon : rest.Length;
        if (length == rest.Length && count <= Groups - 2 && TryReadIPv4(rest, out var last))
        {
            groups[count++] = (ushort)(last >> 16);
            groups[count++] = (ushort)last;
            at = text.Length;
            return true;
        }

        if (length is 0 or > 4 || count == Groups)
        {
            return false;
        }

        var value = 0;
        foreach (var b in rest[..length])
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }

            value = (value << 4) | (b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10);
        }

        groups[count++] = (ushort)value;
        at += length;
        return true;
    }
}
