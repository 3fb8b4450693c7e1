using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class CallGraphPageInChromiumTests
{
    [Fact]
    public async Task Script_runs_and_nothing_is_refused_or_requested()
    {
        var name = "<img src=http://refused.test/x.png>";
        var graph = new CallGraph([.. Some.Graph().Edges, Some.Edge("gateway", name, 5, 1, 2)]);

        var shown = await Chromium.OpenAsync(page => CallGraphPage.Write(graph, Some.Info, page), TestContext.Current.CancellationToken);

        Assert.Contains("data-ready=\"true\"", shown.Dom);
        Assert.Contains("<button type=\"button\">Requests</button>", shown.Dom);
        Assert.DoesNotContain("CONSOLE", shown.Log);
        Assert.DoesNotContain("refused.test", shown.Network);
    }
}
