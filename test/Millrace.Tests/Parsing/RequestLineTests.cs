using System.Text;
using Millrace.Parsing;

namespace Millrace.Tests.Parsing;

public sealed class RequestLineTests
{
    [Theory]
    [InlineData("GET /a?b HTTP/1.1", "GET", "/a?b", "HTTP/1.1")]
    [InlineData("get /a", "get", "/a", "")]
    [InlineData("GET  /a HTTP/1.1", "GET", " /a", "HTTP/1.1")]
    [InlineData("GET /a b c HTTP/2", "GET", "/a b c", "HTTP/2")]
    [InlineData("GET /a HTTP/x", "GET", "/a HTTP/x", "")]
    [InlineData("VERSION-CONTROL /a HTTP/1.1", "VERSION-CONTROL", "/a", "HTTP/1.1")]
    [InlineData("DESCRIBE rtsp://h/a RTSP/1.0", "DESCRIBE", "rtsp://h/a", "RTSP/1.0")]
    [InlineData("GET HTTP/1.1", "GET", "HTTP/1.1", "")]
    [InlineData("GET ", "GET", "", "")]
    [InlineData("- - HTTP/1.0", "", "", "HTTP/1.0")]
    [InlineData("- - - ", "", "", "")]
    [InlineData("- http://h:80- -", "", "http://h:80-", "")]
    [InlineData("- ", "", "", "")]
    [InlineData("- /a", "", "/a", "")]
    [InlineData("GET", "", "", "")]
    [InlineData("", "", "", "")]
    [InlineData(" /a HTTP/1.1", "", "", "")]
    [InlineData("G3T /a HTTP/1.1", "", "", "")]
    [InlineData("\x16\x03\x01 /a", "", "", "")]
    [InlineData("WAYTOOLONGTOBEAMETHODATALL /a HTTP/1.1", "", "", "")]
    public void A_request_line_has_a_method_a_target_and_perhaps_a_protocol(string text, string method, string target, string protocol)
    {
        var request = RequestLine.Split(Encoding.UTF8.GetBytes(text));

        Assert.Equal((method, target, protocol), (Text(request.Method), Text(request.Target), Text(request.Protocol)));
    }

    [Theory]
    [InlineData("/a/b?c=d#e", "/a/b", "c=d", "")]
    [InlineData("/a?b?c", "/a", "b?c", "")]
    [InlineData("/a#b?c", "/a", "", "")]
    [InlineData("/a?", "/a", "", "")]
    [InlineData("?a", "/", "a", "")]
    [InlineData("", "", "", "")]
    [InlineData("*", "*", "", "")]
    [InlineData("http://h", "/", "", "h")]
    [InlineData("http://h?a", "/", "a", "h")]
    [InlineData("http://h#a", "/", "", "h")]
    [InlineData("https://u:p@h.example:8443/a?b", "/a", "b", "h.example")]
    [InlineData("http://[::1]:80/a", "/a", "", "[::1]")]
    [InlineData("/redirect?to=http://h/a", "/redirect", "to=http://h/a", "")]
    [InlineData("HTTP://h/a", "HTTP://h/a", "", "")]
    public void A_target_has_a_path_a_query_and_perhaps_a_host(string target, string path, string query, string host)
    {
        var bytes = Encoding.UTF8.GetBytes(target);

        Assert.Equal((path, query, host), (Text(RequestLine.Path(bytes)), Text(RequestLine.Query(bytes)), Text(RequestLine.Host(bytes))));
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
