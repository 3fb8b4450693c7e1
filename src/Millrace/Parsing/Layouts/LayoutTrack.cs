namespace Millrace.Parsing.Layouts;

/// <summary>The short ways of the parser's loop, one for each usual kind of field.</summary>
enum LayoutTrack : byte
{
    /// <summary>None: the field is read by the general way.</summary>
    None,

    /// <summary>The first field of an access log's usual beginning, of which several steps are taken at once.</summary>
    AccessHead,

    /// <summary>Text that ends within reach of one vector.</summary>
    Text,

    /// <summary>Text between quotes whose places are known.</summary>
    Quoted,

    /// <summary>Up to seven digits.</summary>
    Digits,

    /// <summary>The time of the line before.</summary>
    Time,
}
