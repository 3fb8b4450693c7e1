using Millrace.Generation.Output;
using Millrace.Generation.Randomness;
using Millrace.Generation.Traffic;

namespace Millrace.Generation.Lines;

/// <summary>How a call looks in a log. One is made per block, because it may remember the last time's text.</summary>
abstract class CallLayout
{
    /// <summary>Adds the lines of one call's event, the last newline included.</summary>
    public abstract void Append(LineBuffer lines, in Call call, long micros);
}

/// <summary>The calls of a system of services in a layout.</summary>
/// <param name="profile">What the load looks like.</param>
/// <param name="curve">When it happens.</param>
/// <param name="texts">The system and its texts.</param>
/// <param name="newLayout">Makes the layout.</param>
/// <param name="splitsByService">True for a file per service and date.</param>
sealed class CallLines(LoadProfile profile, TimeCurve curve, CallTexts texts, Func<CallLayout> newLayout, bool splitsByService) : BlockRenderer
{
    const long MicrosPerDay = 86_400_000_000;

    static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    readonly Troubles _troubles = new(texts.Map, profile.Incidents);

    public override void Render(Block block, RenderedBlock into)
    {
        var random = new SeededRandom(profile.Seed, block.Index);
        var tree = new CallTree(texts.Map, _troubles, texts.Clients, profile.Paths, random);
        var layout = newLayout();
        var time = curve.Walk();
        for (var done = 0; done < block.Lines;)
        {
            var arrival = time.MicrosAt((block.FirstLine + done + random.Unit()) / profile.Count);
            var calls = tree.Grow(arrival, block.Lines - done);
            foreach (ref readonly var call in calls)
            {
                Append(into, block, layout, call, random);
            }

            done += calls.Length;
        }
    }

    void Append(RenderedBlock into, Block block, CallLayout layout, in Call call, SeededRandom random)
    {
        var micros = Math.Min(call.StartMicros, curve.EndMicros);
        var lines = into[splitsByService ? new FileKey(call.Endpoint.Service, FirstDay + (int)(micros / MicrosPerDay)) : new FileKey(0, block.File)];
        var lineStart = lines.Length;
        layout.Append(lines, call, micros);
        if (random.Chance(profile.InvalidShare))
        {
            InvalidLines.Replace(lines, lineStart, random);
        }
    }
}
