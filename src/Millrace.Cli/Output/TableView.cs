namespace Millrace.Cli.Output;

/// <summary>How much of a result a table shows.</summary>
sealed record TableView
{
    const int FirstRowsOfReport = 50;

    /// <summary>All that a table holds: what goes to a file or a pipe.</summary>
    public static TableView Whole { get; } = new();

    /// <summary>How many cells a line may have; null for any number.</summary>
    public int? Width { get; init; }

    /// <summary>How many rows are shown. Rows are held to be aligned, so their number is bounded.</summary>
    public int MostRows { get; init; } = 10_000;

    /// <summary>How to see the others.</summary>
    public string More { get; init; } = "--output csv has them all.";

    /// <summary>The view of any result.</summary>
    public static TableView Of(OutputChoice output, Terminal terminal) => output.Path is null ? Whole with { Width = terminal.Width } : Whole;

    /// <summary>The view of a report: its first rows where a person reads it, unless they said how many.</summary>
    public static TableView OfReport(OutputChoice output, Terminal terminal, int? limit)
    {
        var view = Of(output, terminal);
        return limit is { } most ? view with { MostRows = Math.Max(most, 0) }
            : output.Path is null && terminal.IsOutput ? view with { MostRows = FirstRowsOfReport, More = "--limit 200 shows more, --output csv has them all." }
            : view;
    }
}
