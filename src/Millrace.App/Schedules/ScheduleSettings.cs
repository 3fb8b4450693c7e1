using System.Text.Json;
using Cronos;
using Millrace.App.Requests;
using Millrace.Events;

namespace Millrace.App.Schedules;

/// <summary>Reads the section <c>schedules</c> of the settings: an object of schedules by their names.</summary>
static class ScheduleSettings
{
    const string Expected = """
        Expected {"report": "errors", "sources": ["logs/*.gz"], "cron": "0 7 * * MON-FRI", "mailTo": "ops@example.com"}, optionally with "tz": "Europe/Berlin" and "sendWhen": "always", "found" or "news".
        """;

    /// <summary>Reads the section. Throws a <see cref="UserException"/> for what is missing, unknown or means nothing.</summary>
    /// <param name="section">The section.</param>
    /// <param name="settings">The settings that it is of: paths count from their file.</param>
    public static IReadOnlyList<Schedule> Parse(JsonElement section, Settings settings) => section.ValueKind == JsonValueKind.Object
        ? [.. section.EnumerateObject().Select(member => Parse(member, settings))]
        : throw Wrong(settings, $"'schedules' is not an object. Expected {{\"NAME\": {{…}}}}. {Expected.Trim()}");

    static Schedule Parse(JsonProperty member, Settings settings)
    {
        var name = member.Name.Length > 0 && member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? member.Name
            : throw Wrong(settings, $"'{member.Name}' in 'schedules' is not a name. Expected letters, digits, '-' and '_'.");
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(settings, $"The schedule '{name}' is not an object. {Expected.Trim()}");
        }

        string? Text(string setting) => !member.Value.TryGetProperty(setting, out var value) ? null
            : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
            : throw Wrong(settings, $"'{setting}' of the schedule '{name}' is not a text. {Expected.Trim()}");
        string Needed(string setting) => Text(setting) ?? throw Wrong(settings, $"The schedule '{name}' has no '{setting}'. {Expected.Trim()}");

        var zone = TimeZones.Find(Text("tz") ?? "UTC");
        var request = new ScheduledRequest(name, member.Value, settings).Read();
        return new Schedule(name, request, CronOf(Needed("cron"), name, settings), zone, Needed("mailTo"), WhenOf(Text("sendWhen"), name, settings));
    }

    static string CronOf(string cron, string name, Settings settings)
    {
        try
        {
            CronExpression.Parse(cron);
            return cron;
        }
        catch (CronFormatException e)
        {
            throw Wrong(
                settings, $"'cron' of the schedule '{name}' is '{cron}', which is not a time of cron: {e.Message} Expected five fields: minute, hour, day, month and day of the week, such as 0 7 * * MON-FRI.", e);
        }
    }

    static SendWhen WhenOf(string? text, string name, Settings settings) => text switch
    {
        null or "found" => SendWhen.Found,
        "always" => SendWhen.Always,
        "news" => SendWhen.News,
        _ => throw Wrong(settings, $"'sendWhen' of the schedule '{name}' is '{text}'. Expected always, found or news."),
    };

    static UserException Wrong(Settings settings, string what, Exception? cause = null) => new($"{settings.Path}: {what}", UserException.Usage, cause);
}
