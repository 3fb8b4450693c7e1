using System.Text.Json;
using Cronos;
using Millrace.Events;

namespace Millrace.Schedules;

/// <summary>Reads the section <c>schedules</c> of the settings: an object of schedules by their names.</summary>
public static class ScheduleSettings
{
    const string Expected = """Expected {"report": "errors", "args": ["logs/*.gz"], "cron": "0 7 * * MON-FRI", "mailTo": "ops@example.com"}, and by choice "tz": "Europe/Berlin" and "sendWhen": "always", "found" or "news".""";

    static readonly string[] Known = ["report", "args", "cron", "tz", "mailTo", "sendWhen"];

    /// <summary>What a schedule gives its report by itself.</summary>
    static readonly string[] Given = ["--since", "--until", "--as-of", "--mail-to", "--config", "--out"];

    /// <summary>Reads the section. Throws a <see cref="UserException"/> for what is missing, unknown or cannot be.</summary>
    /// <param name="section">The section.</param>
    /// <param name="path">The file that it stands in, for messages.</param>
    public static IReadOnlyList<Schedule> Parse(JsonElement section, string path) => section.ValueKind == JsonValueKind.Object
        ? [.. section.EnumerateObject().Select(member => Parse(member, path))]
        : throw Wrong(path, $"'schedules' is not an object. Expected {{\"NAME\": {{…}}}}. {Expected}");

    static Schedule Parse(JsonProperty member, string path)
    {
        var name = member.Name.Length > 0 && member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? member.Name
            : throw Wrong(path, $"'{member.Name}' in 'schedules' is not a name. Expected letters, digits, '-' and '_'.");
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path, $"The schedule '{name}' is not an object. {Expected}");
        }

        foreach (var unknown in member.Value.EnumerateObject().Where(setting => !Known.Contains(setting.Name)))
        {
            throw Wrong(path, $"The schedule '{name}' has no setting '{unknown.Name}'. Expected {string.Join(", ", Known[..^1])} or {Known[^1]}.");
        }

        string? Text(string setting) => !member.Value.TryGetProperty(setting, out var value) ? null
            : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
            : throw Wrong(path, $"'{setting}' of the schedule '{name}' is not a text. {Expected}");
        string Needed(string setting) => Text(setting) ?? throw Wrong(path, $"The schedule '{name}' has no '{setting}'. {Expected}");

        return new Schedule(name, Needed("report"), Arguments(member.Value, name, path), CronOf(Needed("cron"), name, path), TimeZones.Find(Text("tz") ?? "UTC"), Needed("mailTo"), WhenOf(Text("sendWhen"), name, path));
    }

    static string[] Arguments(JsonElement schedule, string name, string path)
    {
        if (!schedule.TryGetProperty("args", out var args))
        {
            return [];
        }

        if (args.ValueKind != JsonValueKind.Array || args.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            throw Wrong(path, $"'args' of the schedule '{name}' is not an array of texts. {Expected}");
        }

        string[] words = [.. args.EnumerateArray().Select(one => one.GetString()!)];
        return words.FirstOrDefault(word => Array.Exists(Given, given => word == given || word.StartsWith(given + "=", StringComparison.Ordinal))) is { } own
            ? throw Wrong(path, $"'args' of the schedule '{name}' has '{own}', which a schedule gives its report by itself.")
            : words;
    }

    static string CronOf(string cron, string name, string path)
    {
        try
        {
            CronExpression.Parse(cron);
            return cron;
        }
        catch (CronFormatException e)
        {
            throw Wrong(path, $"'cron' of the schedule '{name}' is '{cron}', which is no time of cron: {e.Message} Expected five fields: minute, hour, day, month and day of the week, such as 0 7 * * MON-FRI.", e);
        }
    }

    static SendWhen WhenOf(string? text, string name, string path) => text switch
    {
        null or "found" => SendWhen.Found,
        "always" => SendWhen.Always,
        "news" => SendWhen.News,
        _ => throw Wrong(path, $"'sendWhen' of the schedule '{name}' is '{text}'. Expected always, found or news."),
    };

    static UserException Wrong(string path, string what, Exception? cause = null) => new($"{path}: {what}", UserException.Usage, cause);
}
