using Millrace.Queries.Results;
using Millrace.Search;

namespace Millrace.Cli.Output;

/// <summary>
/// Prints hits as they come: lines for a person, objects or rows for a program. What is printed is collected and written by <see cref="Flush"/>, or when it has
/// become much.
/// </summary>
sealed class HitPrinter : IDisposable
{
    readonly Stream _output;
    readonly bool _hasContext;
    readonly JsonRows? _json;
    readonly CsvRows? _csv;
    readonly HitLines? _lines;

    public HitPrinter(OutputKind kind, Stream output, SearchQuery query, bool isTerminal, bool isColoured)
    {
        (_output, _hasContext) = (output, query.Context > 0);
        switch (kind)
        {
            case OutputKind.Table:
                _lines = new HitLines(output, query, isTerminal, isColoured);
                break;
            case OutputKind.Csv:
                _csv = new CsvRows(output);
                _csv.WriteHeader(HitRows.Columns);
                break;
            default:
                _json = new JsonRows(output, isArray: kind == OutputKind.Json);
                break;
        }
    }

    /// <summary>Prints one.</summary>
    public void Print(scoped in SearchHit hit)
    {
        if (_json is not null)
        {
            HitRows.Write(_json, hit, _hasContext);
        }
        else if (_csv is not null)
        {
            HitRows.Write(_csv, hit);
        }
        else
        {
            _lines!.Write(hit);
        }
    }

    /// <summary>Writes what was collected.</summary>
    public void Flush()
    {
        _json?.Flush();
        _csv?.Flush();
        _lines?.Flush();
        _output.Flush();
    }

    /// <summary>Ends what was printed.</summary>
    public void End()
    {
        _json?.Finish();
        Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();
}
