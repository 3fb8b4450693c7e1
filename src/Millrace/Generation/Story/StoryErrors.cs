using Millrace.Generation.Randomness;

namespace Millrace.Generation.Story;

/// <summary>When the errors of a fortnight happen.</summary>
static class StoryErrors
{
    public const int Days = 14;

    const int MinutesPerDay = 1_440;
    const long MicrosPerMinute = 60_000_000;
    const int DaysBeforeAway = 4;
    const double Rise = 4;

    /// <summary>Every error with its instant, in microseconds since 1970, in the order of time.</summary>
    /// <param name="startMicros">Where the fortnight begins.</param>
    /// <param name="seed">The same seed gives the same errors.</param>
    public static List<(long Micros, int Error, int Number)> Of(long startMicros, int seed)
    {
        var all = new List<(long Micros, int Error, int Number)>();
        for (var error = 0; error < StoryError.All.Count; error++)
        {
            Add(all, error, startMicros, new SeededRandom(seed, error));
        }

        all.Sort();
        return all;
    }

    // A chance in every minute comes close to Poisson's distribution, and needs no logarithm, which differs from machine to machine.
    static void Add(List<(long Micros, int Error, int Number)> all, int error, long startMicros, SeededRandom random)
    {
        var story = StoryError.All[error];
        for (var day = 0; day < Days; day++)
        {
            var perDay = story.PerDay * random.Between(0.8, 1.2) * Times(story.Role, day);
            for (var minute = 0; minute < MinutesPerDay; minute++)
            {
                var micros = startMicros + (((day * MinutesPerDay) + minute) * MicrosPerMinute);
                if (random.Chance(perDay / MinutesPerDay * HourWeight(micros)))
                {
                    all.Add((micros + random.Between(0, MicrosPerMinute - 1), error, (int)random.Between(1, 9_999_999)));
                }
            }
        }
    }

    /// <summary>How many times as often an error of a role happens on a day as on its usual ones.</summary>
    static double Times(StoryRole role, int day) => (role, IsLast: day == Days - 1) switch
    {
        (StoryRole.Noise, _) => 1,
        (StoryRole.Rising, var isLast) => isLast ? Rise : 1,
        (StoryRole.Back, var isLast) => isLast || day < DaysBeforeAway ? 1 : 0,
        (_, var isLast) => isLast ? 1 : 0,
    };

    /// <summary>Errors follow the load: most by day. Over a day this comes to one.</summary>
    static double HourWeight(long micros) => micros / MicrosPerMinute / 60 % 24 is >= 8 and < 22 ? 1.5 : 0.3;
}
