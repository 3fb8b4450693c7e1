using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.App.Runs;

/// <summary>The forms in which programs take a result.</summary>
public enum ResultForm
{
    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values, with the names of the columns first.</summary>
    Csv,

    /// <summary>A Parquet file.</summary>
    Parquet,

    /// <summary>The two frames of Grafana's node graph.</summary>
    NodeGraph,
}

/// <summary>The names of forms.</summary>
public static class ResultForms
{
    /// <summary>The name, as users write it.</summary>
    public static string Name(this ResultForm form) => form == ResultForm.NodeGraph ? "node-graph" : form.ToString().ToLowerInvariant();

    /// <summary>Writes rows in a form that takes rows.</summary>
    internal static void Write(this ResultForm form, QueryResult rows, Stream output, IReadOnlySet<string> omitted)
    {
        if (form == ResultForm.Csv)
        {
            rows.WriteCsv(output);
        }
        else
        {
            rows.WriteJson(output, isArray: form == ResultForm.Json, omitted);
        }
    }

    /// <summary>The extension of files of the form, without the dot.</summary>
    public static string Extension(this ResultForm form) => form == ResultForm.NodeGraph ? "json" : form.ToString().ToLowerInvariant();
}
