using Millrace.Generation.Randomness;
using Millrace.Generation.Traffic;
using Millrace.Generation.Web;

namespace Millrace.Generation.Lines;

/// <summary>Texts that the layouts of calls share, rendered once. Safe for use from several threads.</summary>
sealed class CallTexts
{
    public const int HostsPerService = 3;
    public const int Threads = 24;

    static readonly string[] Regions = ["eu-west-1", "eu-west-1", "eu-central-1"];

    readonly Fragments[] _ids;
    readonly Fragments _pathStarts;
    readonly Fragments _pathEnds;

    public CallTexts(ServiceMap map, LoadProfile profile)
    {
        var random = new SeededRandom(profile.Seed, -3);
        Map = map;
        Clients = new Clients(profile.Clients, profile.Seed);
        _ids =
        [
            new Fragments(Enumerable.Repeat("", profile.Paths)),
            new Fragments(Enumerable.Range(0, profile.Paths).Select(index => $"{100_003 + (index * 7L)}")),
            new Fragments(Enumerable.Range(0, profile.Paths).Select(_ => Uuid(random))),
            new Fragments(Enumerable.Range(0, profile.Paths).Select(_ => Hex(random, 12) + Hex(random, 12))),
        ];
        _pathStarts = new Fragments(map.Endpoints.Select(endpoint => endpoint.PathStart));
        _pathEnds = new Fragments(map.Endpoints.Select(endpoint => endpoint.PathEnd));
        Services = new Fragments(map.Services);
        Hosts = [.. map.Services.SelectMany(service => Regions.Select(region => ($"{service}-{Hex(random, 10)}-{Hex(random, 5)}", region)))];
        Messages = [.. map.Endpoints.Select(endpoint => new MessageText(endpoint.Message, endpoint.Id))];
        FailureMessages = [.. Failures.All.Select(failure => new MessageText(failure.Message, IdKind.Number))];
        ClientErrors = ClientErrorMessages().ToDictionary(entry => entry.Status, entry => new MessageText(entry.Message, IdKind.Number));
    }

    public ServiceMap Map { get; }

    public Clients Clients { get; }

    public Fragments Services { get; }

    public IReadOnlyList<(string Name, string Region)> Hosts { get; }

    /// <summary>What an endpoint logs when all is well, by endpoint.</summary>
    public MessageText[] Messages { get; }

    public MessageText[] FailureMessages { get; }

    public Dictionary<int, MessageText> ClientErrors { get; }

    /// <summary>The class of the endpoints of a service that logs.</summary>
    public static string LoggerOf(string service)
    {
        var word = service.Split('-')[0];
        return $"com.millraceshop.{word}.{char.ToUpperInvariant(word[0])}{word[1..]}Controller";
    }

    public static int HostOf(in Call call) => (call.Endpoint.Service * HostsPerService) + (int)(call.Dice % HostsPerService);

    public static int ThreadOf(in Call call) => (int)((call.Dice >> 8) % Threads);

    public ReadOnlySpan<byte> Id(IdKind kind, int id) => _ids[(int)kind][id];

    public void AppendPath(LineBuffer lines, in Call call)
    {
        lines.Append(_pathStarts[call.Endpoint.Index]);
        lines.Append(Id(call.Endpoint.Id, call.Id));
        lines.Append(_pathEnds[call.Endpoint.Index]);
    }

    public void AppendMessage(LineBuffer lines, in Call call)
    {
        var message = call switch
        {
            { Failure: not Call.NoFailure } => FailureMessages[call.Failure],
            { Status: >= 400 } => ClientErrors[call.Status],
            _ => Messages[call.Endpoint.Index],
        };
        message.Append(lines, call, this);
    }

    static IEnumerable<(int Status, string Message)> ClientErrorMessages() =>
    [
        (400, "Validation failed: field 'page' must be between 1 and {n}"),
        (401, "Login failed: bad credentials, attempt {digit}"),
        (404, "Nothing found at {path}"),
        (409, "Conflict: version {digit} is not the latest"),
    ];

    static string Hex(SeededRandom random, int digits) => $"{random.Next():x16}"[^digits..];

    static string Uuid(SeededRandom random)
    {
        var (high, low) = (random.Next(), random.Next());
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-4{high & 0xFFF:x3}-{0x8000 | ((low >> 48) & 0x3FFF):x4}-{low & 0xFFFFFFFFFFFF:x12}";
    }
}
