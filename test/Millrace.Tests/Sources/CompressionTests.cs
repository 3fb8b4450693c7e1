using System.IO.Compression;
using System.Text;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

public class CompressionTests
{
    static readonly byte[] Text = SomeText(100_000);

    [Fact]
    public void Compression_is_told_by_the_first_bytes()
    {
        Assert.Equal(CompressionKind.Gzip, Compression.Detect(Gzip("x"u8)));
        Assert.Equal(CompressionKind.Zstandard, Compression.Detect(Zstandard("x"u8)));
        Assert.Equal(CompressionKind.Zstandard, Compression.Detect([0x5a, 0x2a, 0x4d, 0x18]));
        Assert.Equal(CompressionKind.None, Compression.Detect("127.0.0.1 - -"u8));
        Assert.Equal(CompressionKind.None, Compression.Detect([0x1f]));
        Assert.Equal(CompressionKind.None, Compression.Detect([]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void Plain_bytes_come_as_they_are(int length)
    {
        var (bytes, problem) = Read(Text[..length]);

        Assert.Equal(Text[..length], bytes);
        Assert.Null(problem);
    }

    [Fact]
    public void Every_member_of_a_gzip_file_is_read()
    {
        var (bytes, problem) = Read([.. Gzip(Text), .. Gzip([]), .. Gzip("tail\n"u8)]);

        Assert.Equal([.. Text, .. "tail\n"u8], bytes);
        Assert.Null(problem);
    }

    [Fact]
    public void Many_members_end_where_the_buffers_end()
    {
        var member = Gzip("a line\n"u8);
        for (var count = 1; count < 2000; count += 97)
        {
            var (bytes, problem) = Read([.. Enumerable.Repeat(member, count).SelectMany(bytes => bytes)]);

            Assert.Equal(count * 7, bytes.Length);
            Assert.Null(problem);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void Zeros_after_the_members_are_padding(int zeros)
    {
        var (bytes, problem) = Read([.. Gzip(Text), .. Gzip(Text), .. new byte[zeros]]);

        Assert.Equal(2 * Text.Length, bytes.Length);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void Other_bytes_after_the_members_are_reported(int zeros)
    {
        var (bytes, problem) = Read([.. Gzip(Text), .. new byte[zeros], .. "plain text\n"u8]);

        Assert.Equal(Text, bytes);
        Assert.Equal("what follows the gzip data is not gzip and was not read, after 100,000 bytes", problem);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_gives_what_is_there_and_says_so()
    {
        byte[] stored = [.. Gzip(Text[..3000]), .. Gzip(Text[3000..9000])];
        var firstLength = Gzip(Text[..3000]).Length;
        for (var length = 2; length < stored.Length; length++)
        {
            var (bytes, problem) = Read(stored[..length]);

            Assert.True(Text.AsSpan(0, 9000).StartsWith(bytes), $"cut at {length}");
            Assert.True(length < firstLength || bytes.Length >= 3000, $"cut at {length}");
            Assert.Equal(length == firstLength, problem is null);
        }
    }

    [Fact]
    public void A_cut_gzip_file_says_how_far_it_goes()
    {
        var stored = Gzip(Text);

        var (bytes, problem) = Read(stored[..(stored.Length / 2)]);

        Assert.InRange(bytes.Length, Text.Length / 4, Text.Length);
        Assert.Equal($"the gzip data ends early, after {bytes.Length:N0} bytes", problem);
    }

    [Fact]
    public void A_cut_in_a_stored_block_hides_nothing_of_our_own()
    {
        var random = new byte[200_000];
        new Random(7).NextBytes(random);
        var stored = Gzip(random);
        foreach (var length in new[] { 100, 5_000, 65_540, 100_000, 199_999 })
        {
            var (bytes, problem) = Read(stored[..length]);

            Assert.True(random.AsSpan().StartsWith(bytes));
            Assert.NotNull(problem);
        }
    }

    [Fact]
    public void A_damaged_gzip_file_keeps_the_members_before()
    {
        byte[] stored = [.. Gzip(Text), .. Gzip(Text)];
        stored[^5] ^= 0xff;

        var (bytes, problem) = Read(stored);

        Assert.InRange(bytes.Length, Text.Length, 2 * Text.Length);
        Assert.StartsWith("the gzip data is damaged, after ", problem);
    }

    [Fact]
    public void Every_frame_of_a_zstd_file_is_read()
    {
        byte[] skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

        var (bytes, problem) = Read([.. skippable, .. Zstandard(Text), .. skippable, .. Zstandard("tail\n"u8)]);

        Assert.Equal([.. Text, .. "tail\n"u8], bytes);
        Assert.Null(problem);
    }

    [Fact]
    public void A_cut_zstd_file_gives_what_is_there_and_says_so()
    {
        var big = SomeText(1_000_000);
        var stored = Zstandard(big);

        var (bytes, problem) = Read(stored[..(stored.Length * 3 / 4)]);

        Assert.InRange(bytes.Length, 100_000, big.Length - 1);
        Assert.True(big.AsSpan().StartsWith(bytes));
        Assert.Equal($"the zstd data ends early, after {bytes.Length:N0} bytes", problem);
    }

    [Fact]
    public void A_damaged_zstd_file_says_so()
    {
        var (bytes, problem) = Read([.. Zstandard(Text), .. "plain text\n"u8]);

        Assert.Equal(Text, bytes);
        Assert.StartsWith("the zstd data is damaged (", problem);
        Assert.EndsWith("), after 100,000 bytes", problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1 << 20)]
    public void The_size_of_reads_makes_no_difference(int readBytes)
    {
        Assert.Equal(Text, Read([.. Gzip(Text[..50_000]), .. Gzip(Text[50_000..])], readBytes).Bytes);
        Assert.Equal(Text, Read(Zstandard(Text), readBytes).Bytes);
    }

    [Fact]
    public void A_head_is_decompressed_and_knows_whether_it_is_the_whole_file()
    {
        using var folder = new TemporaryFolder();
        var file = new LocalFile(folder.Write("a.txt", [.. Gzip(Text[..100]), .. Gzip(Text[100..1000])]));

        Assert.Equivalent(new FileHead(Text[..999], CompressionKind.Gzip, IsWhole: false), file.ReadHead(999, default));
        Assert.Equivalent(new FileHead(Text[..1000], CompressionKind.Gzip, IsWhole: true), file.ReadHead(1000, default));
        Assert.Equivalent(new FileHead(Text[..1000], CompressionKind.Gzip, IsWhole: true), file.ReadHead(1001, default));
    }

    internal static byte[] Gzip(ReadOnlySpan<byte> text)
    {
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal))
        {
            gzip.Write(text);
        }

        return stored.ToArray();
    }

    static byte[] Zstandard(ReadOnlySpan<byte> text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(text).ToArray();
    }

    static byte[] SomeText(int length)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(random.Next()).Append(" GET /orders/").Append(random.Next(1000)).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    static (byte[] Bytes, string? Problem) Read(byte[] stored, int readBytes = 65_536)
    {
        using var stream = Compression.Decompress(new MemoryStream(stored));
        var bytes = new MemoryStream();
        stream.CopyTo(bytes, readBytes);
        return (bytes.ToArray(), stream.Problem);
    }
}
