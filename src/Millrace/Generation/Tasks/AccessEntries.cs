using System.Text;
using Millrace.Generation.Lines;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;

namespace Millrace.Generation.Tasks;

/// <summary>The entries of an access-log run, gathered per file.</summary>
sealed class AccessEntries(OpenFiles files, SeededRandom random, long lagMinMillis, long lagMaxMillis)
{
    const int FlushBytes = 1 << 16;

    static readonly byte[] MachineLineEnd = "] \"Apache HTTP Client\""u8.ToArray();

    readonly Dictionary<FileKey, Pending> _pending = [];
    bool _isFlushDue;
    int _part;

    public long Lines { get; private set; }

    public static int PartOf(long utcTicks) => (int)(utcTicks / TimeSpan.TicksPerDay);

    /// <summary>
    /// Adds a call and, depth first, the calls that it leads to. All direct dependencies of one call happen at the same time, a random lag after it.
    /// </summary>
    public void Add(AccessEndpoint endpoint, long utcTicks, ReadOnlySpan<byte> lineStart, ReadOnlySpan<byte> lineEnd)
    {
        Append(endpoint, utcTicks, lineStart, lineEnd);
        if (endpoint.Dependencies.Count == 0)
        {
            return;
        }

        var later = utcTicks + (random.Between(lagMinMillis, lagMaxMillis) * TimeSpan.TicksPerMillisecond);
        foreach (var dependency in endpoint.Dependencies)
        {
            Add(dependency, later, endpoint.CallerStart, MachineLineEnd);
        }
    }

    /// <summary>
    /// Writes what has gathered, where it is much or the day is over, and completes the files of the days before: no entry is earlier than its iteration.
    /// </summary>
    public async ValueTask FlushAsync(int part, CancellationToken cancellationToken)
    {
        if (!_isFlushDue && part == _part)
        {
            return;
        }

        foreach (var (key, pending) in _pending)
        {
            await files[key].WriteAsync(pending.Text.Written, cancellationToken);
            pending.Text.Clear();
            if (key.Part < part)
            {
                _pending.Remove(key);
            }
        }

        await files.CompleteBeforeAsync(part, cancellationToken);
        (_isFlushDue, _part) = (false, part);
    }

    void Append(AccessEndpoint endpoint, long utcTicks, ReadOnlySpan<byte> lineStart, ReadOnlySpan<byte> lineEnd)
    {
        var pending = PendingOf(new FileKey(endpoint.Service, PartOf(utcTicks)));
        var text = pending.Text;
        if (pending.HasLines)
        {
            text.Append((byte)'\n');
        }

        pending.HasLines = true;
        Lines++;
        text.Append(lineStart);
        text.Append(endpoint.Request);
        text.Append(Encoding.UTF8.GetBytes(JavaText.Instant(new DateTimeOffset(utcTicks, TimeSpan.Zero))));
        text.Append(lineEnd);
        _isFlushDue |= text.Length >= FlushBytes;
    }

    Pending PendingOf(FileKey key)
    {
        if (!_pending.TryGetValue(key, out var pending))
        {
            _pending[key] = pending = new Pending();
        }

        return pending;
    }

    sealed class Pending
    {
        public LineBuffer Text { get; } = new();

        public bool HasLines { get; set; }
    }
}
