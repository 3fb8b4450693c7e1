using System.Numerics;

namespace Millrace.Generation;

/// <summary>What load looks like. Setting a value out of its range throws a <see cref="UserException"/>.</summary>
public sealed record LoadProfile
{
    /// <summary>A profile of the load between two instants, both included.</summary>
    public LoadProfile(DateTimeOffset start, DateTimeOffset end)
    {
        var latest = DateTimeOffset.MaxValue.AddYears(-1);
        if (start < DateTimeOffset.UnixEpoch || end < start || end > latest)
        {
            throw new UserException(
                $"Cannot generate from {start.UtcDateTime:s}Z until {end.UtcDateTime:s}Z: " +
                "the end must not be before the start, nor the start before 1970.",
                UserException.Usage);
        }

        (Start, End) = (start, end);
    }

    /// <summary>The first instant of an event.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The last instant of an event.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Log events to write, invalid lines included; the lines of a stack trace belong to their event.</summary>
    public long Count { get; init => field = Within("count", value, 1L, 1_000_000_000_000); } = 1_000_000;

    /// <summary>The same seed and profile give the same bytes, on every machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Different people and programs that call.</summary>
    public int Clients { get; init => field = Within("clients", value, 1, 10_000_000); } = 20_000;

    /// <summary>Different paths of the web site; for the other kinds, different ids inside paths.</summary>
    public int Paths { get; init => field = Within("paths", value, 1, 1_000_000); } = 2_000;

    /// <summary>Services of the system; the first is the one that people call.</summary>
    public int Services { get; init => field = Within("services", value, 1, 500); } = 7;

    /// <summary>About the share of requests that are answered with a server error.</summary>
    public double ErrorShare { get; init => field = Within("error share", value, 0.0, 1); } = 0.01;

    /// <summary>The share of lines that no parser of the kind accepts.</summary>
    public double InvalidShare { get; init => field = Within("invalid share", value, 0.0, 1); }

    /// <summary>Lines written in a second of real time; null for as fast as possible. Timestamps do not depend on it.</summary>
    public double? LinesPerSecond { get; init => field = value is { } rate ? Within("rate", rate, 0.001, 1e9) : null; }

    /// <summary>Files in a directory, each with a stretch of the time. The service kind has a file per service and date instead.</summary>
    public int Files { get; init => field = Within("files", value, 1, 100_000); } = 1;

    /// <summary>True to compress the files of a directory.</summary>
    public bool Compress { get; init; }

    /// <summary>Latencies in place of the endpoints' own.</summary>
    public IReadOnlyList<EndpointLatency> Latencies { get; init; } = [];

    /// <summary>Times at which a service is in trouble.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    static T Within<T>(string name, T value, T low, T high) where T : INumber<T> =>
        value >= low && value <= high
            ? value
            : throw new UserException($"The {name} is {value}; expected {low} to {high}.", UserException.Usage);
}
