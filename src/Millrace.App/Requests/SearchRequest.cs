using Millrace.Search;

namespace Millrace.App.Requests;

/// <summary>A search to be run.</summary>
public sealed record SearchRequest : RunRequest
{
    /// <summary>Texts that an event has, all of them.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Texts that it does not have.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>True where the texts are regular expressions.</summary>
    public bool IsRegex { get; init; }

    /// <summary>True where the case of letters does not matter.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>How many lines before and after a hit are wanted.</summary>
    public int Context
    {
        get;
        init => field = value >= 0 ? value : throw new UserException("--context cannot be negative.", UserException.Usage);
    }

    /// <inheritdoc/>
    public override string Title => "search";

    /// <summary>What is searched for, in a few words: <c>timeout, payment, status>=500</c>.</summary>
    public string Question => string.Join(", ", [.. Terms, .. Without.Select(text => $"not {text}"), .. Where.Select(one => one.ToString())]);

    /// <summary>The search itself. Throws a <see cref="UserException"/> where it asks for nothing, or for an order or a limit that there is not.</summary>
    internal SearchQuery Query()
    {
        if (Terms.Count == 0 && Where.Count == 0)
        {
            throw new UserException("There is nothing to search for. Name a text, or a condition with --where.", UserException.Usage);
        }

        if (Limit == 0)
        {
            throw new UserException("--limit must be positive.", UserException.Usage);
        }

        if (Sort is not (null or "time"))
        {
            throw new UserException($"Hits cannot be sorted by '{Sort}'. Expected time.", UserException.Usage);
        }

        return new SearchQuery { Terms = Terms, Without = Without, IsRegex = IsRegex, IgnoresCase = IgnoresCase, Filters = Where, Context = Context, Limit = Limit };
    }
}
