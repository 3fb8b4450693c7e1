using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Logfmt;

namespace Millrace.Parsing.Formats;

/// <summary>Names and values, as Go's loggers and Heroku write them: the values of the usual names become event columns as those of JSON do, everything else goes to <c>attributes</c>.</summary>
static class LogfmtFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "logfmt",
        "names and values, as the loggers of Go programs and Heroku's router write them",
        "ts=2026-11-22T10:00:00.123Z level=warn service=orders msg=\"order 17 came twice\" duration=12.5ms retried",
        Bind)
    {
        IsGeneral = true,
    };

    static FormatBinding Bind(FormatInput input)
    {
        var plan = JsonNames.Plan(input);
        return JsonNames.Bind(
            "logfmt",
            input,
            () => new JsonLineParser(plan, new LocalZone(input.TimeZone), new LogfmtLine(plan.Paths)),
            new RawTable.None("its names stand in any order"));
    }
}
