using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Queries;
using Millrace.Queries.Conditions;

namespace Millrace.App.Tests;

public sealed class WorkplaceTests
{
    [Fact]
    public async Task Fifty_requests_at_once_get_fifty_right_answers_through_a_gate()
    {
        await using var some = new SomeWorkplace(gate: new QueryGate(256L << 20, atOnce: 4));
        var source = some.Write("shop.json", string.Concat(Enumerable.Range(1, 2000).Select(i => SomeWorkplace.Call(i / 2.0, $"service-{i % 50}", status: i % 7 == 0 ? 500 : 200))));

        var counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => RequestsAsync(some, source, $"service-{i}"))));

        Assert.Equal(Enumerable.Repeat(40L, 50), counts);
    }

    [Fact]
    public async Task A_request_that_is_stopped_does_not_disturb_the_others()
    {
        await using var some = new SomeWorkplace(gate: new QueryGate(64L << 20, atOnce: 1));
        var source = some.Write("shop.json", SomeWorkplace.Call(1));
        var plan = some.Workplace.Plan(new ReadingRequest { Sources = [source] });
        using var stop = new CancellationTokenSource();
        var holding = await some.Workplace.OpenAsync(plan, RunListener.None, default);

        var stopped = some.Workplace.OpenAsync(plan, RunListener.None, stop.Token);
        var waiting = RequestsAsync(some, source, "orders");
        await stop.CancelAsync();
        await holding.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task What_is_opened_is_opened_once()
    {
        await using var some = new SomeWorkplace();
        var lake = new LakeChoice(Path.Join(some.Folder, "lake"), At: null, IsNamed: true);

        Assert.Same(some.Workplace.Objects(new()), some.Workplace.Objects(new()));
        Assert.Same(some.Workplace.Lake(lake, new()), some.Workplace.Lake(lake, new()));
        using (var one = await some.Workplace.BorrowErrorStoreAsync(Path.Join(some.Folder, "errors.db"), creates: true, default))
        {
            var other = some.Workplace.BorrowErrorStoreAsync(Path.Join(some.Folder, "errors.db"), creates: false, default);
            Assert.False(other.IsCompleted);
            one.Dispose();
            Assert.Same(one.Store, (await other).Store);
        }
    }

    static async Task<long> RequestsAsync(SomeWorkplace some, string source, string service)
    {
        var request = new ReportRequest("status") { Where = [Condition.Parse($"service={service}")], Reading = new ReadingRequest { Sources = [source] } };
        await using var outcome = (ReportOutcome)await some.Workplace.RunAsync(request, RunListener.None, default);
        using var rows = outcome.Rows();
        var requests = rows.Columns.Single(column => column.Name == "requests");
        long sum = 0;
        while (rows.Read())
        {
            sum += long.Parse(requests.Text(rows.Row)!, System.Globalization.CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
