using System.Text;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Csv;

/// <summary>Finds out what the columns of a CSV file are: by the usual names, and by the values of the sample.</summary>
sealed partial class CsvColumns(CsvHeader header, FormatInput input)
{
    readonly LocalZone _zone = new(input.TimeZone);
    readonly Dictionary<NamedField, (int Column, int Rank)> _columnOf = [];
    readonly CsvColumn[] _columns = new CsvColumn[header.Names.Length];

    /// <summary>The columns with the kinds of their values.</summary>
    public IReadOnlyList<CsvColumn> Columns => _columns;

    /// <summary>Which columns the event columns are made from.</summary>
    public ColumnMap Map { get; } = new();

    /// <summary>True where the columns tell a time, a request or a status, as the lines of a log do.</summary>
    public bool IsLog => new[] { NamedField.Timestamp, NamedField.Request, NamedField.Status, NamedField.Url, NamedField.Endpoint }.Any(_columnOf.ContainsKey);

    /// <summary>Reads header and sample.</summary>
    public CsvColumns Read()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = ColumnOf(i, out var meaning);
            if (meaning is { } known && (!_columnOf.TryGetValue(known.Field, out var other) || known.Rank < other.Rank))
            {
                _columnOf[known.Field] = (i, known.Rank);
            }
        }

        MapRequest();
        foreach (var (field, (column, _)) in _columnOf)
        {
            MapColumn(field, column);
        }

        return this;
    }

    CsvColumn ColumnOf(int index, out FieldName? meaning)
    {
        var name = header.Names[index];
        meaning = MeaningOf(name);
        if (meaning is { Field: var field, Unit: var unit } && KindOf(field) is not CsvValueKind.Text and var kind)
        {
            var typed = new CsvColumn(name, kind, unit);
            if (MostlyReads(index, typed))
            {
                return typed;
            }

            meaning = null;
        }

        if (meaning is null or { Field: NamedField.Url or NamedField.Endpoint or NamedField.Request } && HoldsRequests(index))
        {
            meaning = new(NamedField.Request, meaning?.Rank ?? int.MaxValue);
        }

        return meaning is null ? OwnColumn(name, index) : new(name, CsvValueKind.Text);
    }

    FieldName? MeaningOf(string name)
    {
        foreach (var (column, mapped) in input.Mapping)
        {
            if (column.Field() is { } field && FieldNames.Plain(mapped) == FieldNames.Plain(name))
            {
                return new(field, -1, FieldNames.UnitOf(name));
            }
        }

        return FieldNames.TryFind(name, out var meaning) ? meaning : null;
    }

    static CsvValueKind KindOf(NamedField field) => field switch
    {
        NamedField.Timestamp => CsvValueKind.Time,
        NamedField.Status or NamedField.Bytes => CsvValueKind.Integer,
        NamedField.Duration => CsvValueKind.Duration,
        _ => CsvValueKind.Text,
    };

    CsvColumn OwnColumn(string name, int index)
    {
        var column = new[] { CsvValueKind.Integer, CsvValueKind.Real }.Select(kind => new CsvColumn(name, kind)).FirstOrDefault(AllRead);
        return column ?? new(name, CsvValueKind.Text);

        bool AllRead(CsvColumn column) => header.ValuesOf(index).Any() && header.ValuesOf(index).All(value => Reads(value, column));
    }

    // Junk between the lines must not change what a column is.
    bool MostlyReads(int index, CsvColumn column) => header.ValuesOf(index).Sum(value => Reads(value, column) ? 1 : -1) >= 0;

    bool HoldsRequests(int index)
    {
        var values = header.ValuesOf(index).ToList();
        var requests = values.Count(value => RequestLine().IsMatch(value));
        return requests > 0 && requests * 2 >= values.Count;
    }

    bool Reads(string value, CsvColumn column) => CsvValue.TryRead(Encoding.UTF8.GetBytes(value), column, _zone, out _);

    void MapRequest()
    {
        if (_columnOf.TryGetValue(NamedField.Request, out var request))
        {
            Map.WithRequest(request.Column);
        }
        else if (_columnOf.TryGetValue(NamedField.Endpoint, out var endpoint))
        {
            Map.WithUrl(endpoint.Column);
        }

        if (_columnOf.TryGetValue(NamedField.Url, out var url))
        {
            Map.WithUrl(url.Column);
        }
    }

    void MapColumn(NamedField field, int column)
    {
        if (field != NamedField.Url && field.Column() is { } eventColumn)
        {
            Map[eventColumn] = field switch
            {
                NamedField.Level => new(ColumnSourceKind.Severity, column),
                NamedField.ClientIp => new(ColumnSourceKind.AddressWithoutPort, column),
                _ => ColumnSource.From(column),
            };
        }
    }

    [GeneratedRegex("^[A-Z]{3,10} \\S+ HTTP/[0-9.]+$", RegexOptions.CultureInvariant)]
    private static partial Regex RequestLine();
}
