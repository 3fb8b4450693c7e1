using System.Text;
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
            var (messages, labels) = Read(path);
            var miner = new TemplateMiner();
            var shapes = messages.ConvertAll(message => miner.Add(Encoding.UTF8.GetBytes(message)));

            var accuracy = GroupingAccuracy.Of(shapes.ConvertAll(shape => miner.GroupOf(shape).Id), labels);

            output.WriteLine($"{Path.GetFileName(path).Split('_')[0],-12} GA {accuracy.Ga:0.0000}  FGA {accuracy.Fga:0.0000}  {accuracy.Groups} groups, {accuracy.Labelled} labelled");
            all.Add(accuracy);
        }

        output.WriteLine($"mean         GA {all.Average(one => one.Ga):0.0000}  FGA {all.Average(one => one.Fga):0.0000}");
        Assert.Equal(10, all.Count);
        Assert.InRange(all.Average(one => one.Ga), LeastMeanGa, 1);
        Assert.InRange(all.Average(one => one.Fga), LeastMeanFga, 1);
    }

    /// <summary>The columns Content and EventId of a file of RFC 4180.</summary>
    static (List<string> Messages, List<string> Labels) Read(string path)
    {
        var rows = CsvRows(File.ReadAllText(path)).ToList();
        var (content, label) = (rows[0].IndexOf("Content"), rows[0].IndexOf("EventId"));
        var data = rows.Skip(1).Where(row => row.Count > 1).ToList();
        return (data.ConvertAll(row => row[content]), data.ConvertAll(row => row[label]));
    }

    static IEnumerable<List<string>> CsvRows(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        row.Add(cell.ToString());
        yield return row;
    }
}
