using System.Net;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>Reads one JSON object a line: the values of usual names become event columns, the rest attributes.</summary>
sealed class JsonLineParser : LineParser
{
    const int Nothing = int.MaxValue;

    // Columns that are made from one another: method, path and the like from the request line, the client's address from the host.
    static readonly EventColumn[] RequestColumns =
    [
        EventColumn.Method, EventColumn.Path, EventColumn.Query, EventColumn.Protocol, EventColumn.Endpoint, EventColumn.Host, EventColumn.ClientIp,
    ];

    readonly JsonPlan _plan;
    readonly JsonLine _line;
    readonly JsonFieldReader _reader;
    readonly JsonTrack _track;
    readonly JsonDuplicates _duplicates = new();
    readonly int[] _fieldOfSlot;
    readonly int[] _ranks;
    readonly int[] _memberOfSlot;
    readonly long[] _lastLineOfPath;
    bool _wantsRequest = true;
    long _lineNumber;
    FieldValue _request;

    public JsonLineParser(JsonPlan plan, LocalZone zone)
        : base(JsonPlan.ColumnCount + plan.FieldPaths.Count)
    {
        _plan = plan;
        _line = new(plan.Paths);
        _reader = new(zone);
        _track = new(plan, _line, _reader, zone);
        _fieldOfSlot = [.. Enumerable.Range(0, plan.SlotCount).Select(JsonPlan.FieldOf)];
        _ranks = new int[plan.SlotCount];
        _memberOfSlot = new int[plan.SlotCount];
        _lastLineOfPath = new long[plan.Paths.Count];
    }

    /// <remarks>An attribute is what became no column, so where attributes are wanted, all columns are.</remarks>
    public override void Narrow(WantedFields wanted)
    {
        _wantsRequest = wanted.Attributes || RequestColumns.Any(column => wanted.Numbers.Contains((int)column));
        _track.Narrow(slot => IsWanted(slot, wanted), wanted.Attributes);
    }

    bool IsWanted(int slot, WantedFields wanted)
    {
        var field = _fieldOfSlot[slot];
        return wanted.Attributes || slot == (int)NamedField.Timestamp || wanted.Numbers.Contains(field)
            || (_wantsRequest && (field < 0 || RequestColumns.Contains((EventColumn)field)));
    }

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Clear();
        if (_track.TryRead(line, Fields))
        {
            if (_wantsRequest)
            {
                TakeRequestApart(line);
                TellHostFromClient(line);
            }

            return LineOutcome.Event;
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

    LineOutcome ParseUnusual(ReadOnlySpan<byte> line)
    {
        if (!_line.TryRead(line))
        {
            return Fields.Reject(_line.Error, _line.ErrorPosition);
        }

        _track.Learn(line);
        Unwrap(line);
        if (!TryFill(line, out var badTime))
        {
            return Fields.Reject("the time is not well-formed", badTime);
        }

        TakeRequestApart(line);
        TellHostFromClient(line);
        AddAttributes(line);
        return LineOutcome.Event;
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

        if (isRecord && wrapped >= 0 && findings[wrapped].Value.Kind == JsonKind.Object)
        {
            _line.Members[findings[wrapped].Member].IsUsed = true;
            _line.Unwrap(line, findings[wrapped].Value.Start);
        }
    }

    /// <summary>Gives every slot the value of its strongest name. Goes backwards, because the last of equal keys is the one that counts.</summary>
    bool TryFill(ReadOnlySpan<byte> line, out int badTime)
    {
        _lineNumber++;
        _ranks.AsSpan().Fill(Nothing);
        badTime = -1;
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
                    Offer(line, finding, want, ref badTime);
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

        return badTime < 0;
    }

    void Offer(ReadOnlySpan<byte> line, in JsonFinding finding, JsonWant want, ref int badTime)
    {
        var reading = _reader.Read(line, finding.Value, want, out var value);
        if (reading == JsonReading.OtherKind)
        {
            return;
        }

        _ranks[want.Slot] = want.Rank;
        _memberOfSlot[want.Slot] = finding.Member;
        if (want.Slot == (int)NamedField.Request)
        {
            _request = value;
        }
        else
        {
            Fields.Values[_fieldOfSlot[want.Slot]] = value;
        }

        if (want.Slot == (int)NamedField.Timestamp)
        {
            badTime = reading == JsonReading.BadTime ? finding.Value.Start : -1;
        }
    }

    void MarkUsed(int member)
    {
        if (member >= 0)
        {
            _line.Members[member].IsUsed = true;
        }
    }

    /// <summary>Fills method, path, query, protocol and host from a request line or a URL, as far as the line does not give them alone.</summary>
    void TakeRequestApart(ReadOnlySpan<byte> line)
    {
        if (_request.HasValue)
        {
            var (method, target, protocol) = JsonTarget.SplitRequest(line, _request);
            FillIn(EventColumn.Method, method);
            FillIn(EventColumn.Path, target);
            FillIn(EventColumn.Protocol, protocol);
        }

        FillIn(EventColumn.Path, Column(EventColumn.Endpoint));
        ref var path = ref Column(EventColumn.Path);
        if (path.HasValue && !JsonTarget.IsPath(line.Slice(path.Start, path.Length)))
        {
            (path, var query, var host) = JsonTarget.SplitUrl(line, path);
            FillIn(EventColumn.Query, query);
            FillIn(EventColumn.Host, host);
        }
    }

    /// <summary>A number alone is no address, although it could be read as one. The Kinesis Agent writes the client's address as <c>host</c>, as the common format calls it.</summary>
    void TellHostFromClient(ReadOnlySpan<byte> line)
    {
        ref var host = ref Column(EventColumn.Host);
        ref var client = ref Column(EventColumn.ClientIp);
        if (host.HasValue && !client.HasValue && line.Slice(host.Start, host.Length).ContainsAny((byte)'.', (byte)':') && IPAddress.IsValidUtf8(line.Slice(host.Start, host.Length)))
        {
            client = host;
            host = default;
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

    ref FieldValue Column(EventColumn column) => ref Fields.Values[(int)column];

    void FillIn(EventColumn column, FieldValue value)
    {
        ref var field = ref Column(column);
        if (!field.HasValue)
        {
            field = value;
        }
    }
}
