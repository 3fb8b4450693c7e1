using Millrace.Events;

namespace Millrace.Parsing.Json;

/// <summary>
/// The names and values that a line holds, as JSON or in another way, found in one pass that checks the whole line. Reused from line to line; serves one thread.
/// </summary>
abstract class NamedLine
{
    JsonMember[] _members = new JsonMember[32];
    JsonFinding[] _findings = new JsonFinding[32];

    /// <summary>How many members there are.</summary>
    protected int MemberCount { get; private set; }

    /// <summary>The names and values, in the order of the line.</summary>
    public Span<JsonMember> Members => _members.AsSpan(0, MemberCount);

    /// <summary>The values of wanted paths, in the order of the line.</summary>
    public ReadOnlySpan<JsonFinding> Findings => _findings.AsSpan(0, FindingCount);

    /// <summary>What was wrong with the line that was read last.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Where it was.</summary>
    public int ErrorPosition { get; private set; }

    int FindingCount { get; set; }

    /// <summary>Reads a line; false where it is not well-formed.</summary>
    public abstract bool TryRead(ReadOnlySpan<byte> line);

    /// <summary>A track that learns from lines that this reads.</summary>
    public abstract NamedTrack CreateTrack(JsonPlan plan, JsonFieldReader reader, LocalZone zone);

    /// <summary>Forgets the line before.</summary>
    protected void Clear()
    {
        MemberCount = 0;
        FindingCount = 0;
    }

    /// <summary>Records what is wrong with the line. Returns -1.</summary>
    protected int Fail(string error, int position)
    {
        Error = error;
        ErrorPosition = position;
        return -1;
    }

    protected ref JsonMember AddMember()
    {
        if (MemberCount == _members.Length)
        {
            Array.Resize(ref _members, MemberCount * 2);
        }

        return ref _members[MemberCount++];
    }

    protected ref JsonFinding AddFinding()
    {
        if (FindingCount == _findings.Length)
        {
            Array.Resize(ref _findings, FindingCount * 2);
        }

        return ref _findings[FindingCount++];
    }
}
