using Millrace.Generation.Lines;
using Millrace.Generation.Randomness;

namespace Millrace.Generation.Web;

/// <summary>The people and programs that call: each has an address, perhaps a user name, and one user agent.</summary>
sealed class Clients
{
    const double IPv6Share = 0.04;
    const double NamedShare = 0.03;

    static readonly string[] UserNames = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];

    readonly WeightedTable _popularity;
    readonly Fragments _addresses;
    readonly Fragments _users;
    readonly byte[] _userOf;
    readonly byte[] _agentOf;

    public Clients(int count, long seed)
    {
        var random = new SeededRandom(seed, -1);
        var agents = UserAgents.Weights();
        _popularity = WeightedTable.Zipf(count);
        _addresses = new Fragments(Enumerable.Range(0, count).Select(index => Address(index, random)));
        _users = new Fragments(["-", .. UserNames]);
        _userOf = Fill(count, () => random.Chance(NamedShare) ? 1 + random.Below(UserNames.Length) : 0);
        _agentOf = Fill(count, () => agents.Pick(random));
    }

    public int Pick(SeededRandom random) => _popularity.Pick(random);

    public ReadOnlySpan<byte> AddressOf(int client) => _addresses[client];

    public ReadOnlySpan<byte> UserOf(int client) => _users[_userOf[client]];

    public int AgentOf(int client) => _agentOf[client];

    static byte[] Fill(int count, Func<int> next)
    {
        var numbers = new byte[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (byte)next();
        }

        return numbers;
    }

    // Multiplying by an odd number permutes the low 24 bits, so that no two clients share an address.
    static string Address(int index, SeededRandom random)
    {
        ReadOnlySpan<int> firstBytes = [23, 31, 46, 62, 77, 83, 91, 109, 134, 151, 178, 185, 193, 203, 212, 217];
        var low = (uint)index * 0x9E3779B1 & 0xFFFFFF;
        return random.Chance(IPv6Share)
            ? $"2001:db8:{low >> 8:x}:{(low & 0xFF) + 256:x}::{random.Below(0xFFFE) + 1:x}"
            : $"{firstBytes[random.Below(firstBytes.Length)]}.{low >> 16}.{(low >> 8) & 255}.{low & 255}";
    }
}
