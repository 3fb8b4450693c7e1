using Millrace.Generation.Randomness;

namespace Millrace.Generation.Traffic;

/// <summary>The generated system: its services, their endpoints and who calls whom.</summary>
sealed class ServiceMap
{
    /// <summary>The chance that a failed call that matters makes its caller fail too.</summary>
    public const double FailurePassedOn = 0.7;

    readonly List<CallEndpoint> _endpoints = [];
    readonly WeightedTable _people;

    public ServiceMap(LoadProfile profile)
    {
        Services = [.. Enumerable.Range(0, profile.Services).Select(NameOf)];
        var plans = ShopServices.Endpoints.Concat(MoreEndpoints()).Where(plan => IsKnown(plan.Name)).ToDictionary(plan => plan.Name);
        _endpoints.AddRange(plans.Values.Select((plan, index) => new CallEndpoint(index, plan, Services, profile.Latencies)));
        foreach (var endpoint in _endpoints)
        {
            var calls = plans[endpoint.Name].Calls.Concat(MoreCalls(endpoint)).Where(call => IsKnown(call.Name));
            endpoint.Dependencies.AddRange(calls.Select(call => new CallDependency(Find(call.Name), call.Share, call.Matters)));
        }

        _people = new WeightedTable(_endpoints.Select(endpoint => endpoint.People).ToArray());
        ErrorsPerTrouble = FailureRate(profile.ErrorShare);
        ThrowIfUnknown(profile);
    }

    public IReadOnlyList<string> Services { get; }

    public IReadOnlyList<CallEndpoint> Endpoints => _endpoints;

    /// <summary>The chance that a call to an endpoint of trouble 1 fails by itself, such that the profile's share of all calls fails.</summary>
    public double ErrorsPerTrouble { get; }

    /// <summary>What people call and which calls nothing else.</summary>
    public CallEndpoint HomePage => _endpoints[0];

    public CallEndpoint PickForPeople(SeededRandom random) => _endpoints[_people.Pick(random)];

    static string NameOf(int index) => index < ShopServices.Names.Count ? ShopServices.Names[index] : $"service-{index + 1:D2}";

    static string ServiceOf(string endpoint) => endpoint[..endpoint.IndexOf(' ')];

    bool IsKnown(string endpoint) => Services.Contains(ServiceOf(endpoint));

    CallEndpoint Find(string name) => _endpoints.First(endpoint => endpoint.Name == name);

    // Services beyond the table's are leaves, each called by the service at half of its number.
    IEnumerable<EndpointPlan> MoreEndpoints() => Services.Skip(ShopServices.Names.Count)
        .Select((service, index) => new EndpointPlan($"{service} GET /items/{{id}}", 5 + (index % 40), 0.5, 800, "Item {id} loaded"));

    IEnumerable<DependencyPlan> MoreCalls(CallEndpoint endpoint) => Services
        .Where((_, index) => index >= ShopServices.Names.Count && index / 2 == endpoint.Service && IsFirstOfItsService(endpoint))
        .Select(service => new DependencyPlan($"{service} GET /items/{{id}}", 0.5));

    bool IsFirstOfItsService(CallEndpoint endpoint) => _endpoints.First(other => other.Service == endpoint.Service) == endpoint;

    double FailureRate(double errorShare)
    {
        var (calls, failures) = (0.0, 0.0);
        foreach (var endpoint in _endpoints.Where(endpoint => endpoint.People > 0))
        {
            calls += endpoint.People * ExpectedCalls(endpoint);
            failures += endpoint.People * ExpectedFailures(endpoint, 1);
        }

        return errorShare * calls / failures;
    }

    static double ExpectedCalls(CallEndpoint endpoint) => 1 + endpoint.Dependencies.Sum(call => call.Share * ExpectedCalls(call.Endpoint));

    // A failure shows in its own line and, with falling chance, in those of the callers above.
    static double ExpectedFailures(CallEndpoint endpoint, double linesPerFailure) =>
        (endpoint.Trouble * linesPerFailure) + endpoint.Dependencies.Sum(call =>
            call.Share * ExpectedFailures(call.Endpoint, 1 + (call.Matters ? FailurePassedOn * linesPerFailure : 0)));

    void ThrowIfUnknown(LoadProfile profile)
    {
        foreach (var latency in profile.Latencies)
        {
            var name = $"{latency.Service} {latency.Method} {latency.Path}";
            if (!_endpoints.Exists(endpoint => endpoint.Masked == name))
            {
                var known = string.Join(", ", _endpoints.Select(endpoint => endpoint.Masked));
                throw new UserException($"There is no endpoint '{name}' to give a latency to; expected one of {known}.", UserException.Usage);
            }
        }

        foreach (var incident in profile.Incidents.Where(incident => !Services.Contains(incident.Service)))
        {
            throw new UserException($"There is no service '{incident.Service}'; expected one of {string.Join(", ", Services)}.", UserException.Usage);
        }
    }
}
