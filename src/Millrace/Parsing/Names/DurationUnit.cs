namespace Millrace.Parsing.Names;

/// <summary>The unit of a duration that is written as a number.</summary>
enum DurationUnit : byte
{
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Seconds,
}
