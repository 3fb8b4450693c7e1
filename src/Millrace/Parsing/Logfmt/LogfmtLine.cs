using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Logfmt;

/// <summary>
/// The names and values of a line of logfmt: <c>level=info msg="order 17" retried</c>. A value in quotes has the escapes of JSON; a name alone is true. The line begins
/// with a name and its value, and has no more names alone than pairs, or any sentence with an equals sign in it would do. Names are printable ASCII, or binary files would do.
/// </summary>
sealed class LogfmtLine(JsonPaths paths) : NamedLine
{
    readonly JsonKeyCache _keys = new(paths);

    public override bool TryRead(ReadOnlySpan<byte> line)
    {
        Clear();
        var alone = 0;
        var at = SkipSpace(line, 0);
        while (at < line.Length)
        {
            var length = line[at..].IndexOfAny("= \"\t"u8);
            length = length < 0 ? line.Length - at : length;
            var next = at + length < line.Length ? line[at + length] : (byte)' ';
            if (length == 0 || next == '"')
            {
                return Fail(length == 0 && next == '=' ? "a value has no name" : "a quote stands where a name was expected", at) >= 0;
            }

            if (line.Slice(at, length).IndexOfAnyExceptInRange((byte)'!', (byte)'~') is var odd and >= 0)
            {
                return Fail("a name has a character that is not printable ASCII", at + odd) >= 0;
            }

            JsonValue value;
            int end;
            if (next == '=')
            {
                end = ReadValue(line, at + length + 1, out value);
            }
            else
            {
                alone++;
                end = at + length;
                value = new(end, 0, JsonKind.Boolean, HasEscape: false);
            }

            if (end < 0)
            {
                return false;
            }

            Add(line, at, length, value);
            if (alone * 2 > MemberCount && alone == MemberCount)
            {
                return Fail("the line does not begin with a name and its value", at) >= 0;
            }

            at = SkipSpace(line, end);
        }

        return alone * 2 <= MemberCount || Fail("the line has more words than names with values", 0) >= 0;
    }

    public override NamedTrack CreateTrack(JsonPlan plan, JsonFieldReader reader, LocalZone zone) => new LogfmtTrack(plan, this, reader, zone);

    static int SkipSpace(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    void Add(ReadOnlySpan<byte> line, int start, int length, JsonValue value)
    {
        var key = _keys.Find(JsonPaths.Root, line.Slice(start, length), MemberCount);
        if (key.Step.Path >= 0)
        {
            AddFinding() = new(key.Step.Path, MemberCount, value);
        }

        ref var member = ref AddMember();
        member.KeyStart = start;
        member.KeyLength = length;
        member.KeyHasEscape = false;
        member.KeyHash = key.Hash;
        member.Step = key.Step;
        member.Value = value;
        member.IsUsed = false;
    }

    /// <summary>Reads a value from behind the equals sign; returns the place behind it, or -1.</summary>
    public int ReadValue(ReadOnlySpan<byte> line, int start, out JsonValue value)
    {
        if (start == line.Length || line[start] != '"')
        {
            var length = line[start..].IndexOfAny((byte)' ', (byte)'\t');
            length = length < 0 ? line.Length - start : length;

            // As if it stood in quotes, the first of which is the equals sign: what is before and behind the text is never looked at.
            value = new(start - 1, length + 2, JsonKind.String, HasEscape: false);
            return start + length;
        }

        value = default;
        var at = start + 1;
        var hasEscape = false;
        while (true)
        {
            var step = line[Math.Min(at, line.Length)..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                return Fail("the quote around a value is not closed", start);
            }

            at += step;
            if (line[at] == '"')
            {
                break;
            }

            hasEscape = true;
            at += 2;
        }

        value = new(start, at + 1 - start, JsonKind.String, hasEscape);
        return at + 1 == line.Length || line[at + 1] is (byte)' ' or (byte)'\t' ? at + 1 : Fail("there is more behind a value in quotes", at + 1);
    }
}
