using System.Runtime.CompilerServices;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;
using Millrace.Generation.Web;

namespace Millrace.Generation.Lines;

/// <summary>Apache's combined access log of a web site.</summary>
sealed class CombinedLines : BlockRenderer
{
    const int NotModified = 304;
    const int NotFound = 404;

    static readonly int[] Statuses = [200, 304, 404, 301, 302, 206, 403, 401, 400, 429, 500, 502, 503, 504];
    static readonly int OkAt = Array.IndexOf(Statuses, 200);
    static readonly int NotFoundAt = Array.IndexOf(Statuses, NotFound);
    static readonly double[] UsualWeights = [84, 9, 2.6, 1, 1.2, 0.8, 0.5, 0.4, 0.3, 0.2, 0, 0, 0, 0];
    static readonly double[] ErrorWeights = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 20, 20, 10];
    static readonly string[] Protocols = ["HTTP/1.1", "HTTP/2.0", "HTTP/1.0"];

    readonly LoadProfile _profile;
    readonly TimeCurve _curve;
    readonly Clients _clients;
    readonly WebPage[] _pages;
    readonly WeightedTable _popularity;
    readonly WeightedTable _usual = new(UsualWeights);
    readonly WeightedTable _errors = new(ErrorWeights);
    readonly Fragments _requests;
    readonly Fragments _queries;
    readonly Fragments _answers;
    readonly Fragments _referrers;
    readonly Fragments _agents;

    public CombinedLines(LoadProfile profile, TimeCurve curve)
    {
        var random = new SeededRandom(profile.Seed, -2);
        (_profile, _curve) = (profile, curve);
        _clients = new Clients(profile.Clients, profile.Seed);
        _pages = [.. WebSite.Pages(profile.Paths, random)];
        _popularity = WeightedTable.Zipf(_pages.Length);
        _requests = new Fragments(_pages.Select(page => page.Request));
        _queries = new Fragments(WebSite.Queries(random));
        _answers = new Fragments(Protocols.SelectMany(protocol => Statuses.Select(status => $" {protocol}\" {status} ")));
        _referrers = new Fragments(WebSite.Referrers(random).Select(referrer => $" \"{referrer}\" \"").Prepend(" \"-\" \""));
        _agents = new Fragments(Enumerable.Range(0, UserAgents.Count).Select(agent => $"{UserAgents.Text(agent)}\"\n"));
    }

    public override void Render(Block block, RenderedBlock into)
    {
        var lines = into[new FileKey(0, block.File)];
        var random = new SeededRandom(_profile.Seed, block.Index);
        var stamps = new StampText("' ['dd/MMM/yyyy:HH:mm:ss' +0000] \"'");
        var time = _curve.Walk();
        for (var i = 0; i < block.Lines; i++)
        {
            var lineStart = lines.Length;
            var arrival = time.MicrosAt((block.FirstLine + i + random.Unit()) / _profile.Count);
            AppendLine(lines, Lateness.Before(arrival, _curve, random) / 1_000_000, stamps, random);
            if (random.Chance(_profile.InvalidShare))
            {
                InvalidLines.Replace(lines, lineStart, random);
            }
        }
    }

    // Without this, the first seconds run in the JIT's slow first tier, at half the speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AppendLine(LineBuffer lines, long second, StampText stamps, SeededRandom random)
    {
        var client = _clients.Pick(random);
        var page = _popularity.Pick(random);
        var status = StatusOf(_pages[page], (random.Chance(_profile.ErrorShare) ? _errors : _usual).Pick(random));
        var dice = random.Next();

        lines.Append(_clients.AddressOf(client));
        lines.Append(" - "u8);
        lines.Append(_clients.UserOf(client));
        lines.Append(stamps.At(second));
        lines.Append(_requests[page]);
        if (_pages[page].TakesQuery && (dice & 3) == 0)
        {
            lines.Append(_queries[(int)((dice >> 2) & 255)]);
        }

        lines.Append(_answers[(ProtocolOf(client) * Statuses.Length) + status]);
        AppendBytes(lines, page, Statuses[status], dice >> 32);
        lines.Append(_referrers[ReferrerOf((int)(dice >> 10) & 511)]);
        lines.Append(_agents[_clients.AgentOf(client)]);
    }

    // Browsers keep files only, and nobody finds what there is not.
    static int StatusOf(in WebPage page, int status) => Statuses[status] switch
    {
        < NotFound when page.IsMissing => NotFoundAt,
        NotModified when !page.IsStatic => OkAt,
        _ => status,
    };

    // Half of the requests name no referrer; the others are spread over the list.
    int ReferrerOf(int dice) => dice < 256 ? 0 : 1 + ((dice - 256) % (_referrers.Count - 1));

    static int ProtocolOf(int client) => (client % 16) switch { < 11 => 0, < 15 => 1, _ => 2 };

    void AppendBytes(LineBuffer lines, int page, int status, ulong dice)
    {
        if (status == NotModified)
        {
            lines.Append((byte)'-');
            return;
        }

        var (bytes, isStatic) = status is 200 or 206 ? (_pages[page].Bytes, _pages[page].IsStatic) : (150 + (status % 100), false);
        lines.AppendNumber(isStatic && status == 200 ? bytes : bytes - (bytes / 4) + (int)(dice % (uint)((bytes / 2) + 1)));
    }
}

/// <summary>Entries are written when a request ends but carry the time at which it came: neighbours are a little out of order.</summary>
static class Lateness
{
    const int MaxMicros = 3_000_000;

    public static long Before(long arrivalMicros, TimeCurve curve, SeededRandom random)
    {
        var dice = random.Next();
        var late = (dice & 7) == 0 ? (long)(((dice >> 32) * MaxMicros) >> 32) : 0;
        return Math.Max(curve.StartMicros, arrivalMicros - late);
    }
}
