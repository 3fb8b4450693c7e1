namespace Millrace.Queries.DuckDb;

/// <summary>Makes functions of one value known to a connection.</summary>
static unsafe class ScalarFunction
{
    /// <summary>Registers a function.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="given">The types of what it takes.</param>
    /// <param name="result">The type of what it gives.</param>
    /// <param name="fill">Takes the function's info, a chunk of flat vectors and the vector to fill. Also called for rows that have a NULL.</param>
    /// <param name="extra">What <see cref="Native.ScalarFunctionGetExtraInfo"/> gives a handle of.</param>
    public static void Register(
        nint connection,
        string name,
        ReadOnlySpan<DuckDbType> given,
        DuckDbType result,
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> fill,
        object? extra = null)
    {
        var function = Native.CreateScalarFunction();
        var returned = Native.CreateLogicalType(result);
        try
        {
            Native.ScalarFunctionSetName(function, name);
            foreach (var type in given)
            {
                var parameter = Native.CreateLogicalType(type);
                Native.ScalarFunctionAddParameter(function, parameter);
                Native.DestroyLogicalType(ref parameter);
            }

            Native.ScalarFunctionSetReturnType(function, returned);
            Native.ScalarFunctionSetFunction(function, fill);
            if (extra is not null)
            {
                Native.ScalarFunctionSetExtraInfo(function, Native.Keep(extra), &Native.Release);
            }

            if (Native.RegisterScalarFunction(connection, function) != Native.Success)
            {
                throw new InvalidOperationException($"DuckDB did not take the {name}() function.");
            }
        }
        finally
        {
            Native.DestroyLogicalType(ref returned);
            Native.DestroyScalarFunction(ref function);
        }
    }
}
