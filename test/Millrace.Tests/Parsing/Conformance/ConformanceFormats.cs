namespace Millrace.Tests.Parsing.Conformance;

/// <summary>Which format of ours reads the lines of a case, and what is left out with its reason.</summary>
static class ConformanceFormats
{
    /// <summary>By the format's name in the cases. A name that is in neither table is a case that nobody thought of, and fails.</summary>
    public static IReadOnlyDictionary<string, string> Ours { get; } = new Dictionary<string, string>
    {
        ["aws-alb"] = "alb",
        ["aws_alb"] = "alb",
        ["aws_clb"] = "clb",
        ["aws_nlb"] = "nlb",
        ["aws_cloudfront"] = "cloudfront",
        ["aws_s3"] = "s3-access",
        ["aws_vpc_flow"] = "vpc-flow",
        ["aws_cloudwatch_log_subscription_message"] = "cloudwatch",
        ["apache_combined"] = "combined",
        ["nginx_combined"] = "combined",
        ["apache_common"] = "common",
        ["common"] = "common",
        ["apache_vhost_combined"] = "vhost-combined",
        ["apache_vhost_common"] = "vhost-common",
        ["caddy_json"] = "caddy",
        ["haproxy"] = "haproxy",
        ["haproxy_tcp"] = "haproxy",
        ["haproxyhttpbase"] = "haproxy",
        ["traefik"] = "traefik",
        ["traefik_json"] = "traefik",
        ["envoy-logs"] = "envoy",
        ["squid"] = "squid",
        ["w3c"] = "w3c",
        ["nginx_error"] = "nginx-error",
        ["apache_error"] = "apache-error",
        ["nginx_ingress_upstreaminfo"] = "nginx-ingress",
        ["syslog"] = "syslog",
        ["syslogline"] = "syslog",
        ["cef"] = "cef",
        ["glog"] = "glog",
        ["klog"] = "klog",
        ["apache"] = "auto",
        ["nginx"] = "auto",
        ["cpanel-logs"] = "auto",
        ["litespeed-logs"] = "auto",
        ["nginx_json"] = "auto",
        ["bunkerweb-logs"] = "bunkerweb",
        ["nginx-proxy-manager-logs"] = "nginx-proxy-manager",
        ["npmplus-logs"] = "npmplus",
        ["zoraxy-logs"] = "zoraxy",
        ["fastly-logs"] = "fastly",
    };

    /// <summary>Names of cases that test helper functions of other tools: paths, addresses, dates, key-value pairs.</summary>
    public static IReadOnlySet<string> WithoutCounterpart { get; } = new HashSet<string>
    {
        "http date parsing", "iporhost", "ipv4", "key_value", "rails3", "timestamp", "unixpath", "uripath", "uriproto", "url", "winpath",
    };

    /// <summary>Cases that we read otherwise, on purpose: its id, and why.</summary>
    public static IReadOnlyDictionary<string, string> Exceptions { get; } = new Dictionary<string, string>
    {
        ["crowdsec/traefik_json/crowdsecurity/traefik-logs/6"] = "of the addresses a request was forwarded for, the first is the client's; the peer takes the last",
        ["vrl/parse_apache_log/error_line_thread_id"] = "the peer's pattern takes a fraction of a second for nanoseconds",
        ["vrl/parse_apache_log/log_line_valid_empty"] = "dashes alone, without the brackets and quotes that the format has",
        ["vrl/parse_common_log/log_line_valid_empty"] = "dashes alone, without the brackets and quotes that the format has",
        ["vrl/parse_apache_log/combined_line_missing_fields_valid"] = "no server leaves the quotes of referrer and user agent away",
        ["vrl/parse_common_log/log_line_valid_with_timestamp_format"] = "the peer was told a time that the format does not have",
    };
}
