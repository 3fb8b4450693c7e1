using System.Text.RegularExpressions;

namespace Millrace.Tests.Conventions;

/// <summary>Composing mails and charts takes large packages, which neither the engine nor a function carries: they are of one project.</summary>
public sealed partial class MailPackageTests
{
    [Fact]
    public void One_project_refers_to_the_packages_of_mail() => Assert.Equal(
        ["src/Millrace.Mail/Millrace.Mail.csproj"],
        Projects().Where(path => Packages().IsMatch(File.ReadAllText(Path.Combine(SourceTree.Root, path)))));

    [Fact]
    public void The_engine_and_the_cloud_are_built_without_them() => Assert.All(
        ["Millrace", "Millrace.Aws"],
        project => Assert.DoesNotMatch(Packages(), File.ReadAllText(Path.Combine(SourceTree.Root, "src", project, "packages.lock.json"))));

    [Fact]
    public void No_other_code_uses_them() => Assert.Empty(SourceTree.Files()
        .Where(file => !file.Path.StartsWith("src/Millrace.Mail/", StringComparison.Ordinal))
        .SelectMany(file => Packages().Matches(file.Text).Select(found => $"{file.Path}: {found.Value}")));

    [Theory]
    [InlineData("using MimeKit;")]
    [InlineData("""<PackageReference Include="ScottPlot" />""")]
    [InlineData("\"MailKit\": {")]
    public void A_use_is_found(string text) => Assert.Matches(Packages(), text);

    static IEnumerable<string> Projects() => Directory.GetFiles(SourceTree.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'))
        .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(MailKit|MimeKit|ScottPlot|SkiaSharp)\b")]
    private static partial Regex Packages();
}
