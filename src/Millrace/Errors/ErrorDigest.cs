namespace Millrace.Errors;

/// <summary>The errors of a period in groups, the first to look at first.</summary>
/// <param name="Since">The period's first instant.</param>
/// <param name="Until">Its last.</param>
/// <param name="Groups">The groups, without those that rules mute.</param>
/// <param name="Errors">All errors of the period, muted ones included.</param>
/// <param name="Muted">How many of them are in groups that rules mute.</param>
/// <param name="HasHistory">True where there are events from before the period to compare with.</param>
public sealed record ErrorDigest(DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<ErrorGroup> Groups, long Errors, long Muted, bool HasHistory)
{
    /// <summary>How many events, errors or not, the period has; 0 where that is not known, as of a store.</summary>
    public long Events { get; init; }

    /// <summary>The state in a few words, for a subject: <c>3 new, 1 rising: order-service</c>.</summary>
    public string Headline
    {
        get
        {
            if (Errors > 0 && !HasHistory)
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ErrorText.Count(Errors)} in {Groups.Count:N0} {(Groups.Count == 1 ? "group" : "groups")}");
            }

            var news = Groups.Where(group => group.State is ErrorState.New or ErrorState.Back or ErrorState.Rising).ToList();
            if (news.Count == 0)
            {
                var gone = Groups.Count(group => group.State == ErrorState.Gone);
                return $"{(Errors == 0 ? "no errors" : "nothing new")}{(gone > 0 ? $", {gone} gone" : "")}";
            }

            string?[] parts =
            [
                .. new[] { ErrorState.New, ErrorState.Back, ErrorState.Rising }
                    .Select(state => (State: state, Count: news.Count(group => group.State == state)))
                    .Where(part => part.Count > 0)
                    .Select(part => $"{part.Count} {part.State.ToString().ToLowerInvariant()}"),
            ];
            var services = news.SelectMany(group => group.Services).GroupBy(service => service.Key, StringComparer.Ordinal)
                .OrderByDescending(service => service.Sum(one => one.Value)).ThenBy(service => service.Key, StringComparer.Ordinal).Select(service => service.Key).ToList();
            var where = services.Count switch { 0 => "", <= 2 => $": {string.Join(", ", services)}", _ => $": {services[0]}, {services[1]} and {services.Count - 2} more" };
            return string.Join(", ", parts) + where;
        }
    }
}
