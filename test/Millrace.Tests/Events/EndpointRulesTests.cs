using System.Text;
using Millrace.Events;

namespace Millrace.Tests.Events;

public sealed class EndpointRulesTests
{
    readonly EndpointRules _rules = EndpointRules.Parse(["/api/*/orders/{order}", "/static/**", "/", "/a/{b}/"]);

    [Theory]
    [InlineData("/api/eu/orders/late", "/api/*/orders/{order}")]
    [InlineData("/static/a/b/c", "/static/**")]
    [InlineData("/static", "/static/**")]
    [InlineData("/", "/")]
    [InlineData("/a/1/", "/a/{b}/")]
    public void The_first_template_that_fits_is_the_endpoint(string path, string endpoint)
    {
        Assert.Equal(endpoint, Template(path));
    }

    [Theory]
    [InlineData("/api/orders/17", "/api/orders/{id}")]
    [InlineData("/api/eu/orders/17/x", "/api/eu/orders/{id}/x")]
    [InlineData("/statics/17", "/statics/{id}")]
    [InlineData("/api//orders/x", "/api//orders/x")]
    [InlineData("/a/x", "/a/x")]
    public void A_path_of_no_template_is_told_by_the_built_in_patterns(string path, string endpoint)
    {
        Assert.Equal(endpoint, Template(path));
    }

    [Theory]
    [InlineData("api/x", "The endpoint template 'api/x' cannot be used. It must start with a slash, as in /api/*/orders/{order}.")]
    [InlineData("/a/**/b", "The endpoint template '/a/**/b' cannot be used. Nothing can follow **, as in /api/*/orders/{order}.")]
    [InlineData("/a/b*", "The endpoint template '/a/b*' cannot be used. 'b*' is neither a name, nor {name}, * or **, as in /api/*/orders/{order}.")]
    [InlineData("/a/{}", "The endpoint template '/a/{}' cannot be used. '{}' is neither a name, nor {name}, * or **, as in /api/*/orders/{order}.")]
    public void Nonsense_is_told(string template, string message)
    {
        var exception = Assert.Throws<UserException>(() => EndpointRules.Parse([template]));

        Assert.Equal((message, UserException.Usage), (exception.Message, exception.ExitCode));
    }

    string Template(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var destination = new byte[EndpointTemplate.MaxLength(bytes.Length)];
        return _rules.TryTemplate(bytes, destination, out var length) ? Encoding.UTF8.GetString(destination, 0, length) : path;
    }
}
