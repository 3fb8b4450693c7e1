using System.Buffers.Text;
using System.Text;

namespace Millrace.Queries.Conditions;

/// <summary>The addresses whose first bits are the same: <c>198.51.100.0/24</c>. IPv4 addresses lie in networks of IPv4 alone.</summary>
/// <param name="Start">The first address.</param>
/// <param name="Mask">The bits that are the same.</param>
readonly record struct Network(NetworkAddress Start, UInt128 Mask)
{
    /// <summary>What a network looks like.</summary>
    public const string Expected = "Expected an address and how many of its bits are fixed, such as 198.51.100.0/24 or 2001:db8::/32.";

    const int MappedBits = 96;

    /// <summary>Reads a network. Bits behind the fixed ones do not count.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out Network network)
    {
        network = default;
        var slash = utf8.IndexOf((byte)'/');
        return slash > 0
            && NetworkAddress.TryRead(utf8[..slash], out var address)
            && TryReadPrefix(utf8, slash, address, out var bits)
            && TryMake(address, bits, out network);
    }

    /// <summary>Reads a network that is one.</summary>
    public static Network Read(byte[] utf8) => TryRead(utf8, out var network)
        ? network
        : throw new FormatException($"'{Encoding.UTF8.GetString(utf8)}' is not a network. {Expected}");

    /// <summary>Reads networks that are parted by commas.</summary>
    public static Network[] ReadAll(ReadOnlySpan<byte> utf8)
    {
        var networks = new List<Network>();
        foreach (var part in utf8.Split((byte)','))
        {
            networks.Add(Read(utf8[part].Trim((byte)' ').ToArray()));
        }

        return [.. networks];
    }

    public static bool AnyHolds(ReadOnlySpan<Network> networks, NetworkAddress address)
    {
        foreach (ref readonly var network in networks)
        {
            if (network.Holds(address))
            {
                return true;
            }
        }

        return false;
    }

    public bool Holds(NetworkAddress address) => address.IsIPv6 == Start.IsIPv6 && ((address.Bits ^ Start.Bits) & Mask) == 0;

    /// <summary>The fixed bits of the address as it is kept: those that an IPv6 text has before an IPv4 address are not among them.</summary>
    static bool TryReadPrefix(ReadOnlySpan<byte> utf8, int slash, NetworkAddress address, out int bits)
    {
        var digits = utf8[(slash + 1)..];
        var isNumber = digits.Length is > 0 and <= 3 && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        Utf8Parser.TryParse(digits, out bits, out _);
        bits -= !address.IsIPv6 && utf8[..slash].Contains((byte)':') ? MappedBits : 0;
        return isNumber;
    }

    static bool TryMake(NetworkAddress address, int bits, out Network network)
    {
        var mask = bits <= 0 ? 0 : UInt128.MaxValue << Math.Max(0, address.Width - bits);
        network = new(address with { Bits = address.Bits & mask }, mask);
        return bits >= 0 && bits <= address.Width;
    }
}
