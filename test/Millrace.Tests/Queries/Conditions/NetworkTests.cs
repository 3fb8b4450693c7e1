using System.Net;
using System.Text;
using Millrace.Queries;
using Millrace.Queries.Conditions;

namespace Millrace.Tests.Queries.Conditions;

public sealed class NetworkTests
{
    [Fact]
    public void An_address_lies_in_a_network_where_the_runtime_says_so()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(2) == 0 ? 16 : 4];
            random.NextBytes(bytes);
            bytes.AsSpan(random.Next(bytes.Length)..).Clear();
            var start = new IPAddress(bytes);
            var bits = random.Next((bytes.Length * 8) + 1);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var address = random.Next(4) == 0 && bytes.Length == 4 ? new IPAddress(bytes).MapToIPv6() : new IPAddress(bytes);

            var isIn = Network.TryRead(Encoding.ASCII.GetBytes($"{start}/{bits}"), out var network)
                && NetworkAddress.TryRead(Encoding.ASCII.GetBytes(address.ToString()), out var read)
                && network.Holds(read);

            Assert.True(isIn == Contains(start, bits, address), $"seed {seed}: {address} in {start}/{bits} is {isIn}");
        }
    }

    [Fact]
    public void What_the_runtime_takes_for_an_address_of_IPv6_is_one()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = [":", ":", "::", "0", "1", "ffff", "12345", "g", "AB", "192.0.2.1", "1.2.3", "."];
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 17)).Select(_ => parts[random.Next(parts.Length)])) + (random.Next(2) == 0 ? ":1" : "");
            var expected = text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var known) ? known : null;

            var isRead = NetworkAddress.TryRead(Encoding.ASCII.GetBytes(text), out var address);

            Assert.True(isRead == (expected is not null) || !text.Contains(':', StringComparison.Ordinal), $"seed {seed}: '{text}' is {isRead}");
            if (isRead && expected is not null)
            {
                var canonical = expected.IsIPv4MappedToIPv6 ? expected.MapToIPv4() : expected;
                Assert.True(canonical.ToString() == Show(address), $"seed {seed}: '{text}' is {Show(address)}");
            }
        }
    }

    [Fact]
    public void In_network_is_a_function_of_sql()
    {
        using var session = new QuerySession(Some.Options());

        Assert.Equal(["1|NULL", "2|NULL", "3|false", "4|true"], session.Rows("""
            SELECT i, in_network(address, networks)
            FROM (VALUES
              (1, NULL, '10.0.0.0/8'),
              (2, '10.0.0.1', NULL),
              (3, '10.0.0.1', '11.0.0.0/8'),
              (4, '2001:db8:1111:2222::1', '10.0.0.0/8, 2001:db8::/32')) t(i, address, networks)
            ORDER BY i
            """));
        Assert.Equal(["5000|2500"], session.Rows("SELECT count(*), count(*) FILTER (in_network('10.0.0.' || i % 2, '10.0.0.1/32')) FROM range(5000) t(i)"));
        Assert.Equal(["true"], session.Rows("SELECT in_network('10.0.0.1', '10.0.0.0/8')"));
    }

    [Fact]
    public void What_is_not_a_network_fails_the_query()
    {
        using var session = new QuerySession(Some.Options());

        var failure = Assert.Throws<UserException>(() => session.Rows("SELECT in_network('10.0.0.' || i, '10.0.0.0/8,nonsense') FROM range(3) t(i)"));

        Assert.Contains("'nonsense' is not a network. Expected an address", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], session.Rows("SELECT 1"));
    }

    static bool Contains(IPAddress start, int bits, IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = start.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), bits).Contains(address);
    }

    static string Show(NetworkAddress address)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Bits);
        return new IPAddress(address.IsIPv6 ? bytes : bytes[12..]).ToString();
    }
}
