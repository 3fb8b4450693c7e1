namespace Millrace.Reports;

/// <summary>What <c>--sort</c> says: a column, and in which direction where that is not left to the column.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsDescending">The direction; null for the usual one: numbers and times from the largest, texts from A to Z.</param>
public readonly record struct SortOrder(string Column, bool? IsDescending)
{
    /// <summary>Reads <c>COLUMN</c>, <c>COLUMN:asc</c> or <c>COLUMN:desc</c>.</summary>
    public static SortOrder Parse(string text) => text.Split(':') switch
    {
        [var column, "asc"] => new(column, false),
        [var column, "desc"] => new(column, true),
        [var column] => new(column, null),
        _ => throw new UserException($"'{text}' is not an order for --sort. Expected COLUMN, COLUMN:asc or COLUMN:desc.", UserException.Usage),
    };

    /// <summary>What to say of a column that there is not.</summary>
    public UserException Unknown(IEnumerable<string> columns) =>
        new($"There is no column '{Column}' to sort by. Expected {string.Join(", ", columns)}.", UserException.Usage);
}
