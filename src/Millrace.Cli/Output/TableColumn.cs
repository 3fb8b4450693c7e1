namespace Millrace.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">True where its cells are numbers: they stand to the right and are never cut.</param>
sealed record TableColumn(string Name, bool IsNumber)
{
    /// <summary>True for what only tells rows apart: it stands behind what a person looks for.</summary>
    public bool IsId => Name is "id" || Name.EndsWith("Id", StringComparison.Ordinal);
}
