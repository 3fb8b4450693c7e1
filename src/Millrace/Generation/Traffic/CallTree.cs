using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Generation.Randomness;
using Millrace.Generation.Web;

namespace Millrace.Generation.Traffic;

/// <summary>
/// What a request of a person leads to: the calls, depth first, which is the order in which they begin. Not safe for use from several threads.
/// </summary>
sealed class CallTree(ServiceMap map, Troubles troubles, Clients clients, int ids, SeededRandom random)
{
    const double ClientErrorShare = 0.03;
    const double NotModifiedShare = 0.02;

    readonly List<Call> _calls = [];
    int _client;
    ulong _traceHigh;
    ulong _traceLow;

    /// <summary>The calls of a new request, at most a number of them. Valid until the next call.</summary>
    public ReadOnlySpan<Call> Grow(long startMicros, int most)
    {
        Begin();
        Add(map.PickForPeople(random), Call.People, startMicros);
        if (_calls.Count > most)
        {
            Begin();
            Add(map.HomePage, Call.People, startMicros);
        }

        return CollectionsMarshal.AsSpan(_calls)[..Math.Min(most, _calls.Count)];
    }

    void Begin()
    {
        _calls.Clear();
        _client = clients.Pick(random);
        (_traceHigh, _traceLow) = (random.Next(), random.Next());
    }

    /// <summary>Adds a call and those that it leads to. Returns its duration and whether it failed.</summary>
    // Without this, the first seconds run in the JIT's slow first tier, at half the speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (long DurationMicros, bool Failed) Add(CallEndpoint endpoint, int caller, long startMicros)
    {
        var index = _calls.Count;
        var call = new Call
        {
            Endpoint = endpoint,
            Caller = caller,
            Client = _client,
            Id = random.Below(ids),
            StartMicros = startMicros,
            TraceHigh = _traceHigh,
            TraceLow = _traceLow,
            Dice = random.Next(),
        };
        _calls.Add(call);

        var own = endpoint.Latency.SampleMicros(random);
        var (spent, passedOn) = AddDependencies(endpoint, startMicros, own / 3);
        call.DurationMicros = spent + (own - (own / 3));
        call.Failure = passedOn ? Failures.PassedOn : troubles.Pick(endpoint, startMicros, random);
        Finish(ref call);
        _calls[index] = call;
        return (call.DurationMicros, call.Failure != Call.NoFailure);
    }

    (long SpentMicros, bool PassedOn) AddDependencies(CallEndpoint endpoint, long startMicros, long spentMicros)
    {
        var passedOn = false;
        foreach (var dependency in endpoint.Dependencies)
        {
            if (dependency.Share < 1 && !random.Chance(dependency.Share))
            {
                continue;
            }

            var networkMicros = 200 + random.Below(600);
            var (duration, failed) = Add(dependency.Endpoint, endpoint.Service, startMicros + spentMicros + networkMicros);
            spentMicros += duration + (2 * networkMicros);
            passedOn |= failed && dependency.Matters && random.Chance(ServiceMap.FailurePassedOn);
        }

        return (spentMicros, passedOn);
    }

    void Finish(ref Call call)
    {
        if (call.Failure != Call.NoFailure)
        {
            var failure = Failures.All[call.Failure];
            call.Status = failure.Status;
            call.DurationMicros = Math.Max(call.DurationMicros, (failure.TimeoutMillis * 1000) + random.Below(20_000));
            call.Bytes = 80 + random.Below(200);
            return;
        }

        var dice = random.Unit();
        call.Status = dice < ClientErrorShare ? ClientError(call.Endpoint) : Success(call.Endpoint, dice);
        call.Bytes = call.Status switch
        {
            304 => 0,
            >= 400 => 60 + random.Below(120),
            _ => call.Endpoint.Bytes - (call.Endpoint.Bytes / 4) + random.Below((call.Endpoint.Bytes / 2) + 1),
        };
    }

    static int Success(CallEndpoint endpoint, double dice) => endpoint.Method switch
    {
        "POST" => 201,
        _ => dice < ClientErrorShare + NotModifiedShare && endpoint.People > 0 ? 304 : 200,
    };

    static int ClientError(CallEndpoint endpoint) => (endpoint.Method, endpoint.Id) switch
    {
        ("POST", IdKind.None) when endpoint.Path is "/login" or "/sessions" => 401,
        ("POST", _) => 409,
        (_, IdKind.None) => 400,
        _ => 404,
    };
}
