using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>What the user said about the names of services, callers and endpoints; what is not said is left to the format.</summary>
public sealed record NamingRules
{
    /// <summary>The rule for <c>service</c>.</summary>
    public ServiceRule? Service { get; init; }

    /// <summary>The rule for <c>caller</c>.</summary>
    public ServiceRule? Caller { get; init; }

    /// <summary>Templates that replace paths before the built-in ones are tried.</summary>
    public EndpointRules Endpoints { get; init; } = EndpointRules.None;

    /// <summary>Where an event column of one file comes from.</summary>
    internal ColumnSource Source(EventColumn column, FormatBinding binding, string fileName)
    {
        var mapped = binding.Columns[column];
        return column switch
        {
            EventColumn.Service when Service is { } rule => rule.Resolve(binding, fileName),
            EventColumn.Caller when Caller is { } rule => rule.Resolve(binding, fileName),
            EventColumn.Service when mapped.Kind == ColumnSourceKind.None && binding.Service is { } rule => rule.Resolve(binding, fileName),
            EventColumn.Caller when mapped.Kind == ColumnSourceKind.None && binding.Caller is { } rule => rule.Resolve(binding, fileName),
            EventColumn.Region when binding.Region?.Resolve(binding, fileName) is { Kind: not ColumnSourceKind.None } region => region,
            _ => mapped,
        };
    }
}
