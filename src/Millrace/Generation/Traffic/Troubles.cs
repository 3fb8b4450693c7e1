using Millrace.Generation.Randomness;

namespace Millrace.Generation.Traffic;

/// <summary>Decides which calls fail, and how.</summary>
sealed class Troubles
{
    readonly double[] _failureShare;
    readonly int[][] _failures;
    readonly int[][] _timeouts;
    readonly (int Service, long FromMicros, long UntilMicros, double Share)[] _incidents;

    public Troubles(ServiceMap map, IReadOnlyList<Incident> incidents)
    {
        _failureShare = [.. map.Endpoints.Select(endpoint => endpoint.Trouble * map.ErrorsPerTrouble)];
        _failures = [.. map.Services.Select(service => Failures.Of(service, timeoutsOnly: false))];
        _timeouts = [.. map.Services.Select(service => Failures.Of(service, timeoutsOnly: true))];
        _incidents =
        [
            .. incidents.Select(incident => (
                map.Services.ToList().IndexOf(incident.Service), UnixMicros.Of(incident.From), UnixMicros.Of(incident.Until), incident.TimeoutShare)),
        ];
    }

    /// <summary>The failure of a call by itself, or none.</summary>
    public int Pick(CallEndpoint endpoint, long startMicros, SeededRandom random)
    {
        foreach (var (service, from, until, share) in _incidents)
        {
            if (service == endpoint.Service && startMicros >= from && startMicros <= until && random.Chance(share))
            {
                return OneOf(_timeouts[service], random);
            }
        }

        return random.Chance(_failureShare[endpoint.Index]) ? OneOf(_failures[endpoint.Service], random) : Call.NoFailure;
    }

    static int OneOf(int[] failures, SeededRandom random) => failures[random.Below(failures.Length)];
}

/// <summary>Instants as microseconds since 1970.</summary>
static class UnixMicros
{
    public static long Of(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
