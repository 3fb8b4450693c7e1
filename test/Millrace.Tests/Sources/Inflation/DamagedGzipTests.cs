using System.IO.Compression;
using System.Runtime.InteropServices;
using Millrace.Sources;
using Millrace.Sources.Inflation;
using Millrace.Tests.Parsing.Fuzzing;

namespace Millrace.Tests.Sources.Inflation;

/// <summary>
/// Damage of every kind, against the runtime: read byte by byte, <see cref="GZipStream"/> gives all that it decodes before damage, but for the byte of the read
/// that meets it, and throws. Ours gives the same bytes, that one too, and calls it damage where the runtime throws.
/// </summary>
public class DamagedGzipTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Comes_out_as_far_as_the_runtime_decodes_it(int seed)
    {
        var random = new Random(seed);
        var files = SomeFiles(random);
        for (var run = 0; run < 1500; run++)
        {
            var stored = Mutate(files[random.Next(files.Count)], files, random);
            if (Compression.Detect(stored) != CompressionKind.Gzip)
            {
                continue;
            }

            var expected = ReadByRuntime(stored, out var isDamaged);
            var readBytes = random.Next(3) switch { 0 => random.Next(1, 100), 1 => 65_536, _ => 1 << 20 };
            using var stream = Compression.Decompress(new ChunkedStream(stored, random.Next(2) == 0 ? random.Next(1, 60) : int.MaxValue));
            var bytes = new MemoryStream();
            stream.CopyTo(bytes, readBytes);

            var says = $"seed {seed}, run {run}: {expected.Length} bytes, and {bytes.Length} of ours: {stream.Problem}";
            var more = bytes.Length - expected.Length;
            Assert.True(more == 0 || (more == 1 && isDamaged), says);
            Assert.True(bytes.ToArray().AsSpan().StartsWith(expected), says);
            if (stream.Problem?.StartsWith("the gzip data is damaged") ?? false)
            {
                // Where bits end that can be no code, the runtime waits for some more of them.
                ReadByRuntime([.. stored, .. new byte[1000]], out isDamaged);
                Assert.True(isDamaged, says);
            }
            else
            {
                Assert.False(isDamaged, says);
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Reads_and_writes_nothing_outside_of_what_it_is_given(int seed)
    {
        var random = new Random(seed);
        var files = SomeFiles(random);
        using var input = new GuardedLine(1 << 20);
        using var output = new GuardedLine(1 << 20);
        for (var run = 0; run < 2000; run++)
        {
            var file = Mutate(files[random.Next(files.Count)], files, random);
            var stored = input.Put(file.AsSpan(Math.Min(10, file.Length)));
            var room = output.Put(new byte[random.Next(2) == 0 ? random.Next(1, 2000) : random.Next(1, 100_000)]);
            var text = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(room), room.Length);
            var inflater = new Inflater();
            InflateResult result;
            do
            {
                result = inflater.Inflate(stored, text, out var used, out var written);
                stored = stored[used..];
                Crc32.Append(0, text[^written..]);
            }
            while (result == InflateResult.Full);
        }
    }

    static List<byte[]> SomeFiles(Random random)
    {
        var files = new List<byte[]>();
        foreach (var kind in SomeText.Kinds)
        {
            var text = SomeText.Of(kind, 2500);
            foreach (var strategy in new[] { ZLibCompressionStrategy.Default, ZLibCompressionStrategy.HuffmanOnly, ZLibCompressionStrategy.Fixed })
            {
                var deflate = InflaterTests.Deflate(text, random.Next(1, 10), strategy);
                files.Add([.. GzipMembersTests.Header((byte)random.Next(32)), .. SomeDeflate.Gzip(deflate, text)[10..]]);
            }
        }

        foreach (var text in new[] { SomeText.Of("log", 60_000), SomeText.Of("few values", 20_000) })
        {
            files.Add(SomeDeflate.Gzip(InflaterTests.Deflate(text, 6, ZLibCompressionStrategy.Default), text));
        }

        for (var i = 0; i < 10; i++)
        {
            var deflate = new SomeDeflate()
                .Dynamic(SomeDeflate.SomeLengths(random, 286), SomeDeflate.SomeLengths(random, 30)).Tokens(random, 300).End()
                .Stored(SomeText.Of("random", 100))
                .Fixed(isLast: true).Tokens(random, 30).End();
            files.Add(deflate.Gzip());
        }

        return files;
    }

    /// <summary>Flips of bits, cuts, pieces left out, pieces of other files, further members and other bytes at the end.</summary>
    static byte[] Mutate(byte[] file, List<byte[]> others, Random random)
    {
        var bytes = file.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(2, bytes.Count);
            var other = others[random.Next(others.Count)];
            switch (random.Next(8))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.Add(0);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    bytes.Add(0);
                    break;
                case 2:
                    bytes.InsertRange(at, other[random.Next(other.Length)..]);
                    break;
                case 3:
                    bytes.AddRange(other);
                    break;
                case 4:
                    bytes.AddRange(new byte[random.Next(20)]);
                    break;
                case 5:
                    bytes[random.Next(Math.Min(bytes.Count, 100))] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }

    static byte[] ReadByRuntime(byte[] stored, out bool isDamaged)
    {
        using var stream = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        isDamaged = false;
        try
        {
            int value;
            while ((value = stream.ReadByte()) >= 0)
            {
                bytes.WriteByte((byte)value);
            }
        }
        catch (InvalidDataException)
        {
            isDamaged = true;
        }

        return bytes.ToArray();
    }
}
