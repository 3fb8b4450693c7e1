namespace Millrace.Parsing;

/// <summary>
/// How an engine that knows nothing of Millrace reads raw files of a format: <c>formats explain</c> prints Spark and Athena SQL from it. Values are the texts of the
/// line, which the SQL casts to the types of the columns.
/// </summary>
public abstract record RawTable
{
    RawTable()
    {
    }

    /// <summary>Fields that are sums of others, in microseconds like their parts.</summary>
    public IReadOnlyList<RawSum> Sums { get; init; } = [];

    /// <summary>One regular expression that matches whole lines.</summary>
    /// <param name="Expression">In the common part of Java's, RE2's and .NET's syntax (no look-around, no atomic groups), with one capturing group a field.</param>
    /// <param name="Fields">What each group holds, in the order of the groups.</param>
    public sealed record Regex(string Expression, IReadOnlyList<RawField> Fields) : RawTable;

    /// <summary>One JSON object a line.</summary>
    /// <param name="Fields">The fields with their paths.</param>
    public sealed record Json(IReadOnlyList<RawField> Fields) : RawTable;

    /// <summary>Values parted by a character.</summary>
    /// <param name="Delimiter">The character.</param>
    /// <param name="IsQuoted">True where a value may stand in double quotes, with doubled ones inside.</param>
    /// <param name="HeaderLines">How many lines to leave out at the start of each file.</param>
    /// <param name="Fields">Every column of the file, in their order.</param>
    public sealed record Delimited(char Delimiter, bool IsQuoted, int HeaderLines, IReadOnlyList<RawField> Fields) : RawTable;

    /// <summary>No table can be made over the raw files.</summary>
    /// <param name="Reason">Why: the end of a sentence that begins with "because".</param>
    public sealed record None(string Reason) : RawTable;
}
