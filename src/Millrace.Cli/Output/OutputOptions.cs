using System.CommandLine;

namespace Millrace.Cli.Output;

/// <summary>The options that say where a result goes and how it looks.</summary>
sealed class OutputOptions
{
    readonly Option<string?> _output = new("--output", "-o") { Description = "table, json, ndjson, csv or parquet; table on a terminal, ndjson in a pipe" };
    readonly Option<string?> _out = new("--out") { Description = "Write to this file or s3://bucket/key instead of standard output" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_out);
    }

    /// <summary>What the command line says.</summary>
    public OutputChoice Read(ParseResult parsed)
    {
        var path = parsed.GetValue(_out);
        var kind = parsed.GetValue(_output) is { } text ? KindOf(text) : path is null && !Console.IsOutputRedirected ? OutputKind.Table : KindOfPath(path);
        if (kind == OutputKind.Parquet && path is null)
        {
            throw new UserException("Parquet cannot go to standard output. Name a file with --out FILE.parquet.", UserException.Usage);
        }

        return new OutputChoice(kind, path);
    }

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
