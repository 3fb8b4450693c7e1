using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.Cli.Output;

/// <summary>Prints the rows of a result as they come.</summary>
static class ResultPrinter
{
    /// <summary>Prints a result. Tables are held whole to be aligned; the other forms are streamed.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="kind">The form.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="view">How much of them a table shows.</param>
    /// <param name="omitted">Columns that JSON leaves out.</param>
    public static void Print(QueryResult rows, OutputKind kind, Stream output, TableView view, IReadOnlySet<string>? omitted = null)
    {
        switch (kind)
        {
            case OutputKind.Table:
                TablePrinter.Print(rows, output, view);
                break;
            case OutputKind.Csv:
                rows.WriteCsv(output);
                break;
            case OutputKind.Json or OutputKind.Ndjson:
                rows.WriteJson(output, isArray: kind == OutputKind.Json, omitted);
                break;
            default:
                throw new UserException($"This result cannot be printed as {kind.ToString().ToLowerInvariant()}.", UserException.Usage);
        }
    }
}
