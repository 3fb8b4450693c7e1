using Millrace.Sources.Inflation;

namespace Millrace.Tests.Sources.Inflation;

public class Crc32Tests
{
    [Fact]
    public void Is_that_of_the_standards()
    {
        Assert.Equal(0u, Crc32.Append(0, []));
        Assert.Equal(0xcbf43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0x190a55adu, Crc32.Append(0, new byte[32]));
        Assert.Equal(0xff6cab0bu, Crc32.Append(0, Enumerable.Repeat<byte>(0xff, 32).ToArray()));
    }

    [Fact]
    public void Is_the_same_however_it_is_computed()
    {
        var random = new Random(1);
        var bytes = new byte[5000];
        random.NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length += length < 1100 ? 1 : 97)
        {
            var start = random.Next(bytes.Length - length + 1);
            var before = (uint)random.Next();
            var text = bytes.AsSpan(start, length);
            var split = random.Next(length + 1);

            Assert.Equal(BitByBit(before, text), Crc32.Append(before, text));
            Assert.Equal(Crc32.Append(before, text), Crc32.Append(Crc32.Append(before, text[..split]), text[split..]));
        }
    }

    static uint BitByBit(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var rest = ~checksum;
        foreach (var value in bytes)
        {
            rest ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xedb88320;
            }
        }

        return ~rest;
    }
}
