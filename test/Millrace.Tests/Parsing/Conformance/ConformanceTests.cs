using Millrace.Parsing;

namespace Millrace.Tests.Parsing.Conformance;

/// <summary>Runs the cases that other projects test their own parsers with, where shared data is there; no line of it is kept here.</summary>
public sealed class ConformanceTests
{
    const double LeastShare = 0.98;

    readonly IReadOnlyList<ConformanceCase> _cases = ConformanceCase.ReadAll(SharedData.Folder("conformance"));

    [Fact]
    public void Lines_of_shared_data_have_the_fields_that_other_projects_expect()
    {
        var neutral = Known().Where(one => one.IsNeutral).ToList();
        var failing = neutral.Select(one => (one.Id, one.Format, Problem: ProblemOf(one))).Where(found => found.Problem is not null).ToList();
        var unexplained = failing.Where(found => !ConformanceFormats.Exceptions.ContainsKey(found.Id)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{neutral.Count - failing.Count} of {neutral.Count} cases");

        Assert.True(unexplained.Count == 0, $"{unexplained.Count} of {neutral.Count} cases differ:\n" + string.Join('\n', unexplained.Select(found => $"{found.Id} ({found.Format}): {found.Problem}")));
        Assert.InRange((double)(neutral.Count - failing.Count) / neutral.Count, LeastShare, 1);
    }

    [Fact]
    public void Lines_of_shared_data_that_other_projects_take_without_a_neutral_form_are_events()
    {
        var failing = Known().Where(one => !one.IsNeutral && !one.IsError && !ConformanceFormats.Exceptions.ContainsKey(one.Id))
            .Select(one => (one.Id, Reading: ConformanceReading.Of(one, ConformanceFormats.Ours[one.Format])))
            .Where(found => found.Reading.Events.Count == 0 || found.Reading.Rejects.Count > 0);

        Assert.Equal([], failing.Select(found => $"{found.Id}: {string.Join(", ", found.Reading.Rejects)}"));
    }

    [Fact]
    public void Lines_of_shared_data_that_other_projects_refuse_are_rejects()
    {
        var taken = Known().Where(one => one.IsError && !ConformanceFormats.Exceptions.ContainsKey(one.Id))
            .Where(one => ConformanceReading.Of(one, ConformanceFormats.Ours[one.Format]).Events.Count > 0);

        Assert.Equal([], taken.Select(one => one.Id));
    }

    [Fact]
    public void Every_format_of_shared_data_is_one_of_ours_or_named_as_none() =>
        Assert.Equal([], _cases.Where(one => !HasFormat(one) && !ConformanceFormats.WithoutCounterpart.Contains(one.Format)).Select(one => one.Format).Distinct());

    [Fact]
    public void Exceptions_name_cases_of_shared_data_that_differ()
    {
        var byId = _cases.ToDictionary(one => one.Id);

        Assert.Equal([], ConformanceFormats.Exceptions.Keys.Where(id => !byId.TryGetValue(id, out var one) || !Differs(one)));
    }

    /// <summary>The cases whose format exists.</summary>
    IEnumerable<ConformanceCase> Known() => _cases.Where(HasFormat);

    static bool HasFormat(ConformanceCase one) =>
        ConformanceFormats.Ours.TryGetValue(one.Format, out var ours) && (ours == LogFormats.Auto || LogFormats.All.Any(format => format.Name == ours));

    static bool Differs(ConformanceCase one) => one.IsError
        ? ConformanceReading.Of(one, ConformanceFormats.Ours[one.Format]).Events.Count > 0
        : ProblemOf(one) is not null || ConformanceReading.Of(one, ConformanceFormats.Ours[one.Format]).Events.Count == 0;

    /// <summary>What is wrong with our reading of a case; null where nothing is.</summary>
    static string? ProblemOf(ConformanceCase one)
    {
        var reading = ConformanceReading.Of(one, ConformanceFormats.Ours[one.Format]);
        if (reading.Events.Count != one.Expected.Count || reading.Rejects.Count > 0)
        {
            return $"{reading.Events.Count} events for {one.Expected.Count}; {string.Join(", ", reading.Rejects)}";
        }

        var differences = one.Expected.Zip(reading.Events).SelectMany(pair => ConformanceComparison.Differences(one, pair.First, pair.Second)).ToList();
        return differences.Count == 0 ? null : string.Join("; ", differences);
    }
}
