using System.Text;
using System.Text.RegularExpressions;
using Millrace.Events;

namespace Millrace.Tests.Events;

public sealed class EndpointTemplateTests
{
    static readonly string[] Pieces =
    [
        "/", "/", "/", "/", "-", "_", ".", ":", ";", ",", "=", "%20", "~", "{id}", "orders", "a", "Ab", "x", "v1", "2.0", "js", "min", "png", "OAuth", "getUser", "Id", "1", "42", "2015", "05", "19",
        "20151122", "2015-11-22", "20151399", "3f2a9c1b", "deadbeef", "facade12", "550e8400-e29b-41d4-a716-446655440000", "eyJhbGciOiJIUzI1NiJ9", "dQw4w9WgXcQ", "1920x1080", "kibana-search", "\u00e9",
    ];

    [Theory]
    [InlineData("/orders/123", "/orders/{id}")]
    [InlineData("/orders/123/", "/orders/{id}/")]
    [InlineData("/orders/123/items/4", "/orders/{id}/items/{id}")]
    [InlineData("/orders/1,2,3", "/orders/{id}")]
    [InlineData("/users/550e8400-e29b-41d4-a716-446655440000/avatar", "/users/{id}/avatar")]
    [InlineData("/files/report-550e8400-e29b-41d4-a716-446655440000.pdf", "/files/report-{id}.pdf")]
    [InlineData("/commit/3f2a9c1b", "/commit/{id}")]
    [InlineData("/commit/DEADBEEF01", "/commit/{id}")]
    [InlineData("/session/dGhpcyBpcyBhIHRva2VuMTIz", "/session/{id}")]
    [InlineData("/session/a1B2c3D4-e5F6g7H8i9==", "/session/{id}")]
    [InlineData("/days/2015-11-22", "/days/{date}")]
    [InlineData("/days/20151122.csv", "/days/{date}.csv")]
    [InlineData("/days/20151399", "/days/{id}")]
    [InlineData("/img/123.png", "/img/{id}.png")]
    [InlineData("/backup/17.tar.gz", "/backup/{id}.tar.gz")]
    [InlineData("/v1/orders/123:cancel", "/v1/orders/{id}:cancel")]
    [InlineData("/static/app.3f2a9c1b.js", "/static/app.{id}.js")]
    [InlineData("/static/main.3f2a9c1b.chunk.js", "/static/main.{id}.chunk.js")]
    [InlineData("/wp-content/2015/05/sea.jpg", "/wp-content/{id}/{id}/sea.jpg")]
    [InlineData("/shop;jsessionid=A1B2C3/cart;x=1", "/shop/cart")]
    [InlineData("/orders/17;a=b", "/orders/{id}")]
    [InlineData("17", "{id}")]
    public void Ids_and_dates_are_replaced(string path, string endpoint)
    {
        Assert.Equal(endpoint, Template(path));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/presentations/logstash-monitorama-2013/images/kibana-search.png")]
    [InlineData("/blog/geekery/ssl-latency.html")]
    [InlineData("/js/vendor/modernizr-2.8.3.min.js")]
    [InlineData("/blog/geekery/grok-1.20091103.html")]
    [InlineData("/~user/x1")]
    [InlineData("/api/v1/users/{id}")]
    [InlineData("/api/v2.0/status")]
    [InlineData("/deadbeef/facade")]
    [InlineData("/rpc/OAuth2AuthorizationService/getUser2Details")]
    [InlineData("/wallpapers/blue-sky-1920x1080-wide")]
    [InlineData("/docs/k8s-installation-guide-1-25")]
    [InlineData("/a%20b/c%2Fd")]
    [InlineData("/10.251.43.1/x")]
    public void What_is_no_id_stays(string path)
    {
        Assert.False(EndpointTemplate.TryTemplate(Encoding.UTF8.GetBytes(path), new byte[1024], out var length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void Kernel_equals_the_patterns()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 50_000; i++)
        {
            var path = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => SomePiece(random)));

            Assert.True(Expected(path) == Template(path), $"Seed {seed}, path {path}: expected {Expected(path)}, got {Template(path)}");
        }
    }

    [Fact]
    public void Kernel_equals_the_patterns_on_the_paths_of_shared_data()
    {
        var lines = File.ReadLines(Path.Combine(SharedData.Folder("access-logs"), "elastic_apache_logs_10k.log"), Encoding.Latin1);
        var paths = lines.Select(line => Regex.Match(line, "\"[A-Z]+ ([^ ?\"]*)").Groups[1].Value).ToHashSet();

        Assert.Equal(paths.Select(Expected), paths.Select(Template));
    }

    static string SomePiece(Random random) => random.Next(8) switch
    {
        0 => new string((char)random.Next('!', '~' + 1), 1),
        1 => new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => "abzABZ0189_-"[random.Next(12)])]),
        2 => new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => "abcfABF019"[random.Next(10)])]),
        _ => Pieces[random.Next(Pieces.Length)],
    };

    static string Expected(string path) => string.Join('/', Regex.Replace(path, EndpointPatterns.Parameters.Pattern, EndpointPatterns.Parameters.Replacement!).Split('/').Select(ExpectedSegment));

    static string ExpectedSegment(string segment)
    {
        var pattern = EndpointPatterns.Segments.FirstOrDefault(pattern => Regex.IsMatch(segment, pattern.Pattern));
        return pattern?.Replacement is { } replacement ? Regex.Replace(segment, pattern.Pattern, replacement) : segment;
    }

    static string Template(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var destination = new byte[EndpointTemplate.MaxLength(bytes.Length)];
        return EndpointTemplate.TryTemplate(bytes, destination, out var length) ? Encoding.UTF8.GetString(destination, 0, length) : path;
    }
}
