using System.IO.Compression;
using System.Text;
using Millrace.Tests.Lake.Ingestion;

namespace Millrace.Tests.Lake.Watching;

/// <summary>Writes numbered lines into a folder in every way that programs do: appending in pieces that end anywhere, rotating by renaming, by copying and cutting short, compressing, and moving finished files into place.</summary>
sealed class RotatingWriter(string folder, int seed)
{
    readonly Random _random = new(seed);
    readonly string _log = Path.Join(folder, "app.log");
    readonly string _aside = Directory.CreateDirectory(folder + "-aside").FullName;
    int _lines;
    int _rotations;
    int _moved;

    /// <summary>Takes some steps; how many lines there are then. The last one has no line break.</summary>
    public async Task<int> WriteAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            switch (_random.Next(8))
            {
                case 0:
                    Rotate(rotated => File.Move(_log, rotated));
                    break;
                case 1:
                    Rotate(rotated =>
                    {
                        File.Copy(_log, rotated);
                        using var cut = new FileStream(_log, FileMode.Truncate);
                    });
                    break;
                case 2:
                    Compress();
                    break;
                case 3:
                    Move();
                    break;
                default:
                    await AppendAsync();
                    break;
            }

            await Task.Delay(_random.Next(40));
        }

        File.AppendAllText(_log, Next(1).TrimEnd('\n'));
        return _lines;
    }

    string Next(int count)
    {
        var text = RotationTests.Lines(_lines, _lines + count);
        _lines += count;
        return text;
    }

    async Task AppendAsync()
    {
        var bytes = Encoding.UTF8.GetBytes(Next(_random.Next(1, 400)));
        var cut = _random.Next(bytes.Length);
        foreach (var piece in new[] { bytes[..cut], bytes[cut..] })
        {
            await File.AppendAllBytesAsync(_log, piece);
            await Task.Delay(_random.Next(30));
        }
    }

    void Rotate(Action<string> rename)
    {
        if (!File.Exists(_log))
        {
            return;
        }

        // As logrotate does: app.log.2 becomes app.log.3, and so on.
        for (var number = _rotations; number > 0; number--)
        {
            foreach (var ending in new[] { "", ".gz" })
            {
                if (File.Exists($"{_log}.{number}{ending}"))
                {
                    File.Move($"{_log}.{number}{ending}", $"{_log}.{number + 1}{ending}");
                }
            }
        }

        _rotations++;
        rename($"{_log}.1");
    }

    void Compress()
    {
        if (!File.Exists($"{_log}.1"))
        {
            return;
        }

        using (var target = new GZipStream(File.Create($"{_log}.1.gz"), CompressionLevel.Fastest))
        {
            target.Write(File.ReadAllBytes($"{_log}.1"));
        }

        File.Delete($"{_log}.1");
    }

    void Move()
    {
        var name = $"moved-{_moved++}.log";
        File.WriteAllText(Path.Join(_aside, name), Next(_random.Next(1, 100)));
        File.Move(Path.Join(_aside, name), Path.Join(folder, name));
    }
}
