using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>Where each event column of a format comes from. A column that is not set is NULL.</summary>
public sealed class ColumnMap
{
    readonly ColumnSource[] _sources = new ColumnSource[EventColumns.Count];
    readonly HashSet<int> _kept = [];

    /// <summary>A map in which every column is NULL.</summary>
    public ColumnMap()
    {
        for (var i = 0; i < _sources.Length; i++)
        {
            _sources[i] = new ColumnSource(ColumnSourceKind.None);
        }
    }

    /// <summary>Where a column comes from.</summary>
    public ColumnSource this[EventColumn column]
    {
        get => _sources[(int)column];
        set => _sources[(int)column] = value;
    }

    /// <summary>Maps method, path, query, protocol and host to a field that holds a request line.</summary>
    public ColumnMap WithRequest(int field)
    {
        this[EventColumn.Method] = new(ColumnSourceKind.RequestMethod, field);
        this[EventColumn.Path] = new(ColumnSourceKind.RequestPath, field);
        this[EventColumn.Query] = new(ColumnSourceKind.RequestQuery, field);
        this[EventColumn.Protocol] = new(ColumnSourceKind.RequestProtocol, field);
        return this;
    }

    /// <summary>Maps path and query to a field that holds a URL or a request target.</summary>
    public ColumnMap WithUrl(int field)
    {
        this[EventColumn.Path] = new(ColumnSourceKind.UrlPath, field);
        this[EventColumn.Query] = new(ColumnSourceKind.UrlQuery, field);
        return this;
    }

    /// <summary>A copy that can be changed without changing this one.</summary>
    public ColumnMap Clone()
    {
        var copy = new ColumnMap();
        _sources.CopyTo(copy._sources, 0);
        copy._kept.UnionWith(_kept);
        return copy;
    }

    /// <summary>True where some event column is made from the field, and it was not said that the field is kept beside it.</summary>
    public bool Shows(int field) => !_kept.Contains(field) && Array.Exists(_sources, source => source.Kind != ColumnSourceKind.None && (source.Field == field));

    /// <summary>Keeps a field as a column of its own even where an event column is made from a piece of it, such as the name in an ARN.</summary>
    public ColumnMap Keep(int field)
    {
        _kept.Add(field);
        return this;
    }
}
