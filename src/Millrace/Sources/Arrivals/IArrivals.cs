using Millrace.Intake;

namespace Millrace.Sources.Arrivals;

/// <summary>An inflow of new and grown files: a directory, a bucket's listing, a queue of notifications.</summary>
public interface IArrivals : IInflow<Arrival>;
