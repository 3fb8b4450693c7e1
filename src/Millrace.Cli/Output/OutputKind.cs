namespace Millrace.Cli.Output;

/// <summary>The forms of a result.</summary>
enum OutputKind
{
    Table,
    Json,
    Ndjson,
    Csv,
    Parquet,
    NodeGraph,
}
