using System.Net;
using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Layouts that have a name because a program writes them by default, in the words of nginx's <c>log_format</c>. Where a program has written several, the
/// first that accepts a line reads it.
/// </summary>
static class NamedLayouts
{
    // Whether fields that someone added behind the last one are accepted: only where the layout ends in a quote, since then they cannot be part of it.
    const char MayBeFollowed = '"';

    const string Combined = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    /// <summary>
    /// ingress-nginx's <c>upstreaminfo</c>. Older versions write forwarded addresses in brackets, no alternative upstream, and at first no id.
    /// </summary>
    public static LogFormat NginxIngress { get; } = Of(
        "nginx-ingress",
        "the ingress controller of Kubernetes that is built on nginx (upstreaminfo)",
        "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /orders/17 HTTP/2.0\" 200 512 \"-\" \"curl/8\" 462 0.050 [shop-orders-8080] [] 10.0.0.8:8080 512 0.049 200 752178adb17130b291aefd8c386279e7",
        [Combined + " $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id",
        "$remote_addr - [$forwarded_addr] - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" $request_length $request_time [$proxy_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id",
        "$remote_addr - [$forwarded_addr] - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" $request_length $request_time [$proxy_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status"],
        ServiceRule.Parse("field:proxy_upstream_name"));

    /// <summary>BunkerWeb's default LOG_FORMAT; older versions write no id.</summary>
    public static LogFormat BunkerWeb { get; } = Of(
        "bunkerweb",
        "the BunkerWeb reverse proxy",
        "shop.example 203.0.113.7 - 95386da81aa13b6ab3ce9c989e1e470e - [22/Nov/2026:10:00:00 +0000] \"GET /orders/17 HTTP/2.0\" 200 512 \"-\" \"Mozilla/5.0\"",
        [
            "$host $remote_addr - $request_id $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
            "$host $remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
        ]);

    /// <summary>Nginx Proxy Manager's <c>proxy</c> and <c>standard</c>, the latter also with the address a request was sent to, and what its fallback host writes.</summary>
    public static LogFormat NginxProxyManager { get; } = Of(
        "nginx-proxy-manager",
        "Nginx Proxy Manager: the logs of its proxy hosts, and of its fallback host",
        "[22/Nov/2026:10:00:00 +0000] - 200 200 - GET https shop.example \"/orders/17\" [Client 203.0.113.7] [Length 512] [Gzip 2.45] [Sent-to 10.0.0.8] \"Mozilla/5.0\" \"-\"",
        ["[$time_local] $upstream_cache_status $upstream_status $status - $request_method $scheme $host \"$request_uri\" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $server] \"$http_user_agent\" \"$http_referer\"",
        "[$time_local] $status - $request_method $scheme $host \"$request_uri\" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $server] \"$http_user_agent\" \"$http_referer\"",
        "[$time_local] $status - $request_method $scheme $host \"$request_uri\" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] \"$http_user_agent\" \"$http_referer\"",
        Combined]);

    /// <summary>NPMplus's layout. Referrer and user agent stand without quotes, the latter at the end.</summary>
    public static LogFormat NpmPlus { get; } = Of(
        "npmplus",
        "NPMplus, the fork of Nginx Proxy Manager",
        "[22/Nov/2026:10:00:00 +0000] shop.example 203.0.113.7 0.227 \"GET /orders/17 HTTP/2.0\" 200 512 827 - Mozilla/5.0 (X11; Linux x86_64)",
        ["[$time_local] $server_name $remote_addr $request_time \"$request\" $status $body_bytes_sent $bytes_sent $http_referer $http_user_agent"]);

    /// <summary>Zoraxy's layout; older versions write no time before the brackets and no colon after the client.</summary>
    public static LogFormat Zoraxy { get; } = Of(
        "zoraxy",
        "the Zoraxy reverse proxy",
        "[2026-11-22 10:00:00.150624] [router:host-http] [origin:shop.example] [client: 203.0.113.7] [useragent: Mozilla/5.0] GET /orders/17 200",
        ["[$time_iso8601] [router:$router] [origin:$host] [client: $remote_addr] [useragent: $http_user_agent] $request_method $request_uri $status",
        "$log_time [$time_iso8601] [router:$router] [origin:$host] [client: $remote_addr] [useragent: $http_user_agent] $request_method $request_uri $status",
        "[$time_iso8601] [router:$router] [origin:$host] [client $remote_addr] [useragent $http_user_agent] $request_method $request_uri $status",
        "$log_time [$time_iso8601] [router:$router] [origin:$host] [client $remote_addr] [useragent $http_user_agent] $request_method $request_uri $status"]);

    /// <summary>The combined format behind the virtual host's name, as many write <c>vhost_combined</c> without the port.</summary>
    public static LogFormat VhostCombined { get; } = Of(
        "vhost-combined",
        "the combined format with the virtual host before it, without a port",
        "shop.example 203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 5316 \"-\" \"Mozilla/5.0\"",
        ["$host $remote_addr $ident $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\""],
        isVirtualHost: true);

    /// <summary>The common format behind the virtual host's name.</summary>
    public static LogFormat VhostCommon { get; } = Of(
        "vhost-common",
        "the Common Log Format with the virtual host before it, without a port",
        "shop.example 203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /index.html HTTP/1.1\" 200 5316",
        ["$host $remote_addr $ident $remote_user [$time_local] \"$request\" $status $body_bytes_sent"],
        isVirtualHost: true);

    static LogFormat Of(string name, string summary, string example, string[] texts, ServiceRule? service = null, bool isVirtualHost = false)
    {
        var layouts = new Lazy<LineLayout[]>(() => [.. texts.Select(text => NginxFormat.Compile(text, allowsTail: text[^1] == MayBeFollowed))]);
        var choice = new Lazy<LayoutChoice>(() => new LayoutChoice(layouts.Value, isVirtualHost ? CheckVirtualHost : null));
        return new(name, summary, example, input => texts.Length == 1 && !isVirtualHost ? layouts.Value[0].Bind(name, input, service) : choice.Value.Bind(name, input, service));
    }

    /// <summary>
    /// Other lines of access logs have as many words: the client stands where the host should, and a part of the user or of a list of addresses where the
    /// client should.
    /// </summary>
    static string? CheckVirtualHost(ReadOnlySpan<byte> line, ReadOnlySpan<FieldValue> values)
    {
        ref readonly var client = ref values[1];
        ref readonly var user = ref values[3];
        if (!client.HasValue || !IPAddress.IsValidUtf8(line.Slice(client.Start, client.Length)))
        {
            return "remote_addr is not an address";
        }

        return user.HasValue && line.Slice(user.Start, user.Length).Contains((byte)' ') ? "remote_user is not one word" : null;
    }
}
