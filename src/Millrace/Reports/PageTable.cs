namespace Millrace.Reports;

/// <summary>A table of a page.</summary>
/// <param name="Title">The heading above it.</param>
/// <param name="Columns">What each value of a row is.</param>
/// <param name="Rows">
/// As many values per row as there are columns, in the reader's order: text for <see cref="FigureKind.Text"/>, any number for the other kinds,
/// null for what is not known.
/// </param>
public sealed record PageTable(string Title, IReadOnlyList<PageColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A column of a page's table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">How its values read.</param>
public sealed record PageColumn(string Title, FigureKind Kind);

/// <summary>How a value reads.</summary>
public enum FigureKind
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>A count, every digit.</summary>
    Count,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>0 to 1, shown in per cent with a bar.</summary>
    Share,

    /// <summary>As a share, coloured where it deserves attention.</summary>
    ErrorShare,

    /// <summary>Milliseconds, shown in ms, s or min.</summary>
    Milliseconds,

    /// <summary>Bytes, shown in kB, MB or GB.</summary>
    Bytes,
}
