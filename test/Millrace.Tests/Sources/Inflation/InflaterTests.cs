using System.IO.Compression;
using Millrace.Sources.Inflation;

namespace Millrace.Tests.Sources.Inflation;

public class InflaterTests
{
    const int Guard = 512;

    public static TheoryData<string, int, ZLibCompressionStrategy> Compressions()
    {
        var data = new TheoryData<string, int, ZLibCompressionStrategy>();
        foreach (var kind in SomeText.Kinds)
        {
            foreach (var level in new[] { 0, 1, 3, 6, 9 })
            {
                data.Add(kind, level, ZLibCompressionStrategy.Default);
            }

            data.Add(kind, 6, ZLibCompressionStrategy.HuffmanOnly);
            data.Add(kind, 6, ZLibCompressionStrategy.Fixed);
            data.Add(kind, 6, ZLibCompressionStrategy.RunLengthEncoding);
            data.Add(kind, 6, ZLibCompressionStrategy.Filtered);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void What_was_deflated_comes_out(string kind, int level, ZLibCompressionStrategy strategy)
    {
        var text = SomeText.Of(kind, 300_000);
        var stored = Deflate(text, level, strategy);

        foreach (var (input, output) in new[] { (int.MaxValue, 1 << 20), (32 * 1024, 100_000), (1000, 4096), (13, 777), (int.MaxValue, 33) })
        {
            var (bytes, result) = Inflate(stored, input, output);

            Assert.Equal(InflateResult.Ended, result);
            Assert.True(text.AsSpan().SequenceEqual(bytes), $"{input} bytes in, {output} out");
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Pieces_may_be_of_any_size(string kind, int level, ZLibCompressionStrategy strategy)
    {
        var text = SomeText.Of(kind, 12_000);
        var stored = Deflate(text, level, strategy);

        for (var size = 1; size < 600; size += size < 40 ? 1 : 23)
        {
            foreach (var (input, output) in new[] { (size, 1 << 16), (int.MaxValue, size), (size, size), (1, size), (size, 1) })
            {
                var (bytes, result) = Inflate(stored, input, output);

                Assert.Equal(InflateResult.Ended, result);
                Assert.True(text.AsSpan().SequenceEqual(bytes), $"{input} bytes in, {output} out");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Blocks_of_all_kinds_with_any_codes_are_read(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 40; run++)
        {
            var deflate = new SomeDeflate();
            for (var blocks = random.Next(1, 6); blocks > 0; blocks--)
            {
                switch (random.Next(3))
                {
                    case 0:
                        deflate.Stored(SomeText.Of("random", random.Next(300)));
                        break;
                    case 1:
                        deflate.Fixed().Tokens(random, random.Next(400)).End();
                        break;
                    default:
                        deflate.Dynamic(SomeDeflate.SomeLengths(random, 286), SomeDeflate.SomeLengths(random, 30)).Tokens(random, random.Next(20_000)).End();
                        break;
                }
            }

            var stored = deflate.Fixed(isLast: true).End().ToArray();
            foreach (var (input, output) in new[] { (int.MaxValue, 1 << 23), (random.Next(1, 5000), random.Next(300, 70_000)), (random.Next(1, 40), random.Next(1, 600)) })
            {
                var (bytes, result) = Inflate(stored, input, output);

                Assert.Equal(InflateResult.Ended, result);
                Assert.True(deflate.Text.AsSpan().SequenceEqual(bytes), $"seed {seed}, run {run}, {input} bytes in, {output} out");
            }
        }
    }

    [Fact]
    public void Matches_of_every_length_and_of_short_and_long_distances_are_copied()
    {
        var random = new Random(1);
        var deflate = new SomeDeflate().Fixed(isLast: true).Tokens(random, 5000);
        foreach (var distance in Enumerable.Range(1, 140).Concat([255, 256, 257, 258, 259, 1000, 4096, 32767, 32768]))
        {
            for (var length = 3; length <= 258; length++)
            {
                deflate.Match(length, distance).Literal((byte)random.Next(256));
            }
        }

        var stored = deflate.End().ToArray();

        Assert.Equal(deflate.Text, Inflate(stored, int.MaxValue, 1 << 24).Bytes);
        Assert.Equal(deflate.Text, Inflate(stored, 4096, 40_000).Bytes);
    }

    [Fact]
    public void A_block_may_have_no_distance_or_one()
    {
        byte[] literals = [.. Enumerable.Repeat<byte>(8, 254), .. new byte[] { 0, 0 }, 8, 8];
        byte[] one = [0, 0, 1];

        var deflate = new SomeDeflate()
            .Dynamic(literals, [0]).Literal(1).Literal(2).Literal(3).End()
            .Dynamic(literals, one).Literal(4).Match(3, 3).Match(3, 3).End()
            .Dynamic([.. new byte[256], 1], [0], isLast: true).End();

        var (bytes, result) = Inflate(deflate.ToArray(), int.MaxValue, 100);

        Assert.Equal(InflateResult.Ended, result);
        Assert.Equal(deflate.Text, bytes);
    }

    [Fact]
    public void What_follows_the_last_block_is_not_used()
    {
        var text = SomeText.Of("log", 50_000);
        var stored = Deflate(text, 6, ZLibCompressionStrategy.Default);

        var result = new Inflater().Inflate([.. stored, .. new byte[100]], new byte[60_000], out var used, out var written);

        Assert.Equal((InflateResult.Ended, stored.Length, text.Length), (result, used, written));
    }

    [Fact]
    public void An_inflater_begins_anew()
    {
        var inflater = new Inflater();
        var output = new byte[1000];
        inflater.Inflate(Deflate(SomeText.Of("log", 900), 6, ZLibCompressionStrategy.Default), output, out _, out _);
        inflater.Reset();

        // What the first data wrote is out of reach for the second.
        var result = inflater.Inflate(new SomeDeflate().Fixed(isLast: true).Match(3, 1).End().ToArray(), output, out _, out var written);

        Assert.Equal((InflateResult.Damaged, 0), (result, written));
    }

    internal static byte[] Deflate(byte[] text, int level, ZLibCompressionStrategy strategy)
    {
        var stored = new MemoryStream();
        using (var deflate = new DeflateStream(stored, new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy }))
        {
            deflate.Write(text);
        }

        return stored.ToArray();
    }

    /// <summary>Inflates with so many bytes in and out at a time, and sees to it that nothing is written outside the output.</summary>
    internal static (byte[] Bytes, InflateResult Result) Inflate(byte[] stored, int inputBytes, int outputBytes)
    {
        var inflater = new Inflater();
        var bytes = new MemoryStream();
        var buffer = new byte[outputBytes + (2 * Guard)];
        var output = buffer.AsSpan(Guard, outputBytes);
        buffer.AsSpan(0, Guard).Fill(0xa5);
        buffer.AsSpan(Guard + outputBytes).Fill(0xa5);
        var start = 0;
        var end = 0;
        while (true)
        {
            var result = inflater.Inflate(stored.AsSpan(start..end), output, out var used, out var written);
            Assert.False(buffer.AsSpan(0, Guard).ContainsAnyExcept((byte)0xa5) || buffer.AsSpan(Guard + outputBytes).ContainsAnyExcept((byte)0xa5));
            bytes.Write(output[..written]);
            start += used;
            if (result is InflateResult.Ended or InflateResult.Damaged || (result == InflateResult.NeedsInput && end == stored.Length))
            {
                return (bytes.ToArray(), result);
            }

            Assert.True(result == InflateResult.Full ? written == outputBytes : end - start <= Inflater.MostPending);
            if (result == InflateResult.NeedsInput)
            {
                end += Math.Min(inputBytes, stored.Length - end);
            }
        }
    }
}
