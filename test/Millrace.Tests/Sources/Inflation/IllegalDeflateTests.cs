using System.IO.Compression;
using Millrace.Sources.Inflation;

namespace Millrace.Tests.Sources.Inflation;

/// <summary>What RFC 1951 forbids is damage: what was written before comes out, and nothing after. The runtime agrees on each.</summary>
public class IllegalDeflateTests
{
    static readonly byte[] Literals = [.. Enumerable.Repeat<byte>(8, 254), .. new byte[] { 0, 0 }, 8, 8];
    static readonly byte[] Before = [1, 2, 3];

    public static TheoryData<string> Names => [.. Streams.Keys];

    static Dictionary<string, Func<SomeDeflate, SomeDeflate>> Streams { get; } = new()
    {
        ["a block of the kind that there is not"] = deflate => deflate.Bits(0, 1).Bits(3, 2),
        ["a stored length that is not its complement's"] = deflate => deflate.Stored([], complement: 0xfffe),
        ["a distance before the beginning"] = deflate => deflate.Fixed().Match(3, 4),
        ["a distance far before the beginning"] = deflate => deflate.Fixed().Match(258, 32768),
        ["the 286th symbol"] = deflate => deflate.Fixed().Symbol(286),
        ["the 287th symbol"] = deflate => deflate.Fixed().Symbol(287),
        ["the 30th distance"] = deflate => deflate.Fixed().Symbol(257).DistanceSymbol(30),
        ["the 31st distance"] = deflate => deflate.Fixed().Symbol(257).DistanceSymbol(31),
        ["287 symbols"] = deflate => deflate.Dynamic([.. Enumerable.Repeat<byte>(9, 287)], [1, 1]),
        ["31 distances"] = deflate => deflate.Dynamic(Literals, [.. Enumerable.Repeat<byte>(5, 31)]),
        ["no code for the end of a block"] = deflate => deflate.Dynamic([.. Enumerable.Repeat<byte>(8, 256), 0], [1, 1]),
        ["no codes at all"] = deflate => deflate.Dynamic(new byte[257], [0]),
        ["more codes than there is room for"] = deflate => deflate.Dynamic([1, 1, 1, .. new byte[253], 1], [1, 1]),
        ["more long codes than there is room for"] = deflate => deflate.Dynamic([.. Enumerable.Repeat<byte>(8, 257)], [1, 1]),
        ["fewer codes than there is room for"] = deflate => deflate.Dynamic([2, 2, .. new byte[254], 2], [1, 1]),
        ["one long code"] = deflate => deflate.Dynamic([.. new byte[256], 2], [1, 1]),
        ["more distances than there is room for"] = deflate => deflate.Dynamic(Literals, [1, 1, 1]),
        ["fewer distances than there is room for"] = deflate => deflate.Dynamic(Literals, [2, 2, 2]),
        ["one distance of a long code"] = deflate => deflate.Dynamic(Literals, [2]),
        ["bits that are no distance"] = deflate => deflate.Dynamic(Literals, [1]).Symbol(257).Bits(1, 1),
        ["a distance where there is none"] = deflate => deflate.Dynamic(Literals, [0]).Symbol(257).Bits(0, 1),
        ["bits that are no literal"] = deflate => deflate.Dynamic([.. new byte[256], 1], [0]).Bits(1, 1),
        ["a repeated length at the beginning"] = deflate => deflate.Bits(4, 3).Bits(0, 10).Bits(0, 4).Bits(1, 3).Bits(1, 3).Bits(0, 6).Bits(0, 1).Bits(0, 2),
        ["more lengths than symbols"] = deflate =>
            deflate.Bits(4, 3).Bits(0, 10).Bits(0, 4).Bits(0, 6).Bits(1, 3).Bits(1, 3).Bits(1, 1).Bits(127, 7).Bits(1, 1).Bits(127, 7),
        ["more codes for lengths than there is room for"] = deflate => deflate.Bits(4, 3).Bits(0, 10).Bits(0, 4).Bits(1, 3).Bits(1, 3).Bits(1, 3).Bits(0, 3),
        ["fewer codes for lengths than there is room for"] = deflate => deflate.Bits(4, 3).Bits(0, 10).Bits(0, 4).Bits(1, 3).Bits(0, 9),
        ["no codes for lengths"] = deflate => deflate.Bits(4, 3).Bits(0, 10).Bits(0, 4).Bits(0, 12),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_damage(string name)
    {
        var start = new SomeDeflate().Fixed().Literal(1).Literal(2).Literal(3).End();

        byte[] stored = [.. Streams[name](start).ToArray(), .. new byte[400]];

        foreach (var (input, output) in new[] { (int.MaxValue, 10_000), (1, 10_000), (int.MaxValue, 4) })
        {
            var (bytes, result) = InflaterTests.Inflate(stored, input, output);

            Assert.Equal(InflateResult.Damaged, result);
            Assert.Equal(Before, bytes);
        }

        Assert.Throws<InvalidDataException>(() => new DeflateStream(new MemoryStream(stored), CompressionMode.Decompress).CopyTo(Stream.Null));
    }
}
