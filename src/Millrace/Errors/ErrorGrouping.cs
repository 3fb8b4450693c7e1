namespace Millrace.Errors;

/// <summary>Puts kinds of errors into groups, holds each against the time before, and ranks them.</summary>
/// <param name="rules">What users say of groups.</param>
/// <param name="since">The period's first instant.</param>
/// <param name="until">Its last.</param>
/// <param name="firstHour">The number that the period's first hour has in tallies.</param>
/// <param name="historyHours">How many hours before the period the first event of any kind is; what lies before it cannot be compared with.</param>
sealed class ErrorGrouping(ErrorRules rules, DateTimeOffset since, DateTimeOffset until, long firstHour, long historyHours)
{
    /// <summary>The digest of kinds, each with the id of its group. Does not depend on their order.</summary>
    public ErrorDigest Digest(IEnumerable<ErrorPart> kinds)
    {
        var groups = kinds.GroupBy(kind => rules.TargetOf(kind.Group), StringComparer.Ordinal).Select(group => Merge(group.Key, group)).ToList();
        var errors = groups.Sum(group => group.Tally.InPeriod);
        var muted = groups.Where(group => rules.Find(group.Group)?.IsMuted == true).Sum(group => group.Tally.InPeriod);
        var ranked = groups.Where(group => rules.Find(group.Group)?.IsMuted != true)
            .Select(group => Compare(group, groups.Count, errors))
            .Where(group => group.Count > 0 || group.State == ErrorState.Gone)
            .OrderBy(group => group.State)
            .ThenByDescending(group => group.Count * (1 + Math.Log(1 + group.Services.Count + group.Callers.Count)))
            .ThenBy(group => group.Id, StringComparer.Ordinal);
        return new ErrorDigest(since, until, [.. ranked], errors, muted, historyHours >= 1);
    }

    /// <summary>A group is told by those kinds that are its own, not by those which rules count in it.</summary>
    static ErrorPart Merge(string id, IEnumerable<ErrorPart> kinds)
    {
        var tally = new ErrorTally();
        foreach (var kind in kinds)
        {
            tally.Add(kind.Tally);
        }

        var first = kinds.OrderBy(kind => kind.Group != id).ThenBy(kind => kind.Group, StringComparer.Ordinal).ThenBy(kind => kind.Template, StringComparer.Ordinal).First();
        return first with { Group = id, Tally = tally };
    }

    ErrorGroup Compare(ErrorPart group, int groups, long errors)
    {
        var tally = group.Tally;
        var hours = Math.Max(1, (int)Math.Ceiling((until - since).TotalHours));
        var windows = Enumerable.Range(1, (int)Math.Min(historyHours, (long)ErrorReader.History.TotalHours) / hours)
            .Select(window => tally.Hours.Where(hour => hour.Key >= firstHour - (window * hours) && hour.Key < firstHour - ((window - 1) * hours)).Sum(hour => hour.Value))
            .ToList();
        var before = tally.Hours.Keys.Where(hour => hour < firstHour).Select(hour => (long?)hour).LastOrDefault();

        // A store may know of errors from before what is compared with: those are further away than that, and there is no saying how far.
        var wasLongBefore = before is null && ErrorTime.HourOf(tally.First) < firstHour;
        var hoursAway = before is { } last ? firstHour - last : wasLongBefore ? historyHours : (long?)null;
        var (state, expected) = ErrorComparison.Judge(tally.InPeriod, windows, hoursAway, groups);
        var rule = rules.Find(group.Group);
        return new ErrorGroup(group.Group, state, group.Trace.Type, group.Trace.Frames, group.Template, tally.InPeriod)
        {
            Name = rule?.Name,
            Note = rule?.Note,
            Share = errors == 0 ? 0 : Math.Round((double)tally.InPeriod / errors, 6),
            Expected = expected is { } mean ? Math.Round(mean, 1) : null,
            DaysAway = state == ErrorState.Back ? (int)(hoursAway!.Value / ErrorTime.HoursPerDay) : 0,
            WasAwayLonger = state == ErrorState.Back && wasLongBefore,
            FirstSeen = ErrorTime.Time(tally.First),
            LastSeen = ErrorTime.Time(tally.Last),
            Trend = [.. Enumerable.Range(0, hours).Select(hour => tally.Hours.GetValueOrDefault(firstHour + hour))],
            Services = Ranked(tally.Services),
            Endpoints = Ranked(tally.Endpoints),
            Hosts = Ranked(tally.Hosts),
            Callers = Ranked(tally.Callers),
            Sample = tally.Sample,
        };
    }

    static List<KeyValuePair<string, long>> Ranked(Dictionary<string, long> names) => [.. names.OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal)];
}

/// <summary>Errors of one kind: a part of a group, or the whole of it.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="Trace">Where they were thrown.</param>
/// <param name="Template">What their messages say.</param>
/// <param name="Tally">What was counted of them.</param>
sealed record ErrorPart(string Group, StackTrace Trace, string Template, ErrorTally Tally);
