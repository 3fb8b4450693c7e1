namespace Millrace.Generation.Web;

/// <summary>A path of the web site.</summary>
/// <param name="Request">The method and the path.</param>
/// <param name="Bytes">The typical size of the answer.</param>
/// <param name="IsStatic">True for a file whose size never varies and which browsers keep.</param>
/// <param name="TakesQuery">True where requests may carry a query string.</param>
readonly record struct WebPage(string Request, int Bytes, bool IsStatic, bool TakesQuery)
{
    /// <summary>True for what only scanners ask for.</summary>
    public bool IsMissing { get; init; }
}
