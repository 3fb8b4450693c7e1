using Cronos;
using Millrace.App.Requests;

namespace Millrace.App.Schedules;

/// <summary>A report or a search that is run and mailed at certain times.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Request">What is run, over each period in turn.</param>
/// <param name="Cron">Its times: minute, hour, day, month, day of the week.</param>
/// <param name="Zone">The zone of these times.</param>
/// <param name="To">Whom it goes to: addresses with commas between them.</param>
/// <param name="SendWhen">When it is mailed.</param>
public sealed record Schedule(string Name, RunRequest Request, string Cron, TimeZoneInfo Zone, string To, SendWhen SendWhen)
{
    /// <summary>How far back the time before is looked for; a time of cron comes at least every 28 years, a 29th of February that is a Monday.</summary>
    static readonly int[] DaysBack = [1, 8, 64, 512, 12_000];

    CronExpression Expression => CronExpression.Parse(Cron);

    /// <summary>The first time after an instant; null where there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => Expression.GetNextOccurrence(instant, Zone)?.ToUniversalTime();

    /// <summary>The last time that is not after an instant; null where there is none.</summary>
    public DateTimeOffset? LastUntil(DateTimeOffset instant)
    {
        var expression = Expression;
        foreach (var days in DaysBack)
        {
            if (expression.GetOccurrences(instant.AddDays(-days), instant, Zone, fromInclusive: true, toInclusive: true).Cast<DateTimeOffset?>().LastOrDefault() is { } last)
            {
                return last.ToUniversalTime();
            }
        }

        return null;
    }
}
