using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>
/// How the service or the caller of an event is found: <c>name:TEXT</c>, <c>file:{service}-{date}.txt</c>, <c>key:logs/{service}/{date}/</c>,
/// <c>path:N</c>, <c>user</c>, <c>agent</c>, <c>host</c> or <c>field:a.b</c>.
/// </summary>
public sealed record ServiceRule
{
    readonly ServiceRuleKind _kind;
    readonly string _argument;
    readonly NamePattern? _pattern;

    ServiceRule(ServiceRuleKind kind, string argument)
    {
        _kind = kind;
        _argument = argument;
        _pattern = kind is ServiceRuleKind.File or ServiceRuleKind.Key ? NamePattern.Compile(argument) : null;
    }

    /// <summary>The user, where the client's address is the literal text <c>&lt;masked&gt;</c>.</summary>
    public static ServiceRule MaskedUser { get; } = new(ServiceRuleKind.MaskedUser, "");

    /// <summary>The user or the agent's own service, where the agent says <c>Machine (…)</c>.</summary>
    public static ServiceRule MachineAgent { get; } = new(ServiceRuleKind.MachineAgent, "");

    /// <summary>The path of a JSON or header field that the rule names; null for the other rules.</summary>
    public string? FieldPath => _kind == ServiceRuleKind.Field ? _argument : null;

    /// <summary>Reads a rule. Throws a <see cref="UserException"/> that lists the rules where the text is none of them.</summary>
    public static ServiceRule Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (word, argument) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        return (word, argument) switch
        {
            ("name", not "") => new(ServiceRuleKind.Name, argument),
            ("file", not "") => new(ServiceRuleKind.File, argument),
            ("key", not "") => new(ServiceRuleKind.Key, argument),
            ("field", not "") => new(ServiceRuleKind.Field, argument),
            ("path", not "") when int.TryParse(argument, out var segment) && segment > 0 => new(ServiceRuleKind.Path, argument),
            ("user", "") => new(ServiceRuleKind.User, ""),
            ("agent", "") => new(ServiceRuleKind.Agent, ""),
            ("host", "") => new(ServiceRuleKind.Host, ""),
            ("masked-user", "") => MaskedUser,
            ("machine-agent", "") => MachineAgent,
            _ => throw new UserException(
                $"The rule '{text}' is not known. Expected name:TEXT, file:{{service}}-{{date}}.txt, key:logs/{{service}}/{{date}}/, path:N, user, agent, host, field:NAME, masked-user or machine-agent.",
                UserException.Usage),
        };
    }

    /// <summary>The column source that the rule gives for one file of a format; <see cref="ColumnSourceKind.None"/> where the format has nothing for it.</summary>
    /// <param name="binding">The format as it is fixed for the file.</param>
    /// <param name="fileName">The file's path or the object's key.</param>
    public ColumnSource Resolve(FormatBinding binding, string fileName)
    {
        var user = binding.Columns[EventColumn.User].Field;
        var address = binding.Columns[EventColumn.ClientIp].Field;
        var agent = binding.Columns[EventColumn.UserAgent].Field;
        return _kind switch
        {
            ServiceRuleKind.Name => ColumnSource.Constant(_argument),
            ServiceRuleKind.File => FromName(System.IO.Path.GetFileName(fileName.TrimEnd('/'))),
            ServiceRuleKind.Key => FromName(fileName),
            ServiceRuleKind.Path => new(ColumnSourceKind.PathSegment, Number: int.Parse(_argument, System.Globalization.CultureInfo.InvariantCulture)),
            ServiceRuleKind.User => binding.Columns[EventColumn.User],
            ServiceRuleKind.Host => binding.Columns[EventColumn.Host],
            ServiceRuleKind.Field => FromField(binding),
            ServiceRuleKind.Agent when agent >= 0 => new(ColumnSourceKind.AgentProduct, agent),
            ServiceRuleKind.MaskedUser when user >= 0 && address >= 0 => new(ColumnSourceKind.WhenMasked, user, address),
            ServiceRuleKind.MachineAgent when user >= 0 && agent >= 0 => new(ColumnSourceKind.WhenMachine, user, agent),
            _ => default,
        };
    }

    /// <summary>The rule as it is written on the command line.</summary>
    public override string ToString() => _kind switch
    {
        ServiceRuleKind.MaskedUser => "masked-user",
        ServiceRuleKind.MachineAgent => "machine-agent",
        _ when _argument.Length > 0 => $"{_kind.ToString().ToLowerInvariant()}:{_argument}",
        _ => _kind.ToString().ToLowerInvariant(),
    };

    ColumnSource FromName(string name) => _pattern!.Match(name) is { } service ? ColumnSource.Constant(service) : default;

    ColumnSource FromField(FormatBinding binding)
    {
        if (EventColumns.TryFind(_argument, out var column))
        {
            return binding.Columns[column];
        }

        var index = binding.Fields.ToList().FindIndex(field => field.Name.Equals(_argument, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? default : ColumnSource.From(index);
    }

    enum ServiceRuleKind
    {
        Name,
        File,
        Key,
        Path,
        User,
        Agent,
        Host,
        Field,
        MaskedUser,
        MachineAgent,
    }
}
