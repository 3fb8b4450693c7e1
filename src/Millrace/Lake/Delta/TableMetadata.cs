namespace Millrace.Lake.Delta;

/// <summary>What a table says of itself: its id, its columns as Delta's schema JSON, and the columns that part it.</summary>
sealed record TableMetadata(string Id, string SchemaJson, IReadOnlyList<string> PartitionColumns, long Created);
