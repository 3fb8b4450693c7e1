using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Queries.DuckDb;

/// <summary>
/// The scalar functions of <see cref="TextNumbers"/>: <c>text_of(number)</c>, and <c>rank_of(number)</c>, by which numbers are sorted as their texts would be. The texts are not copied, so they must live as
/// long as the session.
/// </summary>
static unsafe class TextNumberFunctions
{
    /// <summary>The function that gives the text of a number.</summary>
    public const string TextOf = "text_of";

    /// <summary>The function that gives the place of a number's text among all texts, in the order of their bytes.</summary>
    public const string RankOf = "rank_of";

    interface ILookup<T>
        where T : unmanaged
    {
        T Of(uint number);
    }

    /// <summary>Makes the functions known to a connection.</summary>
    public static void Register(nint connection, TextNumbers numbers)
    {
        Register(connection, numbers, TextOf, DuckDbType.Varchar, &FillTexts);
        Register(connection, numbers, RankOf, DuckDbType.UInteger, &FillRanks);
    }

    static void Register(nint connection, TextNumbers numbers, string name, DuckDbType result, delegate* unmanaged[Cdecl]<nint, nint, nint, void> fill) =>
        ScalarFunction.Register(connection, name, [DuckDbType.UInteger], result, fill, new Known(numbers));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void FillTexts(nint info, nint input, nint output) => Fill<TextNumbers.Entry, Texts>(new Texts(NumbersOf(info)), input, output);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void FillRanks(nint info, nint input, nint output) => Fill<uint, Ranks>(new Ranks(NumbersOf(info)), input, output);

    static TextNumbers NumbersOf(nint info) => Native.Target<Known>(Native.ScalarFunctionGetExtraInfo(info)).Numbers;

    // Nothing in here throws. What stands at a NULL may be anything and is not looked up.
    static void Fill<T, TLookup>(TLookup lookup, nint input, nint output)
        where T : unmanaged
        where TLookup : struct, ILookup<T>
    {
        var rows = (int)Native.DataChunkGetSize(input);
        var given = Native.DataChunkGetVector(input, 0);
        var from = (uint*)Native.VectorGetData(given);
        var to = (T*)Native.VectorGetData(output);
        var isGiven = Native.VectorGetValidity(given);
        if (isGiven == null)
        {
            for (var row = 0; row < rows; row++)
            {
                to[row] = lookup.Of(from[row]);
            }

            return;
        }

        Native.VectorEnsureValidityWritable(output);
        var isSet = Native.VectorGetValidity(output);
        for (var row = 0; row < rows; row++)
        {
            var bit = 1UL << (row & 63);
            if ((isGiven[row >> 6] & bit) != 0)
            {
                to[row] = lookup.Of(from[row]);
            }
            else
            {
                isSet[row >> 6] &= ~bit;
            }
        }
    }

    readonly struct Texts(TextNumbers numbers) : ILookup<TextNumbers.Entry>
    {
        public TextNumbers.Entry Of(uint number) => numbers[number];
    }

    readonly struct Ranks(TextNumbers numbers) : ILookup<uint>
    {
        public uint Of(uint number) => numbers.RankOf(number);
    }

    /// <summary>What the functions are told. The numbers are not theirs to dispose of.</summary>
    sealed record Known(TextNumbers Numbers);
}
