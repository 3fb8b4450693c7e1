namespace Millrace.Sources.Inflation;

/// <summary>Why inflating stopped.</summary>
enum InflateResult
{
    /// <summary>The output is full.</summary>
    Full,

    /// <summary>All of the input is used but for bytes that mean something only with those after them.</summary>
    NeedsInput,

    /// <summary>The last block has ended.</summary>
    Ended,

    /// <summary>What comes next is not legal. What was written before is what the data says.</summary>
    Damaged,
}
