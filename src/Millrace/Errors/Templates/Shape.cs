namespace Millrace.Errors.Templates;

/// <summary>The words of messages that reduce to the same.</summary>
/// <param name="id">Its name.</param>
/// <param name="words">Its words, as people read them.</param>
sealed class Shape(string id, string[] words)
{
    /// <summary>What people see for what varies.</summary>
    public const string Variable = "<*>";

    public string Id => id;

    public string[] Words => words;

    /// <summary>The words as they are compared with.</summary>
    public byte[][] Encoded { get; set; } = [];

    /// <summary>How many messages there were.</summary>
    public long Count { get; set; }

    /// <summary>The group that it was in when it was saved; null where it is new.</summary>
    public string? Group { get; set; }
}
