using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Millrace.Errors.Store;

namespace Millrace.Aws;

/// <summary>
/// An error store in a table of DynamoDB with the text keys <c>pk</c> and <c>sk</c>:
/// <list type="table">
/// <item><term><c>source#KEY</c>, <c>source</c></term><description>a source: its name, its version, the days that it may have items on, and whether it is complete</description></item>
/// <item><term><c>kinds</c>, <c>ID</c></term><description>a kind; written once, but for when it was first seen, which may become earlier</description></item>
/// <item><term><c>day#N</c>, <c>cell#KEY#HOUR#ID</c></term><description>the errors of a source, hour and kind</description></item>
/// <item><term><c>day#N</c>, <c>hours#KEY</c></term><description>the hours of the day that a source has events in</description></item>
/// </list>
/// There is no transaction: keys follow from what is written, so that writing again overwrites the same, and a source is complete once its own item says so at last. A crash in between leaves a source that is
/// not complete, part of which reports count; adding it again completes it. Two processes that bring in different versions of one source at a time are told to, and leave it incomplete.
/// </summary>
public sealed class DynamoErrorStore : IErrorStore
{
    const int MostPerBatch = 25;
    const int BatchAttempts = 10;
    const int ClaimAttempts = 5;
    static readonly TimeSpan TablePatience = TimeSpan.FromMinutes(2);

    readonly DynamoOptions _options;
    readonly DynamoConnection _connection;
    readonly Dictionary<string, long?> _kinds = new(StringComparer.Ordinal);

    DynamoErrorStore(DynamoOptions options) => (_options, _connection) = (options, new DynamoConnection(options));

    /// <inheritdoc/>
    public string Name => $"The table '{_options.Table}'";

    /// <summary>Opens a store. Throws a <see cref="UserException"/> where the table cannot be reached, or is missing and is not to be made.</summary>
    /// <param name="options">The table.</param>
    /// <param name="creates">True to make the table where it is missing, billed by request.</param>
    /// <param name="cancellationToken">Ends the wait for the table.</param>
    public static async Task<DynamoErrorStore> OpenAsync(DynamoOptions options, bool creates, CancellationToken cancellationToken)
    {
        var store = new DynamoErrorStore(options);
        try
        {
            await store.PrepareAsync(creates, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> HoldsAsync(ErrorSource source, CancellationToken cancellationToken) =>
        await FindAsync(source, cancellationToken).ConfigureAwait(false) is { IsComplete: true } found && source.IsIn(found.Version);

    /// <inheritdoc/>
    public async Task<bool> AddAsync(ErrorExtract extract, CancellationToken cancellationToken)
    {
        var source = extract.Source;
        var days = extract.Cells.Select(cell => DayOf(cell.Hour)).Concat(extract.Days.Select(day => day.Day)).ToHashSet();
        if (await ClaimAsync(source, days, cancellationToken).ConfigureAwait(false) is not (true, var before))
        {
            return false;
        }

        await AddKindsAsync(extract, cancellationToken).ConfigureAwait(false);
        var items = extract.Cells.Select(cell => CellItem(source, cell)).Concat(extract.Days.Select(day => DayItem(source, day))).ToList();
        var stale = await StaleAsync(source, before?.Days ?? [], items, cancellationToken).ConfigureAwait(false);
        await WriteAsync([.. stale.Select(key => new WriteRequest(new DeleteRequest(key))), .. items.Select(item => new WriteRequest(new PutRequest(item)))], cancellationToken).ConfigureAwait(false);
        await CompleteAsync(source, days, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task<ErrorRetention> RetainAsync(long fromDay, bool isDry, CancellationToken cancellationToken)
    {
        // No index tells the days that there are, so the table's keys are looked through.
        var request = new ScanRequest(_options.Table)
        {
            ConsistentRead = true,
            ProjectionExpression = "pk, sk, #count",
            FilterExpression = "begins_with(pk, :day)",
            ExpressionAttributeNames = new() { ["#count"] = "count" },
            ExpressionAttributeValues = new() { [":day"] = new AttributeValue("day#") },
        };
        var (errors, cells) = (0L, 0L);
        do
        {
            var page = await _connection.CallAsync(client => client.ScanAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            var old = (page.Items ?? []).Where(item => long.Parse(item["pk"].S["day#".Length..], CultureInfo.InvariantCulture) < fromDay).ToList();
            cells += old.Count(item => item.ContainsKey("count"));
            errors += old.Sum(item => item.TryGetValue("count", out var count) ? Number(count) : 0);
            if (!isDry)
            {
                await WriteAsync([.. old.Select(item => new WriteRequest(new DeleteRequest(Key(item["pk"].S, item["sk"].S))))], cancellationToken).ConfigureAwait(false);
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return new ErrorRetention(errors, cells);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ErrorKind>> ReadKindsAsync(CancellationToken cancellationToken)
    {
        var kinds = new List<ErrorKind>();
        await foreach (var item in QueryAsync("kinds", "", cancellationToken).ConfigureAwait(false))
        {
            var first = item.TryGetValue("first", out var micros) ? Number(micros) : (long?)null;
            kinds.Add(new ErrorKind(Split(item["words"].S), item.TryGetValue("type", out var type) ? type.S : null, Split(item["frames"].S))
            {
                Group = item["group"].S,
                Added = DateTimeOffset.Parse(item["added"].S, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                FirstSeen = first is { } known ? DateTimeOffset.UnixEpoch.AddMicroseconds(known) : null,
            });
            _kinds[item["sk"].S] = first;
        }

        kinds.Sort(ErrorKindOrder.OldestFirst);
        return kinds;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ErrorCell> ReadCellsAsync(long fromHour, long toHour, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var day = DayOf(fromHour); day <= DayOf(toHour); day++)
        {
            await foreach (var item in QueryAsync(DayKey(day), "cell#", cancellationToken).ConfigureAwait(false))
            {
                var hour = Number(item["hour"]);
                if (hour >= fromHour && hour <= toHour)
                {
                    yield return Cell(item, hour);
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<long?> FirstHourAsync(long fromHour, long toHour, CancellationToken cancellationToken)
    {
        for (var day = DayOf(fromHour); day <= DayOf(toHour); day++)
        {
            var hours = 0;
            await foreach (var item in QueryAsync(DayKey(day), "hours#", cancellationToken).ConfigureAwait(false))
            {
                hours |= (int)Number(item["hours"]);
            }

            if (new ErrorDay(day, hours).FirstFrom(fromHour) is { } hour)
            {
                return hour <= toHour ? hour : null;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task PrepareAsync(bool creates, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TablePatience);
        var isAsked = false;
        while (true)
        {
            try
            {
                var table = (await _connection.CallAsync(client => client.DescribeTableAsync(_options.Table, patience.Token), patience.Token, expectsMissing: creates).ConfigureAwait(false)).Table;
                if (table.TableStatus != TableStatus.CREATING)
                {
                    Check(table);
                    return;
                }
            }
            catch (ResourceNotFoundException) when (!isAsked)
            {
                await CreateAsync(patience.Token).ConfigureAwait(false);
                isAsked = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new UserException($"The table '{_options.Table}' was asked for and is not there after {TablePatience.TotalMinutes:0} minutes; try again later.");
            }

            await Task.Delay(Random.Shared.Next(100, 300), cancellationToken).ConfigureAwait(false);
        }
    }

    void Check(TableDescription table)
    {
        if (!table.KeySchema.Select(key => (key.AttributeName, key.KeyType)).SequenceEqual([("pk", KeyType.HASH), ("sk", KeyType.RANGE)]))
        {
            throw new UserException($"The table '{_options.Table}' is no error store: its keys are not 'pk' and 'sk'. Name another one.", UserException.Usage);
        }
    }

    async Task CreateAsync(CancellationToken cancellationToken)
    {
        var request = new CreateTableRequest(
            _options.Table,
            [new KeySchemaElement("pk", KeyType.HASH), new KeySchemaElement("sk", KeyType.RANGE)],
            [new AttributeDefinition("pk", ScalarAttributeType.S), new AttributeDefinition("sk", ScalarAttributeType.S)],
            null)
        { BillingMode = BillingMode.PAY_PER_REQUEST };
        await _connection.CallAsync(
            async client =>
            {
                try
                {
                    await client.CreateTableAsync(request, cancellationToken).ConfigureAwait(false);
                }
                catch (ResourceInUseException)
                {
                    // Another process makes it at this moment.
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    async Task<StoredSource?> FindAsync(ErrorSource source, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest(_options.Table, Key(SourceKey(source), "source"), consistentRead: true);
        var item = (await _connection.CallAsync(client => client.GetItemAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).Item;
        return item is { Count: > 0 }
            ? new StoredSource(item["version"].S, item["complete"].BOOL == true, item.TryGetValue("days", out var days) ? [.. days.NS.Select(day => long.Parse(day, CultureInfo.InvariantCulture))] : [])
            : null;
    }

    /// <summary>
    /// Notes that a version of a source goes in, unless it is in: gives false then, and else what there was before. The source must be as it was found, so that what another process completes in between is looked at anew.
    /// </summary>
    async Task<(bool IsClaimed, StoredSource? Before)> ClaimAsync(ErrorSource source, HashSet<long> days, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= ClaimAttempts; attempt++)
        {
            var before = await FindAsync(source, cancellationToken).ConfigureAwait(false);
            if (before is { IsComplete: true } && source.IsIn(before.Version))
            {
                return (false, before);
            }

            var item = SourceItem(source, [.. days.Union(before?.Days ?? [])], isComplete: false);
            var isClaimed = before is null
                ? await PutAsync(item, "attribute_not_exists(pk)", null, cancellationToken).ConfigureAwait(false)
                : await PutAsync(item, "version = :version AND complete = :complete", new() { [":version"] = new AttributeValue(before.Version), [":complete"] = new AttributeValue { BOOL = before.IsComplete } }, cancellationToken).ConfigureAwait(false);
            if (isClaimed)
            {
                return (true, before);
            }
        }

        throw Disturbed(source);
    }

    async Task AddKindsAsync(ErrorExtract extract, CancellationToken cancellationToken)
    {
        foreach (var kind in extract.Kinds)
        {
            var first = extract.FirstOf(kind.Id);
            var isNew = !_kinds.TryGetValue(kind.Id, out var known) && await PutAsync(KindItem(kind, first), "attribute_not_exists(pk)", null, cancellationToken).ConfigureAwait(false);
            if (!isNew && first < (known ?? long.MaxValue))
            {
                await AddFirstAsync(kind, first.Value, cancellationToken).ConfigureAwait(false);
            }

            _kinds[kind.Id] = known < first ? known : first ?? known;
        }
    }

    /// <summary>Notes when a kind was first seen, where an earlier time is not known.</summary>
    async Task AddFirstAsync(ErrorKind kind, long first, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest(_options.Table, Key("kinds", kind.Id), null)
        {
            UpdateExpression = "SET #first = :first",
            ConditionExpression = "attribute_not_exists(#first) OR #first > :first",
            ExpressionAttributeNames = new() { ["#first"] = "first" },
            ExpressionAttributeValues = new() { [":first"] = Number(first) },
        };
        try
        {
            await _connection.CallAsync(client => client.UpdateItemAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            // An earlier time is known.
        }
    }

    /// <summary>Puts an item; false where the condition does not hold.</summary>
    async Task<bool> PutAsync(Dictionary<string, AttributeValue> item, string condition, Dictionary<string, AttributeValue>? values, CancellationToken cancellationToken)
    {
        try
        {
            var request = new PutItemRequest(_options.Table, item) { ConditionExpression = condition, ExpressionAttributeValues = values };
            await _connection.CallAsync(client => client.PutItemAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>The keys of what the source had on days and has no more.</summary>
    async Task<List<Dictionary<string, AttributeValue>>> StaleAsync(ErrorSource source, IEnumerable<long> days, List<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        var kept = items.Select(item => (item["pk"].S, item["sk"].S)).ToHashSet();
        var stale = new List<Dictionary<string, AttributeValue>>();
        foreach (var day in days)
        {
            foreach (var prefix in new[] { $"cell#{source.Key}#", $"hours#{source.Key}" })
            {
                await foreach (var item in QueryAsync(DayKey(day), prefix, cancellationToken).ConfigureAwait(false))
                {
                    if (!kept.Contains((item["pk"].S, item["sk"].S)))
                    {
                        stale.Add(Key(item["pk"].S, item["sk"].S));
                    }
                }
            }
        }

        return stale;
    }

    async Task WriteAsync(IReadOnlyList<WriteRequest> writes, CancellationToken cancellationToken)
    {
        foreach (var some in writes.Chunk(MostPerBatch))
        {
            var left = new Dictionary<string, List<WriteRequest>> { [_options.Table] = [.. some] };
            for (var attempt = 1; left.Count > 0; attempt++)
            {
                var request = new BatchWriteItemRequest(left);
                left = (await _connection.CallAsync(client => client.BatchWriteItemAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).UnprocessedItems ?? [];
                if (left.Count > 0 && attempt == BatchAttempts)
                {
                    throw new UserException($"The table '{_options.Table}' takes no more at this time; try again later, or give it more capacity.");
                }

                await Task.Delay(left.Count == 0 ? 0 : Random.Shared.Next(25, 75) << attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async Task CompleteAsync(ErrorSource source, HashSet<long> days, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest(_options.Table, SourceItem(source, days, isComplete: true))
        {
            ConditionExpression = "version = :version AND attribute_not_exists(disturbed)",
            ExpressionAttributeValues = new() { [":version"] = new AttributeValue(source.Version) },
        };
        try
        {
            await _connection.CallAsync(client => client.PutItemAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException e)
        {
            // Items of both versions may stand beside each other now. Whoever adds the source next puts that right.
            var mark = new UpdateItemRequest(_options.Table, Key(SourceKey(source), "source"), null)
            {
                UpdateExpression = "SET complete = :no, disturbed = :yes",
                ExpressionAttributeValues = new() { [":no"] = new AttributeValue { BOOL = false }, [":yes"] = new AttributeValue { BOOL = true } },
            };
            await _connection.CallAsync(client => client.UpdateItemAsync(mark, cancellationToken), cancellationToken).ConfigureAwait(false);
            throw Disturbed(source, e);
        }
    }

    UserException Disturbed(ErrorSource source, Exception? cause = null) =>
        new($"Another process has brought another version of '{source.Name}' into the table '{_options.Table}' at the same time. Run again.", cause: cause);

    async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(string partition, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest(_options.Table)
        {
            ConsistentRead = true,
            KeyConditionExpression = prefix.Length > 0 ? "pk = :pk AND begins_with(sk, :prefix)" : "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new AttributeValue(partition) },
        };
        if (prefix.Length > 0)
        {
            request.ExpressionAttributeValues[":prefix"] = new AttributeValue(prefix);
        }

        do
        {
            var page = await _connection.CallAsync(client => client.QueryAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    static Dictionary<string, AttributeValue> SourceItem(ErrorSource source, HashSet<long> days, bool isComplete)
    {
        var item = Key(SourceKey(source), "source");
        item["name"] = new AttributeValue(source.Name);
        item["version"] = new AttributeValue(source.Version);
        item["complete"] = new AttributeValue { BOOL = isComplete };
        if (days.Count > 0)
        {
            item["days"] = new AttributeValue { NS = [.. days.Select(day => day.ToString(CultureInfo.InvariantCulture))] };
        }

        return item;
    }

    static Dictionary<string, AttributeValue> KindItem(ErrorKind kind, long? first)
    {
        var item = Key("kinds", kind.Id);
        item["words"] = new AttributeValue(Join(kind.Words));
        item["frames"] = new AttributeValue(Join(kind.Frames));
        item["group"] = new AttributeValue(kind.Group);
        item["added"] = new AttributeValue(kind.Added.ToString("O", CultureInfo.InvariantCulture));
        if (kind.Type is not null)
        {
            item["type"] = new AttributeValue(kind.Type);
        }

        if (first is { } micros)
        {
            item["first"] = Number(micros);
        }

        return item;
    }

    static Dictionary<string, AttributeValue> CellItem(ErrorSource source, ErrorCell cell)
    {
        var day = DayOf(cell.Hour);
        var item = Key(DayKey(day), string.Create(CultureInfo.InvariantCulture, $"cell#{source.Key}#{cell.Hour - (day * 24):00}#{cell.Kind}"));
        item["kind"] = new AttributeValue(cell.Kind);
        item["hour"] = Number(cell.Hour);
        item["count"] = Number(cell.Count);
        item["first"] = Number(cell.First);
        item["last"] = Number(cell.Last);
        item["details"] = new AttributeValue(ErrorDetails.Write(cell));
        return item;
    }

    static Dictionary<string, AttributeValue> DayItem(ErrorSource source, ErrorDay day)
    {
        var item = Key(DayKey(day.Day), $"hours#{source.Key}");
        item["hours"] = Number(day.Hours);
        return item;
    }

    ErrorCell Cell(Dictionary<string, AttributeValue> item, long hour)
    {
        try
        {
            return ErrorDetails.Read(item["kind"].S, hour, Number(item["count"]), Number(item["first"]), Number(item["last"]), item["details"].S);
        }
        catch (JsonException e)
        {
            throw new UserException($"{Name} is damaged: it has an error whose details cannot be read. Extract the errors into another one.", cause: e);
        }
    }

    static Dictionary<string, AttributeValue> Key(string partition, string sort) => new() { ["pk"] = new AttributeValue(partition), ["sk"] = new AttributeValue(sort) };

    static string SourceKey(ErrorSource source) => $"source#{source.Key}";

    static string DayKey(long day) => string.Create(CultureInfo.InvariantCulture, $"day#{day}");

    static long DayOf(long hour) => Math.DivRem(hour, 24) is var (day, rest) && rest < 0 ? day - 1 : day;

    static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    static long Number(AttributeValue value) => long.Parse(value.N, CultureInfo.InvariantCulture);

    // The count stands first, so that the text of an empty list is not empty.
    static string Join(IReadOnlyList<string> texts) => string.Join('\n', texts.Prepend(texts.Count.ToString(CultureInfo.InvariantCulture)));

    static string[] Split(string text) => text.Split('\n')[1..];

    sealed record StoredSource(string Version, bool IsComplete, HashSet<long> Days);
}
