using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Letters;

/// <summary>What a report found.</summary>
/// <param name="Report">The report.</param>
/// <param name="Since">Where its range begins; null for no bound.</param>
/// <param name="Until">Where it ends; null likewise.</param>
/// <param name="Rows">Its rows, which composing reads to their end.</param>
public sealed record ReportFinding(Report Report, DateTimeOffset? Since, DateTimeOffset? Until, QueryResult Rows);
