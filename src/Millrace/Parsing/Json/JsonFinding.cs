namespace Millrace.Parsing.Json;

/// <summary>The value of a wanted path in the current line.</summary>
/// <param name="Path">The path's number in <see cref="JsonPaths"/>.</param>
/// <param name="Member">The member of the line's object that is the value, or -1 where it is deeper.</param>
/// <param name="Value">The value.</param>
readonly record struct JsonFinding(int Path, int Member, JsonValue Value);
