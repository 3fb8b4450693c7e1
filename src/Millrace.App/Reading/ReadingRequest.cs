using Millrace.Aws;

namespace Millrace.App.Reading;

/// <summary>
/// What is to be read, and how, as a person says it: on a command line, in a schedule, in the query of a URL. Texts stand as they were written, so that they
/// can be repeated;
/// <see cref="Workplace.Plan"/> says what they mean, and refuses those that mean nothing.
/// </summary>
public sealed record ReadingRequest
{
    /// <summary>Paths, globs, directories, <c>-</c> or <c>s3://bucket/prefix</c>.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The lake that takes the place of sources: a directory or <c>s3://bucket/prefix</c>; null for that of the settings.</summary>
    public string? Lake { get; init; }

    /// <summary>The version of the lake, by its number or a time; null for the newest.</summary>
    public string? At { get; init; }

    /// <summary>The first time; <c>all</c> for no bound.</summary>
    public string? Since { get; init; }

    /// <summary>The last time, inclusive.</summary>
    public string? Until { get; init; }

    /// <summary>What is "now".</summary>
    public string? AsOf { get; init; }

    /// <summary>The zone of stamps and dates that name none; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The format, with its layout after a colon; null to detect it in each file.</summary>
    public string? Format { get; init; }

    /// <summary>The rule for the service.</summary>
    public string? Service { get; init; }

    /// <summary>The rule for the caller.</summary>
    public string? Caller { get; init; }

    /// <summary>Fields for event columns, as <c>COLUMN=FIELD</c>.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    /// <summary>Templates of paths that go before the built-in ones.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>The file that lines which do not parse are written to.</summary>
    public string? Rejects { get; init; }

    /// <summary>The share of such lines that is borne, as <c>1%</c> or <c>0.01</c>.</summary>
    public string? MaxRejects { get; init; }

    /// <summary>How <c>s3://</c> is reached.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>How many threads work; 0 for one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>True to keep the order of files and lines, on one thread.</summary>
    public bool IsOrdered { get; init; }
}
