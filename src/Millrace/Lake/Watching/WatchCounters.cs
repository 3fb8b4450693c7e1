using System.Diagnostics.Metrics;
using Millrace.Intake;
using Millrace.Lake.Ingestion;

namespace Millrace.Lake.Watching;

/// <summary>What a watch has done so far; safe to read while it runs. The same figures are instruments of the meter <c>Millrace.Watch</c>.</summary>
public sealed class WatchCounters : IntakeCounters, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Millrace.Watch";

    readonly Meter _meter = new(MeterName);
    long _objects;
    long _events;
    long _rejects;
    long _commits;
    long _bytes;
    long _duplicates;
    long _vanished;
    long _unread;
    long _setAside;
    long _version = -1;

    /// <summary>Counters at zero.</summary>
    /// <param name="clock">Says how long arrivals have been waiting.</param>
    public WatchCounters(TimeProvider clock)
        : base(clock)
    {
        Count("objects", "{object}", "Files and objects of which something was brought in", () => Objects);
        Count("events", "{event}", "Events that were brought in", () => Events);
        Count("rejects", "{line}", "Lines that did not parse", () => Rejects);
        Count("commits", "{commit}", "Commits to the lake", () => Commits);
        Count("duplicates", "{object}", "Arrivals that were in already", () => Duplicates);
        Count("retries", "{attempt}", "Attempts that had to be repeated", () => Retries);
        Count("failures", "{failure}", "Failures to receive, such as of a queue that does not answer", () => Failures);
        Count("vanished", "{object}", "Arrivals that were gone when they were to be read", () => Vanished);
        Count("unread", "{object}", "Files and objects that no format reads", () => Unread);
        Count("set_aside", "{message}", "Messages that cannot be used and were set aside", () => SetAside);
        _meter.CreateObservableGauge("millrace.watch.lag", () => Lag.TotalSeconds, "s", "How long the oldest arrival has been waiting");
        _meter.CreateObservableGauge("millrace.watch.waiting", () => Waiting, "{object}", "Arrivals that wait to be brought in");
    }

    /// <summary>Files and objects of which something was brought in.</summary>
    public long Objects => Interlocked.Read(ref _objects);

    /// <summary>Events that were brought in.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Lines that did not parse.</summary>
    public long Rejects => Interlocked.Read(ref _rejects);

    /// <summary>Commits to the lake.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>The size of the data files that were added.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Arrivals that were in already: notified twice, listed after a notification, or brought in by an earlier run.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Arrivals that were gone when they were to be read.</summary>
    public long Vanished => Interlocked.Read(ref _vanished);

    /// <summary>Files and objects that no format reads.</summary>
    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>Messages that cannot be used and were set aside.</summary>
    public long SetAside => Interlocked.Read(ref _setAside);

    /// <summary>The lake's version after the last commit; -1 where there was none.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Notes that a message was set aside.</summary>
    public void AddSetAside() => Interlocked.Increment(ref _setAside);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void AddDuplicates(int count) => Interlocked.Add(ref _duplicates, count);

    internal void AddVanished() => Interlocked.Increment(ref _vanished);

    internal void Add(IngestResult result)
    {
        Interlocked.Add(ref _objects, result.Sources);
        Interlocked.Add(ref _events, result.Events);
        Interlocked.Add(ref _rejects, result.Rejects);
        Interlocked.Add(ref _commits, result.Commits);
        Interlocked.Add(ref _bytes, result.Bytes);
        Interlocked.Add(ref _duplicates, result.Known);
        AddRetries(result.Retries);
        Interlocked.Add(ref _unread, result.Unread.Count);
        Interlocked.Exchange(ref _version, result.Version);
    }

    void Count(string name, string unit, string description, Func<long> read) => _meter.CreateObservableCounter($"millrace.watch.{name}", read, unit, description);
}
