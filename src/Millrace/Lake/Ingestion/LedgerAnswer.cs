namespace Millrace.Lake.Ingestion;

/// <summary>What the ledger says of a file.</summary>
enum LedgerAnswer
{
    /// <summary>All of it is in.</summary>
    Known,

    /// <summary>There is something to read.</summary>
    Pending,

    /// <summary>It may go on from a file that is being ingested.</summary>
    Later,

    /// <summary>There is nothing whole in it yet.</summary>
    Waiting,
}
