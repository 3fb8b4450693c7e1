using System.Buffers.Binary;
using Millrace.Sources;
using Millrace.Sources.Inflation;
using Millrace.Tests.Sources.Inflation;

namespace Millrace.Tests.Sources;

/// <summary>What is around the DEFLATE data of a gzip file (RFC 1952).</summary>
public class GzipMembersTests
{
    const string IsDamaged = "the gzip data is damaged, after {0:N0} bytes";
    const string EndsEarly = "the gzip data ends early, after {0:N0} bytes";

    static readonly byte[] Text = SomeText.Of("log", 3000);
    static readonly byte[] Body = CompressionTests.Gzip(Text)[10..];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(31)]
    public void Every_field_of_a_header_is_passed_over(byte flags)
    {
        byte[] member = [.. Header(flags), .. Body];

        foreach (var chunk in new[] { 1, 7, int.MaxValue })
        {
            var (bytes, problem) = Read([.. member, .. member], chunk);

            Assert.Null(problem);
            Assert.Equal([.. Text, .. Text], bytes);
        }
    }

    [Fact]
    public void A_header_cut_anywhere_ends_early()
    {
        var header = Header(31);
        for (var length = 2; length < header.Length; length++)
        {
            var (bytes, problem) = Read(header[..length], 5);

            Assert.Empty(bytes);
            Assert.Equal(string.Format(null, EndsEarly, 0), problem);
        }
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(3, 0x20)]
    [InlineData(3, 0x80)]
    public void A_header_of_another_kind_is_damage(int at, byte value)
    {
        byte[] stored = [.. Header(0), .. Body, .. Header(0), .. Body];
        stored[10 + Body.Length + at] = value;

        var (bytes, problem) = Read(stored, int.MaxValue);

        Assert.Equal(Text, bytes);
        Assert.Equal(string.Format(null, IsDamaged, 3000), problem);
    }

    [Fact]
    public void A_header_that_is_not_its_checksums_is_damage()
    {
        var header = Header(31);
        header[15] ^= 1;

        Assert.Equal(string.Format(null, IsDamaged, 0), Read([.. header, .. Body], int.MaxValue).Problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_checksum_or_a_length_that_is_not_the_texts_is_damage(int fromEnd)
    {
        byte[] stored = [.. Header(0), .. Body];
        stored[^fromEnd] ^= 0x10;

        var (bytes, problem) = Read(stored, int.MaxValue);

        Assert.Equal(Text, bytes);
        Assert.Equal(string.Format(null, IsDamaged, 3000), problem);
    }

    [Fact]
    public void Half_of_the_bytes_that_tell_gzip_is_a_member_cut_off()
    {
        var (bytes, problem) = Read([.. Header(0), .. Body, 0x1f], int.MaxValue);

        Assert.Equal(Text, bytes);
        Assert.Equal(string.Format(null, EndsEarly, 3000), problem);
    }

    [Fact]
    public void All_before_damage_comes_out_in_small_reads_and_large_ones()
    {
        var text = SomeText.Of("log", 400_000);
        var deflate = new SomeDeflate();
        foreach (var part in text.Chunk(50_000))
        {
            deflate.Stored(part);
        }

        var stored = SomeDeflate.Gzip([.. deflate.ToArray(), 7], text);
        foreach (var readBytes in new[] { 1000, 70_000, 1 << 20 })
        {
            var (bytes, problem) = Read(stored, 10_000, readBytes);

            Assert.True(text.AsSpan().SequenceEqual(bytes));
            Assert.Equal(string.Format(null, IsDamaged, 400_000), problem);
        }
    }

    [Fact]
    public void What_there_is_is_given_before_more_is_asked_for()
    {
        var first = new SomeDeflate().Fixed().Literal((byte)'a').End().Stored([]).ToArray();
        using var stream = Compression.Decompress(new ThenThrows([.. Header(0), .. first]));

        Assert.Equal('a', stream.ReadByte());
        Assert.Throws<TimeoutException>(() => stream.ReadByte());
    }

    internal static byte[] Header(byte flags)
    {
        List<byte> header = [0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 255];
        if ((flags & 4) != 0)
        {
            header.AddRange([.. BitConverter.GetBytes((ushort)300), .. new byte[300]]);
        }

        if ((flags & 8) != 0)
        {
            header.AddRange("access.log\0"u8);
        }

        if ((flags & 16) != 0)
        {
            header.AddRange("a comment\0"u8);
        }

        if ((flags & 2) != 0)
        {
            var checksum = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.Append(0, header.ToArray()));
            header.AddRange(checksum[..2]);
        }

        return [.. header];
    }

    static (byte[] Bytes, string? Problem) Read(byte[] stored, int chunk, int readBytes = 65_536)
    {
        using var stream = Compression.Decompress(new ChunkedStream(stored, chunk));
        var bytes = new MemoryStream();
        stream.CopyTo(bytes, readBytes);
        return (bytes.ToArray(), stream.Problem);
    }

    /// <summary>Some bytes, and then a wait that must not be begun.</summary>
    sealed class ThenThrows(byte[] bytes) : ForwardStream
    {
        int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == bytes.Length)
            {
                throw new TimeoutException();
            }

            var length = Math.Min(buffer.Length, bytes.Length - _at);
            bytes.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }
    }
}
