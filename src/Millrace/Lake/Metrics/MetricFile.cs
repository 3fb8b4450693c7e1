using System.Text.Json.Serialization;

namespace Millrace.Lake.Metrics;

/// <summary>A file of windows: those of one metric of one component.</summary>
/// <param name="Path">Its path in the table of metrics.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Component">The component; null where none is named.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Windows">How many windows it has.</param>
sealed record MetricFile(string Path, string Metric, string? Component, long Bytes, long Windows);

/// <summary>How windows stand in a tag: as JSON.</summary>
[JsonSerializable(typeof(MetricFile[]))]
sealed partial class MetricFilesContext : JsonSerializerContext;
