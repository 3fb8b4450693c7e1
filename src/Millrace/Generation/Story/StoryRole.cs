namespace Millrace.Generation.Story;

/// <summary>How an error of a fortnight comes and goes.</summary>
enum StoryRole
{
    /// <summary>Every day about as often.</summary>
    Noise,

    /// <summary>On the last day alone.</summary>
    New,

    /// <summary>On the first days and on the last one, and not between them.</summary>
    Back,

    /// <summary>Every day, and on the last one several times as often.</summary>
    Rising,
}
