namespace Millrace.Cli.Output;

/// <summary>
/// Lays cells out as an aligned table that fits a width: texts are cut, the widest first; where that is not enough, columns are left out from the end. Ids
/// stand last, and columns without a value are left out, unless none has one.
/// </summary>
sealed class TableLayout
{
    const int Gap = 2;

    /// <summary>A text is not cut to less than this, nor is the name of a column of numbers cut to less than the other.</summary>
    const int LeastText = 12;
    const int LeastNumberName = 20;

    readonly IReadOnlyList<TableColumn> _columns;
    readonly IReadOnlyList<string?[]> _rows;
    readonly List<Shown> _shown;

    /// <param name="columns">The columns.</param>
    /// <param name="rows">A cell a column; null where there is no value.</param>
    /// <param name="width">How many cells of a terminal a line may have; null for any number.</param>
    public TableLayout(IReadOnlyList<TableColumn> columns, IReadOnlyList<string?[]> rows, int? width)
    {
        (_columns, _rows) = (columns, rows);
        int[] all = [.. Enumerable.Range(0, columns.Count)];
        int[] filled = [.. all.Where(i => rows.Any(row => row[i] is not null))];
        filled = filled.Length == 0 ? all : filled;
        _shown = [.. filled.OrderBy(i => columns[i].IsId).Select(Measure)];
        Empty = [.. all.Except(filled).Select(i => columns[i].Name)];
        NotFitting = width is { } most ? Fit(most) : [];
    }

    /// <summary>The columns that have no value in any row.</summary>
    public IReadOnlyList<string> Empty { get; }

    /// <summary>The columns for which there was no room.</summary>
    public IReadOnlyList<string> NotFitting { get; }

    /// <summary>The table, with the names of the columns first.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Line(column => _columns[column].Name);
        yield return string.Join(new string(' ', Gap), _shown.Select(shown => new string('─', shown.Width)));
        foreach (var row in _rows)
        {
            yield return Line(column => row[column] ?? "");
        }
    }

    string Line(Func<int, string> cell) => string.Join(
        new string(' ', Gap),
        _shown.Select(shown => TerminalText.Pad(TerminalText.Fit(cell(shown.Column), shown.Width), shown.Width, _columns[shown.Column].IsNumber))).TrimEnd();

    Shown Measure(int column)
    {
        var name = TerminalText.Width(_columns[column].Name);
        var cells = _rows.Count == 0 ? 0 : _rows.Max(row => row[column] is { } text ? TerminalText.Width(text) : 0);
        var width = Math.Max(name, cells);
        return new Shown(column, width, _columns[column].IsNumber ? Math.Max(cells, Math.Min(name, LeastNumberName)) : Math.Min(width, LeastText));
    }

    /// <summary>Makes the columns fit. Returns the names of those that do not; the first one is always shown.</summary>
    List<string> Fit(int width)
    {
        var count = _shown.Count;
        while (count > 1 && Total(_shown.Take(count).Select(shown => shown.Least)) > width)
        {
            count--;
        }

        List<string> names = [.. _shown.Skip(count).Select(shown => _columns[shown.Column].Name)];
        _shown.RemoveRange(count, _shown.Count - count);
        for (var over = Total(_shown.Select(shown => shown.Width)) - width; over > 0 && Widest() is >= 0 and var widest; over--)
        {
            _shown[widest] = _shown[widest] with { Width = _shown[widest].Width - 1 };
        }

        return names;
    }

    /// <summary>The widest column that may still be cut, of several the last; -1 where there is none.</summary>
    int Widest()
    {
        var widest = -1;
        for (var i = 0; i < _shown.Count; i++)
        {
            widest = _shown[i].Width > _shown[i].Least && (widest < 0 || _shown[i].Width >= _shown[widest].Width) ? i : widest;
        }

        return widest;
    }

    static int Total(IEnumerable<int> widths) => widths.Sum(width => width + Gap) - Gap;

    /// <summary>A column that is shown, how wide, and how wide at least.</summary>
    readonly record struct Shown(int Column, int Width, int Least);
}
