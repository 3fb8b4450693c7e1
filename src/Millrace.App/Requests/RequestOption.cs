namespace Millrace.App.Requests;

/// <summary>Something that a request can say: an option of the command line, and a member of a schedule in the settings.</summary>
/// <param name="Name">Its name without the dashes, in kebab case: <c>client-errors</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Get">What a request says of it: nothing where it says nothing, for a flag one empty text.</param>
/// <param name="With">The request with values for it, which throws a <see cref="UserException"/> for those that cannot be.</param>
sealed record RequestOption(
    string Name, OptionKind Kind, Func<RunRequest, IReadOnlyList<string>> Get, Func<RunRequest, IReadOnlyList<string>, RunRequest> With)
{
    /// <summary>The name as members of JSON have it: <c>clientErrors</c>.</summary>
    public string JsonName { get; } = string.Concat(Name.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}

/// <summary>What an option takes.</summary>
enum OptionKind
{
    /// <summary>Nothing.</summary>
    Flag,

    /// <summary>One text.</summary>
    Text,

    /// <summary>One text or none.</summary>
    OptionalText,

    /// <summary>Any number of texts, each with the option before it.</summary>
    Texts,
}
