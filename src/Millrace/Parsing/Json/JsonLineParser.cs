using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>Reads one JSON object a line, or other names and values, as a plan says: the values of wanted paths become fields, the rest attributes.</summary>
sealed partial class JsonLineParser : LineParser
{
    const int Nothing = int.MaxValue;

    readonly JsonPlan _plan;
    readonly NamedLine _line;
    readonly JsonFieldReader _reader;
    readonly NamedTrack _track;
    readonly JsonDuplicates _duplicates = new();
    readonly int[] _ranks;
    readonly int[] _memberOfSlot;
    readonly long[] _lastLineOfPath;
    long _lineNumber;
    bool _wantsAttributes = true;

    // The slot whose value is not well-formed, and where it stands.
    int _badSlot;
    int _badAt;

    /// <summary>A parser of lines that are JSON, or of those that another reader takes apart.</summary>
    public JsonLineParser(JsonPlan plan, LocalZone zone, NamedLine? other = null)
        : base(plan.FieldCount)
    {
        _plan = plan;
        _reader = new(zone);
        _line = other ?? new JsonLine(plan.Paths);
        _track = _line.CreateTrack(plan, _reader, zone);
        _ranks = new int[plan.SlotCount];
        _memberOfSlot = new int[plan.SlotCount];
        _lastLineOfPath = new long[plan.Paths.Count];
    }

    /// <remarks>An attribute is what became no column, so where attributes are wanted, all columns are.</remarks>
    public override void Narrow(WantedFields wanted)
    {
        _wantsAttributes = wanted.Attributes;
        _wantsRequest = wanted.Attributes || RequestColumns.Any(column => wanted.Numbers.Contains((int)column));
        _track.Narrow(want => IsWanted(want, wanted), wanted.Attributes);
    }

    bool IsWanted(JsonWant want, WantedFields wanted) =>
        wanted.Attributes || wanted.Numbers.Contains(want.Field) || DecidesAcceptance(want)
            || (_plan.IsOfUsualNames && _wantsRequest && (want.Field < 0 || RequestColumns.Contains((EventColumn)want.Field)));

    bool DecidesAcceptance(JsonWant want) =>
        want.IsTime || want.IsStrict || Array.Exists(_plan.Constants, constant => constant.Field == want.Field);

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Clear();
        if (_track.HasLearnt && _track.TryRead(line, Fields))
        {
            return Finish(line);
        }

        Clear();
        return ParseUnusual(line);
    }

    void Clear()
    {
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
        _request = default;
    }

    LineOutcome Finish(ReadOnlySpan<byte> line)
    {
        if (_plan.IsOfUsualNames)
        {
            if (_wantsRequest)
            {
                TakeRequestApart(line);
                TellHostFromClient(line);
            }

            return LineOutcome.Event;
        }

        foreach (var (number, text) in _plan.Constants)
        {
            ref readonly var field = ref Fields.Values[number];
            if (!field.HasValue || !line.Slice(field.Start, field.Length).SequenceEqual(text))
            {
                return Fields.Reject(_plan.Misfit, field.Start);
            }
        }

        return LineOutcome.Event;
    }

    LineOutcome ParseUnusual(ReadOnlySpan<byte> line)
    {
        if (!_line.TryRead(line))
        {
            return Fields.Reject(_line.Error, _line.ErrorPosition);
        }

        _track.Learn(line);
        Unwrap(line);
        Fill(line);
        if (!HasRequired())
        {
            return Fields.Reject(_plan.Misfit, 0);
        }

        if (_badSlot >= 0)
        {
            return Fields.Reject(_plan.Malformed(_badSlot), _badAt);
        }

        if (_wantsAttributes)
        {
            AddAttributes(line);
        }

        return Finish(line);
    }

    bool HasRequired()
    {
        foreach (var path in _plan.Required)
        {
            if (_lastLineOfPath[path] != _lineNumber)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In a record of a stream, <c>{"partitionKey": …, "data": {…}}</c>, the event is what stands in <c>data</c>.</summary>
    void Unwrap(ReadOnlySpan<byte> line)
    {
        var wrapped = -1;
        var isRecord = false;
        var findings = _line.Findings;
        for (var i = 0; i < findings.Length; i++)
        {
            isRecord |= findings[i].Path == _plan.PartitionKey;
            wrapped = findings[i].Path == _plan.Wrapped ? i : wrapped;
        }

        if (isRecord && wrapped >= 0 && findings[wrapped].Value.Kind == JsonKind.Object && _line is JsonLine json)
        {
            json.Members[findings[wrapped].Member].IsUsed = true;
            json.Unwrap(line, findings[wrapped].Value.Start);
        }
    }

    /// <summary>Gives every slot the value of its strongest name. Goes backwards, because the last of equal keys is the one that counts.</summary>
    void Fill(ReadOnlySpan<byte> line)
    {
        _lineNumber++;
        _ranks.AsSpan().Fill(Nothing);
        _badSlot = -1;
        var findings = _line.Findings;
        for (var i = findings.Length - 1; i >= 0; i--)
        {
            ref readonly var finding = ref findings[i];
            if (_lastLineOfPath[finding.Path] == _lineNumber)
            {
                MarkUsed(finding.Member);
                continue;
            }

            _lastLineOfPath[finding.Path] = _lineNumber;
            var wants = _plan.WantsOfPath[finding.Path];
            if (wants.Length > 0 && JsonFieldReader.IsNone(line, finding.Value))
            {
                MarkUsed(finding.Member);
                continue;
            }

            foreach (var want in wants)
            {
                if (want.Rank < _ranks[want.Slot])
                {
                    Offer(line, finding, want);
                }
            }
        }

        for (var slot = 0; slot < _ranks.Length; slot++)
        {
            if (_ranks[slot] != Nothing)
            {
                MarkUsed(_memberOfSlot[slot]);
            }
        }
    }

    void Offer(ReadOnlySpan<byte> line, in JsonFinding finding, JsonWant want)
    {
        var reading = _reader.Read(line, finding.Value, want, out var value);
        var isBad = reading == JsonReading.BadTime || (reading == JsonReading.OtherKind && want.IsStrict);
        if (reading != JsonReading.Value && !isBad)
        {
            if (reading == JsonReading.None && !_plan.IsOfUsualNames)
            {
                MarkUsed(finding.Member);
            }

            return;
        }

        _ranks[want.Slot] = want.Rank;
        _memberOfSlot[want.Slot] = finding.Member;
        (want.Field < 0 ? ref _request : ref Fields.Values[want.Field]) = value;
        if (isBad)
        {
            (_badSlot, _badAt) = (want.Slot, finding.Value.Start);
        }
        else if (_badSlot == want.Slot)
        {
            _badSlot = -1;
        }
    }

    void MarkUsed(int member)
    {
        if (member >= 0)
        {
            _line.Members[member].IsUsed = true;
        }
    }

    void AddAttributes(ReadOnlySpan<byte> line)
    {
        var members = _line.Members;
        _duplicates.MarkUsed(line, members);
        foreach (ref readonly var member in members)
        {
            if (!member.IsUsed)
            {
                Fields.Attributes.Add(member.Key, member.Value.AsJson());
            }
        }
    }
}
