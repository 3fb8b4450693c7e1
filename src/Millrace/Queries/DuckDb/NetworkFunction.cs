using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Queries.Conditions;

namespace Millrace.Queries.DuckDb;

/// <summary>
/// <c>in_network(address, networks)</c>: true where a text is an address that lies in one of the networks, which are parted by commas; NULL where either is
/// NULL.
/// </summary>
static unsafe class NetworkFunction
{
    /// <summary>Its name in SQL.</summary>
    public const string Name = "in_network";

    /// <summary>Makes it known to a connection.</summary>
    public static void Register(nint connection) =>
        ScalarFunction.Register(connection, Name, [DuckDbType.Varchar, DuckDbType.Varchar], DuckDbType.Boolean, &Fill);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Fill(nint info, nint input, nint output)
    {
        try
        {
            Fill(input, output);
        }
        catch (Exception e)
        {
            Native.ScalarFunctionSetError(info, e.Message);
        }
    }

    static void Fill(nint input, nint output)
    {
        var rows = (int)Native.DataChunkGetSize(input);
        var (addresses, networks) = (Column.Of(input, 0), Column.Of(input, 1));
        var isIn = (byte*)Native.VectorGetData(output);
        ulong* isSet = null;
        ReadOnlySpan<byte> last = default;
        Network[] read = [];
        for (var row = 0; row < rows; row++)
        {
            if (!addresses.HasValue(row) || !networks.HasValue(row))
            {
                isSet = isSet == null ? MakeWritable(output) : isSet;
                isSet[row >> 6] &= ~(1UL << (row & 63));
                continue;
            }

            // The networks are the same in every row of nearly every query.
            var text = networks.Text(row);
            if (read.Length == 0 || !text.SequenceEqual(last))
            {
                read = Network.ReadAll(text);
                last = text;
            }

            isIn[row] = NetworkAddress.TryRead(addresses.Text(row), out var address) && Network.AnyHolds(read, address) ? (byte)1 : (byte)0;
        }
    }

    static ulong* MakeWritable(nint vector)
    {
        Native.VectorEnsureValidityWritable(vector);
        return Native.VectorGetValidity(vector);
    }

    /// <summary>A vector of texts.</summary>
    readonly struct Column(byte* data, ulong* validity)
    {
        public static Column Of(nint chunk, ulong index)
        {
            var vector = Native.DataChunkGetVector(chunk, index);
            return new((byte*)Native.VectorGetData(vector), Native.VectorGetValidity(vector));
        }

        public bool HasValue(int row) => validity == null || (validity[row >> 6] & (1UL << (row & 63))) != 0;

        public ReadOnlySpan<byte> Text(int row) => VectorText.At(data, row);
    }
}
