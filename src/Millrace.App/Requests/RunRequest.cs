using Millrace.App.Reading;
using Millrace.Queries.Conditions;

namespace Millrace.App.Requests;

/// <summary>
/// Something to be found out: a report or a search, over sources or a lake, in a range. The command line, schedules, an API and functions all ask by one.
/// </summary>
public abstract record RunRequest
{
    /// <summary>What is read, and in which range.</summary>
    public ReadingRequest Reading { get; init; } = new();

    /// <summary>Conditions that an event must meet, all of them.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>How many rows, groups or hits are wanted; null for all, or for as many as is usual.</summary>
    public int? Limit
    {
        get;
        init => field = value is null or >= 0 ? value : throw new UserException($"--limit cannot be negative, and is {value}. Expected a number of rows.", UserException.Usage);
    }

    /// <summary>
    /// The column that rows are sorted by, with <c>:asc</c> or <c>:desc</c> behind it where the usual order is not wanted; null for the order of the report.
    /// </summary>
    public string? Sort { get; init; }

    /// <summary>What is run, as its command line begins: <c>report status</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The same over another range.</summary>
    /// <param name="since">The first instant.</param>
    /// <param name="until">The last.</param>
    public RunRequest Within(string since, string until) => this with { Reading = Reading with { Since = since, Until = until, AsOf = null } };
}
