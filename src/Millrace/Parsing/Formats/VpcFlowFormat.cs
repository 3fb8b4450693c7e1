using System.Text;
using Millrace.Events;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Lines;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Layouts.FieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// VPC flow logs, as the Amazon VPC user guide describes their fields: those of version 2, those that the file's header names, or a list of one's own,
/// <c>--format 'vpc-flow:version account-id interface-id …'</c>. A field that is not known becomes a text column.
/// </summary>
static class VpcFlowFormat
{
    const string Default = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

    // A header has at least this many of the fields below; a list of texts may look like one.
    const int LeastKnownInHeader = 3;

    static readonly Dictionary<string, LayoutPiece.Field> Known = new LayoutPiece.Field[]
    {
        new("version", Integer, Meaning: "the version of the fields"),
        new("account_id", Text, Meaning: "the account of the interface's owner"),
        new("interface_id", Text, Meaning: "the network interface"),
        new("srcaddr", Text, ClientIp, Meaning: "the source's address"),
        new("dstaddr", Text, Meaning: "the destination's address"),
        new("srcport", Integer, Meaning: "the source's port"),
        new("dstport", Integer, Meaning: "the destination's port"),
        new("protocol", Integer, Protocol, Meaning: "the IANA number of the protocol: 6 TCP, 17 UDP, 1 ICMP"),
        new("packets", Integer, Meaning: "packets of the flow"),
        new("bytes", Integer, Bytes, Meaning: "bytes of the flow"),
        new("start", EpochTime, Timestamp, Meaning: "when the flow's first packet came in this interval"),
        new("end", EpochTime, Meaning: "when its last one came"),
        new("action", Text, Meaning: "ACCEPT or REJECT"),
        new("log_status", Text, Meaning: "OK, NODATA or SKIPDATA"),
        new("vpc_id", Text, Meaning: "the VPC"),
        new("subnet_id", Text, Meaning: "the subnet"),
        new("instance_id", Text, Meaning: "the instance"),
        new("tcp_flags", Integer, Meaning: "the TCP flags, or-ed: 1 FIN, 2 SYN, 4 RST, 18 SYN-ACK"),
        new("type", Text, Meaning: "IPv4, IPv6 or EFA"),
        new("pkt_srcaddr", Text, Meaning: "the packet's own source"),
        new("pkt_dstaddr", Text, Meaning: "the packet's own destination"),
        new("region", Text, Region, Meaning: "the region"),
        new("az_id", Text, Meaning: "the availability zone"),
        new("sublocation_type", Text, Meaning: "wavelength, outpost or localzone"),
        new("sublocation_id", Text, Meaning: "its id"),
        new("pkt_src_aws_service", Text, Meaning: "the AWS service that the source belongs to"),
        new("pkt_dst_aws_service", Text, Meaning: "the AWS service that the destination belongs to"),
        new("flow_direction", Text, Meaning: "ingress or egress"),
        new("traffic_path", Integer, Meaning: "which way egress traffic takes"),
    }.ToDictionary(field => field.Name);

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "vpc-flow",
        "VPC flow logs: the default fields, those of the file's header, or a list given after the colon",
        "2 123456789012 eni-1235b8ca123456789 192.0.2.69 198.51.100.12 49761 443 6 20 4249 1795341600 1795341660 ACCEPT OK",
        Bind)
    {
        DependsOnHead = true,
    };

    static readonly ServiceRule TargetField = ServiceRule.Parse("field:dstaddr");
    static readonly ServiceRule SourceField = ServiceRule.Parse("field:client_ip");
    static readonly ServiceRule RegionInName = ServiceRule.Parse("file:*_vpcflowlogs_{region}_*");
    static readonly List<string> DefaultNames = Names(Default);
    static readonly Lazy<LineLayout> DefaultLayout = new(() => Compile(DefaultNames, header: ""));

    static FormatBinding? Bind(FormatInput input)
    {
        var head = input.Head.Span;
        var first = Encoding.Latin1.GetString(EventBoundary.TakeLine(ref head));
        var header = IsHeader(first) ? first : "";
        if (input.Layout is null && header.Length == 0)
        {
            return Bind(DefaultLayout.Value, DefaultNames, input);
        }

        var names = Names(input.Layout ?? header);
        if (names.Count == 0 || names.Distinct().Count() < names.Count)
        {
            throw new UserException($"The format vpc-flow cannot be read from '{input.Layout}'. Expected the names of its fields, each once, such as 'vpc-flow:{Default}'.", UserException.Usage);
        }

        return Bind(Compile(names, header), names, input);
    }

    static FormatBinding Bind(LineLayout layout, List<string> names, FormatInput input) => layout.Bind(
        "vpc-flow",
        input with { TimeZone = TimeZoneInfo.Utc },
        names.Contains("dstaddr") ? TargetField : null,
        names.Contains("srcaddr") ? SourceField : null,
        RegionInName);

    static LineLayout Compile(List<string> names, string header)
    {
        var fields = names.Select(name => Known.GetValueOrDefault(name) ?? new LayoutPiece.Field(name, Text, Meaning: "not a field that is known")).ToList();
        if (!names.Contains("start") && fields.FindIndex(field => field.Name == "end") is var end and >= 0)
        {
            fields[end] = fields[end] with { Column = Timestamp };
        }

        return SpacedLayout.Compile(fields, lastOfOldest: null, header);
    }

    /// <summary>The names as columns have them; AWS writes them with hyphens, and as <c>${account-id}</c> where a flow log is set up.</summary>
    static List<string> Names(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('$', '{', '}').Replace('-', '_'))];

    static bool IsHeader(string line) =>
        line.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or ' ' or '_') && Names(line) is var names && names.Distinct().Count() == names.Count && names.Count(Known.ContainsKey) >= LeastKnownInHeader;
}
