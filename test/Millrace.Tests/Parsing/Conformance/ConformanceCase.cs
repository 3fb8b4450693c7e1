using System.Text.Json;

namespace Millrace.Tests.Parsing.Conformance;

/// <summary>One case of shared data: a line, and the neutral fields that another project's own tests expect of it.</summary>
/// <param name="Id">Which case it is.</param>
/// <param name="Format">The name of the format as the case gives it.</param>
/// <param name="Line">The text of one or several physical lines.</param>
/// <param name="Arguments">What the peer was told about the line.</param>
/// <param name="Fields">The order of the fields of a flow log; null where the case does not say it.</param>
/// <param name="IsError">True where the peer refuses the line.</param>
/// <param name="Expected">One set of fields a data record; empty where the peer asserts nothing that has a neutral form.</param>
sealed record ConformanceCase(string Id, string Format, string Line, JsonElement Arguments, string? Fields, bool IsError, IReadOnlyList<JsonElement> Expected)
{
    /// <summary>Every case of the folder.</summary>
    public static IReadOnlyList<ConformanceCase> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(Read)];

    /// <summary>True where there is something to compare.</summary>
    public bool IsNeutral => Expected.Any(record => record.EnumerateObject().Any());

    static ConformanceCase Read(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        var expected = root.TryGetProperty("expected", out var given) ? given : default;
        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("format").GetString()!,
            root.GetProperty("line").GetString() ?? "",
            root.TryGetProperty("args", out var arguments) ? arguments : default,
            root.TryGetProperty("fields", out var fields) ? fields.GetString() : null,
            root.GetProperty("expect_error").GetBoolean(),
            expected.ValueKind switch
            {
                JsonValueKind.Object => [expected],
                JsonValueKind.Array => [.. expected.EnumerateArray()],
                _ => [],
            });
    }
}
