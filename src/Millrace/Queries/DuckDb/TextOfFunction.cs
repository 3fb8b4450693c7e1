using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Queries.DuckDb;

/// <summary>The scalar function <c>text_of(number)</c>: the text that <see cref="TextNumbers"/> gave a number. The texts are not copied, so they must live as long as the session.</summary>
static unsafe class TextOfFunction
{
    /// <summary>Its name in SQL.</summary>
    public const string Name = "text_of";

    /// <summary>Makes the function known to a connection.</summary>
    public static void Register(nint connection, TextNumbers numbers)
    {
        var function = Native.CreateScalarFunction();
        var number = Native.CreateLogicalType(DuckDbType.UInteger);
        var text = Native.CreateLogicalType(DuckDbType.Varchar);
        try
        {
            Native.ScalarFunctionSetName(function, Name);
            Native.ScalarFunctionAddParameter(function, number);
            Native.ScalarFunctionSetReturnType(function, text);
            Native.ScalarFunctionSetExtraInfo(function, Native.Keep(new Texts(numbers)), &Native.Release);
            Native.ScalarFunctionSetFunction(function, &Fill);
            if (Native.RegisterScalarFunction(connection, function) != Native.Success)
            {
                throw new InvalidOperationException($"DuckDB did not take the {Name}() function.");
            }
        }
        finally
        {
            Native.DestroyLogicalType(ref number);
            Native.DestroyLogicalType(ref text);
            Native.DestroyScalarFunction(ref function);
        }
    }

    // Nothing in here throws. What stands at a NULL may be anything and is not looked up.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Fill(nint info, nint input, nint output)
    {
        var numbers = Native.Target<Texts>(Native.ScalarFunctionGetExtraInfo(info)).Numbers;
        var rows = (int)Native.DataChunkGetSize(input);
        var given = Native.DataChunkGetVector(input, 0);
        var from = (uint*)Native.VectorGetData(given);
        var to = (TextNumbers.Entry*)Native.VectorGetData(output);
        var validity = Native.VectorGetValidity(given);
        if (validity == null)
        {
            for (var row = 0; row < rows; row++)
            {
                to[row] = numbers[from[row]];
            }

            return;
        }

        Native.VectorEnsureValidityWritable(output);
        var isText = Native.VectorGetValidity(output);
        for (var row = 0; row < rows; row++)
        {
            var bit = 1UL << (row & 63);
            if ((validity[row >> 6] & bit) != 0)
            {
                to[row] = numbers[from[row]];
            }
            else
            {
                isText[row >> 6] &= ~bit;
            }
        }
    }

    /// <summary>What the function is told. The numbers are not its to dispose of.</summary>
    sealed record Texts(TextNumbers Numbers);
}
