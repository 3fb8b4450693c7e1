namespace Millrace.Parsing.Json;

/// <summary>The value of a wanted path in the current line.</summary>
/// <param name="path">The path's number in <see cref="JsonPaths"/>.</param>
/// <param name="member">The member of the line's object that is the value, or -1 where it is deeper.</param>
/// <param name="value">The value.</param>
readonly struct JsonFinding(int path, int member, JsonValue value)
{
    public readonly int Path = path;
    public readonly int Member = member;
    public readonly JsonValue Value = value;
}
