using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Lake.Watching;

namespace Millrace.Cli;

/// <summary>How a watch is doing, on stderr: a line that is renewed every second on a terminal, a line a minute elsewhere, where there was something new.</summary>
sealed class WatchStatus : IDisposable
{
    readonly WatchCounters _counters;
    readonly bool _rewrites = Terminal.Own().Rewrites;
    readonly Lock _lock = new();
    readonly Timer _timer;
    string _shown = "";
    bool _isOver;

    public WatchStatus(WatchCounters counters)
    {
        _counters = counters;
        var every = _rewrites ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
        _timer = new Timer(_ => Show(), null, every, every);
    }

    /// <summary>The line for a moment.</summary>
    public static string Line(WatchCounters counters)
    {
        var parts = new List<string> { Text($"{counters.Objects:N0} object(s), {counters.Events:N0} event(s) in {counters.Commits:N0} commit(s)") };
        Add(counters.Waiting, "waiting");
        parts.Add(Text($"lag {counters.Lag.TotalSeconds:0} s"));
        Add(counters.Rejects, "reject(s)");
        Add(counters.Duplicates, "duplicate(s) avoided");
        Add(counters.Retries, "retry(s)");
        Add(counters.Failures, "failure(s) to receive");
        Add(counters.Vanished, "vanished");
        Add(counters.Unread, "not read");
        Add(counters.SetAside, "set aside");
        return string.Join(", ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add(Text($"{count:N0} {what}"));
            }
        }
    }

    /// <summary>Says a sentence above the line.</summary>
    public void Say(string sentence)
    {
        lock (_lock)
        {
            Clear();
            CommandConsole.Say(sentence);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
            Clear();
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    void Show()
    {
        lock (_lock)
        {
            var line = Line(_counters);
            if (_isOver || (!_rewrites && line == _shown))
            {
                return;
            }

            _shown = line;
            Console.Error.Write(_rewrites ? $"\r\u001b[K{line}" : $"millrace: {line}\n");
        }
    }

    void Clear()
    {
        if (_rewrites && _shown.Length > 0)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
