namespace Millrace.Generation;

/// <summary>The layouts of generated logs.</summary>
public enum LogKind
{
    /// <summary>Apache's combined access log of a web site.</summary>
    Combined,

    /// <summary>One JSON object a line: the requests of a system of services.</summary>
    Json,

    /// <summary>The access log of a system of services whose requests begin with the name of the service called.</summary>
    Service,

    /// <summary>The text log of a system of services as logback writes it, with stack traces.</summary>
    App,
}

/// <summary>The names of the kinds on the command line.</summary>
public static class LogKinds
{
    /// <summary>The kind of a name. Throws a <see cref="UserException"/> that lists the choices.</summary>
    public static LogKind Parse(string name) => name switch
    {
        "combined" => LogKind.Combined,
        "json" => LogKind.Json,
        "service" => LogKind.Service,
        "app" => LogKind.App,
        _ => throw new UserException($"There is no kind '{name}'; expected combined, json, service, app or fortnight.", UserException.Usage),
    };
}
