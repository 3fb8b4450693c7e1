namespace Millrace.Cli.Options;

/// <summary>Groups of options about reading, of which a command takes those that do something there.</summary>
[Flags]
enum ReadingParts
{
    /// <summary><c>--since</c> and <c>--until</c>.</summary>
    Range = 1,

    /// <summary><c>--as-of</c>.</summary>
    Clock = 2,

    /// <summary><c>--format</c>, <c>--map</c> and <c>--tz</c>.</summary>
    Format = 4,

    /// <summary><c>--service</c>, <c>--caller</c> and <c>--endpoint</c>.</summary>
    Names = 8,

    /// <summary><c>--lake</c>.</summary>
    Lake = 16,

    /// <summary><c>--at</c>.</summary>
    Version = 32,

    /// <summary><c>--rejects</c>.</summary>
    Rejects = 64,

    /// <summary><c>--max-rejects</c>.</summary>
    MaxRejects = 128,

    /// <summary><c>--s3-endpoint</c>, <c>--s3-region</c> and <c>--s3-anonymous</c>.</summary>
    Objects = 256,

    /// <summary><c>--threads</c>.</summary>
    Threads = 512,

    /// <summary><c>--ordered</c>.</summary>
    Order = 1024,

    /// <summary><c>--verbose</c>.</summary>
    Details = 2048,

    /// <summary>What it takes to read logs, whenever they were written.</summary>
    Logs = Clock | Format | Names | Rejects | Objects | Threads | Details,

    /// <summary>What a question to logs or a lake takes.</summary>
    Question = Range | Logs | MaxRejects | Lake | Version,
}
