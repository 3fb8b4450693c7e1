namespace Millrace.Search;

/// <summary>The terms of a query, ready to be looked for. Safe for use from several threads.</summary>
sealed class SearchMatcher
{
    readonly SearchTerm[] _terms;
    readonly SearchTerm[] _without;

    public SearchMatcher(SearchQuery query)
    {
        if (query.Terms.Concat(query.Without).Any(string.IsNullOrEmpty))
        {
            throw new UserException("An empty term stands in every line. Name a text to search for.", UserException.Usage);
        }

        // The longest text is the rarest: it is what whole blocks are searched for.
        _terms = [.. query.Terms.Select(term => SearchTerm.Of(term, query.IsRegex, query.IgnoresCase)).OrderByDescending(term => term.Finder is null ? -1 : term.Length)];
        _without = [.. query.Without.Select(term => SearchTerm.Of(term, query.IsRegex, query.IgnoresCase))];
        First = _terms.Length > 0 ? _terms[0].Finder : null;
    }

    /// <summary>What every hit has; null where every line must be looked at.</summary>
    public TermFinder? First { get; }

    /// <summary>True where a text has all terms and none of those that it must not have.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        foreach (var term in _terms)
        {
            if (!term.IsIn(text))
            {
                return false;
            }
        }

        foreach (var term in _without)
        {
            if (term.IsIn(text))
            {
                return false;
            }
        }

        return true;
    }
}
