using System.Diagnostics;
using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Queries.Scanning;

namespace Millrace.Cli;

/// <summary>A line on stderr that says how far a scan is: only on a terminal that can take it back, only once it has taken a second.</summary>
sealed class Progress : IDisposable
{
    static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    readonly ScanTotals _totals;
    readonly StatusLine _status;
    readonly Stopwatch _time = Stopwatch.StartNew();
    readonly Lock _lock = new();
    readonly Timer? _timer;
    bool _isOver;

    /// <summary>Begins to watch a scan.</summary>
    /// <param name="totals">What the scan counts.</param>
    /// <param name="status">Where the line is shown.</param>
    public Progress(ScanTotals totals, StatusLine status)
    {
        _totals = totals;
        _status = status;
        if (Terminal.Own().Rewrites)
        {
            _timer = new Timer(_ => Show(), null, Delay, Interval);
        }
    }

    /// <summary>The line for a moment: bytes, lines a second, time left.</summary>
    public static string Line(long bytes, long expected, long lines, TimeSpan elapsed)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        var speed = bytes / seconds;
        var left = expected > bytes && speed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(expected - bytes) / speed:0} s left") : "";
        var share = expected > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {Megabytes(expected)}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Megabytes(bytes)}{share}, {lines / seconds:N0} lines/s{left}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            if (!_isOver)
            {
                _status.Clear();
            }

            _isOver = true;
        }
    }

    static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");

    void Show()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _status.Show(Line(_totals.BytesRead, _totals.BytesExpected, _totals.Events, _time.Elapsed));
            }
        }
    }
}
