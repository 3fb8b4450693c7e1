using Millrace.Events;

namespace Millrace.App.Requests;

/// <summary>The words of the command line that repeats a run: for mails, pages, and whoever wants to look further.</summary>
public static class CommandWords
{
    /// <summary>The command line, as a POSIX shell takes it.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="since">The first instant that it covered; null for no bound.</param>
    /// <param name="until">The last; null likewise.</param>
    /// <param name="settings">The settings that it was run with.</param>
    public static string Of(RunRequest request, DateTimeOffset? since, DateTimeOffset? until, Settings settings) =>
        string.Join(' ', Words(request, since, until, settings).Select(Quoted));

    static IEnumerable<string> Words(RunRequest request, DateTimeOffset? since, DateTimeOffset? until, Settings settings)
    {
        var search = request as SearchRequest;
        IReadOnlyList<string> subjects = search?.Terms ?? request.Reading.Sources;
        string[] sources = search is not null && request.Reading.Sources.Count > 0 ? ["--in", .. request.Reading.Sources] : [];
        string[] first = since is { } from ? ["--since", InstantText.Format(from)] : search is null ? ["--since", "all"] : [];
        string[] last = until is { } to ? ["--until", InstantText.Format(to)] : [];
        string[] config = settings is { IsNamed: true, Path: { } path } ? ["--config", Path.GetFullPath(path)] : [];
        string[] rest = [.. sources, .. RequestOptions.Of(request).SelectMany(option => Said(option, request)), .. first, .. last, .. config];

        // What looks like an option is none behind two dashes.
        return subjects.Any(one => one.Length > 1 && one[0] == '-')
            ? ["millrace", .. request.Title.Split(' '), .. rest, "--", .. subjects]
            : ["millrace", .. request.Title.Split(' '), .. subjects, .. rest];
    }

    static IEnumerable<string> Said(RequestOption option, RunRequest request) => option.Get(request)
        .SelectMany(value => option.Kind == OptionKind.Flag || value.Length == 0 ? [$"--{option.Name}"] : new[] { $"--{option.Name}", value });

    static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
