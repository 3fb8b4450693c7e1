using System.Text.Json;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Sources;

namespace Millrace.App.Schedules;

/// <summary>
/// Reads what a schedule runs: a report by its name or a search by its terms, sources, and options by the names that they have on the command line (in camel
/// case). <c>args</c> takes the
/// words of a command line instead. Paths count from the settings' file.
/// </summary>
/// <param name="name">The schedule's name, for messages.</param>
/// <param name="schedule">The schedule.</param>
/// <param name="settings">The settings that it is of.</param>
sealed class ScheduledRequest(string name, JsonElement schedule, Settings settings)
{
    /// <summary>What a schedule has besides the options of its request.</summary>
    static readonly string[] Own = ["report", "search", "sources", "args", "cron", "tz", "mailTo", "sendWhen"];

    /// <summary>What a schedule gives its request by itself.</summary>
    static readonly string[] Given = ["--since", "--until", "--as-of", "--mail-to", "--config", "--out"];

    /// <summary>Options whose texts are paths.</summary>
    static readonly string[] Paths = ["lake", "store", "metrics"];

    /// <summary>Reads the request. Throws a <see cref="UserException"/> where it means nothing.</summary>
    public RunRequest Read()
    {
        var request = Begin();
        foreach (var member in schedule.EnumerateObject().Where(member => !Own.Contains(member.Name)))
        {
            var option = RequestOptions.Of(request).FirstOrDefault(one => one.JsonName == member.Name && one.Name != "tz")
                ?? throw Wrong($"has no setting '{member.Name}'. Expected {string.Join(", ", Own)}, or an option of '{request.Title}' such as {string.Join(", ", RequestOptions.Of(request).Take(6).Select(one => one.JsonName))}");
            request = With(request, option, Values(member, option));
        }

        return ReadWords(request);
    }

    RunRequest Begin()
    {
        var reading = new ReadingRequest { Sources = [.. Texts("sources").Select(Resolve)] };
        var terms = Texts("search");
        if (schedule.TryGetProperty("search", out _))
        {
            return schedule.TryGetProperty("report", out _)
                ? throw Wrong("has both 'report' and 'search'. Expected one of them")
                : new SearchRequest { Terms = terms, Reading = reading };
        }

        return schedule.TryGetProperty("report", out var report) && report.ValueKind == JsonValueKind.String
            ? Guard(() => new ReportRequest(report.GetString()!) { Reading = reading })
            : throw Wrong("has no 'report'. Expected the name of a report, or texts to find in 'search'");
    }

    /// <summary>What <c>args</c> says: sources and options, as they follow the name of the report on a command line.</summary>
    RunRequest ReadWords(RunRequest request)
    {
        var words = new Queue<string>(Texts("args"));
        var said = new Dictionary<RequestOption, List<string>>();
        while (words.TryDequeue(out var word))
        {
            if (!word.StartsWith('-') || word == "-")
            {
                request = request with { Reading = request.Reading with { Sources = [.. request.Reading.Sources, Resolve(word)] } };
                continue;
            }

            var (option, value) = word.Split('=', 2) is [var before, var behind] ? (before, behind) : (word, null);
            if (Given.Contains(option))
            {
                throw Wrong($"has '{option}' in 'args', which a schedule gives its report by itself");
            }

            var found = RequestOptions.Find(request, option) ?? throw Wrong($"cannot be run: there is no option '{option}' for it");
            if (found.Kind == OptionKind.Flag && value is not null)
            {
                throw Wrong($"cannot be run: '{option}' takes no value. Leave the option out where it is not wanted");
            }

            var values = said.TryGetValue(found, out var others) ? others : said[found] = [];
            if (found.Kind is OptionKind.Text or OptionKind.Texts)
            {
                value ??= words.TryDequeue(out var next) ? next : throw Wrong($"cannot be run: '{option}' needs a value");
            }
            else if (found.Kind == OptionKind.OptionalText && value is null && words.TryPeek(out var next) && !next.StartsWith('-'))
            {
                value = words.Dequeue();
            }

            values.Add(value ?? "");
        }

        return said.Aggregate(request, (one, option) => With(one, option.Key, option.Value));
    }

    IReadOnlyList<string> Values(JsonProperty member, RequestOption option) => (option.Kind, member.Value.ValueKind) switch
    {
        (OptionKind.Flag or OptionKind.OptionalText, JsonValueKind.True) => [""],
        (OptionKind.Flag, JsonValueKind.False) => [],
        (OptionKind.Text or OptionKind.Texts or OptionKind.OptionalText, JsonValueKind.String) => [member.Value.GetString()!],
        (OptionKind.Text, JsonValueKind.Number) => [member.Value.GetRawText()],
        (OptionKind.Texts, JsonValueKind.Array) => TextsOf(member.Name, member.Value),
        (OptionKind.Flag, _) => throw Wrong($"has a '{member.Name}' that is neither true nor false"),
        _ => throw Wrong($"has a '{member.Name}' that is not a text{(option.Kind == OptionKind.Texts ? " or an array of texts" : "")}"),
    };

    RunRequest With(RunRequest request, RequestOption option, IReadOnlyList<string> values) => values.Count == 0
        ? request
        : Guard(() => option.With(request, Paths.Contains(option.Name) ? [.. values.Select(Resolve)] : values));

    IReadOnlyList<string> Texts(string setting) => schedule.TryGetProperty(setting, out var value) ? TextsOf(setting, value) : [];

    IReadOnlyList<string> TextsOf(string setting, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(one => one.GetString()!)],
        _ => throw Wrong($"has '{setting}' that is not an array of texts"),
    };

    string Resolve(string path) => path is "-" or "" || ObjectAddress.IsAddress(path) || ErrorStores.IsTable(path) ? path : settings.Resolve(path);

    T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UserException e)
        {
            throw new UserException($"{settings.Path}: The schedule '{name}' cannot be run: {e.Message}", UserException.Usage, e);
        }
    }

    UserException Wrong(string what) => new($"{settings.Path}: The schedule '{name}' {what}.", UserException.Usage);
}
