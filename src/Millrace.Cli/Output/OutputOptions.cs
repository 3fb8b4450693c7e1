using System.CommandLine;

namespace Millrace.Cli.Output;

/// <summary>The options that say where a result goes and how it looks.</summary>
/// <param name="isColoured">True for a command that colours what it prints.</param>
sealed class OutputOptions(bool isColoured = false)
{
    readonly Option<string?> _output = new("--output", "-o") { Description = "table, json, ndjson, csv or parquet; table on a terminal, ndjson in a pipe" };
    readonly Option<string?> _out = new("--out") { Description = "Write to this file or s3://bucket/key instead of standard output" };
    readonly Option<string?> _color = new("--color")
    {
        Description = "auto, always or never; auto colours tables on a terminal unless NO_COLOR is set or TERM is dumb, always prints a coloured table in a pipe too",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_out);
        if (isColoured)
        {
            command.Options.Add(_color);
        }
    }

    /// <summary>What the command line says.</summary>
    public OutputChoice Read(ParseResult parsed)
    {
        var path = parsed.GetValue(_out);
        var color = isColoured && parsed.GetValue(_color) is { } word ? ColorOf(word) : ColorChoice.Auto;
        var kind = parsed.GetValue(_output) is { } text ? KindOf(text)
            : path is null && (!Console.IsOutputRedirected || color == ColorChoice.Always) ? OutputKind.Table
            : KindOfPath(path);
        if (kind == OutputKind.Parquet && path is null)
        {
            throw new UserException("Parquet cannot go to standard output. Name a file with --out FILE.parquet.", UserException.Usage);
        }

        return new OutputChoice(kind, path) { Color = color };
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

    static OutputKind KindOfPath(string? path) => Path.GetExtension(path ?? "") switch
    {
        ".json" => OutputKind.Json,
        ".csv" => OutputKind.Csv,
        ".parquet" => OutputKind.Parquet,
        ".txt" => OutputKind.Table,
        _ => OutputKind.Ndjson,
    };
}
