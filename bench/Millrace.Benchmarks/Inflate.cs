using System.Collections.Concurrent;
using System.IO.Compression;

namespace Millrace.Benchmarks;

/// <summary>Inflates gzip files and does nothing else: the speed that a reader of compressed logs is measured against by <c>compare.sh</c>.</summary>
static class Inflate
{
    const int BufferSize = 1 << 20;

    /// <summary>Inflates files, and those in folders, on so many threads. Prints how many bytes there were.</summary>
    public static int Run(int threads, IReadOnlyList<string> sources)
    {
        long total = 0;
        var files = sources.SelectMany(source => Directory.Exists(source) ? Directory.EnumerateFiles(source) : [source]);
        var oneByOne = Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(oneByOne, new ParallelOptions { MaxDegreeOfParallelism = threads }, file => Interlocked.Add(ref total, LengthOf(file)));
        Console.WriteLine(total);
        return 0;
    }

    static long LengthOf(string file)
    {
        using var stored = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        using var inflated = new GZipStream(stored, CompressionMode.Decompress);
        var buffer = new byte[BufferSize];
        long length = 0;
        while (inflated.Read(buffer) is var read and > 0)
        {
            length += read;
        }

        return length;
    }
}
