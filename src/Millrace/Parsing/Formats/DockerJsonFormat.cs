using Millrace.Events;
using Millrace.Parsing.Json;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// What Docker's json-file driver writes of a container's output: <c>/var/lib/docker/containers/ID/ID-json.log</c>. A line of more than 16 KiB comes in
/// several records, of which all but the last have no line break at their end; each is an event.
/// </summary>
static class DockerJsonFormat
{
    static readonly JsonShape Shape = new(
        new("time", "time", IsoTime, Timestamp, Meaning: "when Docker received the line") { IsRequired = true },
        new("stream", "stream", Meaning: "stdout or stderr") { IsRequired = true },
        new("log", "log", TextLine, Message, Meaning: "the line, without its line break") { IsRequired = true },
        new("attrs", "attrs", JsonFieldSyntax.Json, Meaning: "the labels and variables that the driver was told to log"));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "docker-json",
        "containers under Docker, as its json-file driver writes their output",
        """{"log":"order 17 came twice\n","stream":"stderr","time":"2026-11-22T10:00:00.123456789Z"}""",
        input => Shape.Bind("docker-json", input));
}
