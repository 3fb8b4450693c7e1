using Millrace.Errors.Templates;

namespace Millrace.Tests.Errors.Templates;

/// <summary>Labelled logs of ten systems (Loghub, 2,000 lines each), all with the same rules.</summary>
public sealed class TemplateAccuracyTests(ITestOutputHelper output)
{
    const double LeastMeanGa = 0.955;
    const double LeastMeanFga = 0.75;

    [Fact]
    public void Groups_in_shared_data_fit_the_labelled_ones()
    {
        var folder = SharedData.Folder("loghub");
        var all = new List<GroupingAccuracy>();
        foreach (var path in Directory.GetFiles(folder, "*_structured.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var labelled = LabelledMessages.Read(path);
            var miner = new TemplateMiner();
            var shapes = labelled.Messages.Select(message => miner.Add(message)).ToList();

            var accuracy = GroupingAccuracy.Of(shapes.ConvertAll(shape => miner.GroupOf(shape).Id), labelled.Labels);

            output.WriteLine($"{Path.GetFileName(path).Split('_')[0],-12} GA {accuracy.Ga:0.0000}  FGA {accuracy.Fga:0.0000}  {accuracy.Groups} groups, {accuracy.Labelled} labelled");
            all.Add(accuracy);
        }

        output.WriteLine($"mean         GA {all.Average(one => one.Ga):0.0000}  FGA {all.Average(one => one.Fga):0.0000}");
        Assert.Equal(10, all.Count);
        Assert.InRange(all.Average(one => one.Ga), LeastMeanGa, 1);
        Assert.InRange(all.Average(one => one.Fga), LeastMeanFga, 1);
    }
}
