using System.CommandLine;

namespace Millrace.Cli.Output;

/// <summary>The options that say where a result goes and how it looks.</summary>
/// <param name="isColoured">True for a command that colours what it prints.</param>
/// <param name="hasPath">False for a command that prints to standard output alone.</param>
sealed class OutputOptions(bool isColoured = false, bool hasPath = true)
{
    readonly Option<string?> _output = new("--output", "-o")
    {
        Description = hasPath ? "table, json, ndjson, csv or parquet; table on a terminal, ndjson in a pipe" : "table, json or ndjson",
    };
    readonly Option<string?> _out = new("--out") { Description = "Write to this file or s3://bucket/key instead of standard output" };
    readonly Option<string?> _color = new("--color")
    {
        Description = "auto, always or never; auto colours tables on a terminal unless NO_COLOR is set or TERM is dumb, always prints a coloured table in a pipe too",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_output, .. hasPath ? [_out] : Array.Empty<Option>(), .. isColoured ? [_color] : Array.Empty<Option>()];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usual">The form where neither it nor a file's name says one; null for a table on a terminal and NDJSON in a pipe.</param>
    public OutputChoice Read(ParseResult parsed, OutputKind? usual = null)
    {
        var path = hasPath ? parsed.GetValue(_out) : null;
        var color = isColoured && parsed.GetValue(_color) is { } word ? ColorOf(word) : ColorChoice.Auto;
        var kind = parsed.GetValue(_output) is { } text ? KindOf(text)
            : path is not null ? KindOfPath(path)
            : usual ?? (!Console.IsOutputRedirected || color == ColorChoice.Always ? OutputKind.Table : OutputKind.Ndjson);
        return kind == OutputKind.Parquet && path is null
            ? throw new UserException("Parquet cannot go to standard output. Name a file with --out FILE.parquet.", UserException.Usage)
            : new OutputChoice(kind, path) { Color = color };
    }

    static ColorChoice ColorOf(string text) => text switch
    {
        "auto" => ColorChoice.Auto,
        "always" => ColorChoice.Always,
        "never" => ColorChoice.Never,
        _ => throw new UserException($"'{text}' is not a choice for --color. Expected auto, always or never.", UserException.Usage),
    };

    static OutputKind KindOf(string text) => text switch
    {
        "table" => OutputKind.Table,
        "json" => OutputKind.Json,
        "ndjson" => OutputKind.Ndjson,
        "csv" => OutputKind.Csv,
        "parquet" => OutputKind.Parquet,
        "node-graph" => OutputKind.NodeGraph,
        _ => throw new UserException($"There is no output '{text}'. Expected table, json, ndjson, csv or parquet, or for 'report traffic' node-graph.", UserException.Usage),
    };

    // What has no extension may be a device or a folder; one that says another form than there is must not hold something else.
    static OutputKind KindOfPath(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => OutputKind.Json,
        ".ndjson" or ".jsonl" or "" => OutputKind.Ndjson,
        ".csv" => OutputKind.Csv,
        ".parquet" => OutputKind.Parquet,
        ".txt" => OutputKind.Table,
        var other when Directory.Exists(path) => OutputKind.Ndjson,
        var other => throw new UserException($"'{path}' does not say a form that results are written in: there is none for '{other}'. Expected .json, .ndjson, .csv, .parquet or .txt, or say it with --output.", UserException.Usage),
    };
}
