using System.Text;
using Millrace.Generation.Traffic;

namespace Millrace.Generation.Lines;

/// <summary>
/// A message with places to fill: <c>{id}</c> (the one of the path where it is of the endpoint's kind), <c>{uuid}</c>, <c>{hex}</c>, <c>{n}</c>,
/// <c>{digit}</c>, <c>{path}</c>.
/// </summary>
sealed class MessageText
{
    readonly (byte[] Text, Place Place)[] _parts;

    public MessageText(string template, IdKind idKind)
    {
        var pieces = template.Split('{', '}');
        _parts = [.. pieces.Select((piece, index) => index % 2 == 0 ? (Encoding.UTF8.GetBytes(piece), Place.None) : ([], PlaceOf(piece, idKind)))];
    }

    enum Place
    {
        None,
        Number,
        Uuid,
        Hex,
        Count,
        Digit,
        Path,
    }

    public void Append(LineBuffer lines, in Call call, CallTexts texts)
    {
        foreach (var (text, place) in _parts)
        {
            switch (place)
            {
                case Place.None: lines.Append(text); break;
                case Place.Number: lines.Append(texts.Id(IdKind.Number, call.Id)); break;
                case Place.Uuid: lines.Append(texts.Id(IdKind.Uuid, call.Id)); break;
                case Place.Hex: lines.Append(texts.Id(IdKind.Hex, call.Id)); break;
                case Place.Count: lines.AppendNumber((long)((call.Dice >> 16) % 4_000) + 1); break;
                case Place.Digit: lines.AppendNumber((long)((call.Dice >> 32) % 9) + 1); break;
                case Place.Path: texts.AppendPath(lines, call); break;
            }
        }
    }

    static Place PlaceOf(string name, IdKind idKind) => name switch
    {
        "id" => idKind switch { IdKind.Uuid => Place.Uuid, IdKind.Hex => Place.Hex, _ => Place.Number },
        "uuid" => Place.Uuid,
        "hex" => Place.Hex,
        "n" => Place.Count,
        "digit" => Place.Digit,
        "path" => Place.Path,
        _ => throw new ArgumentException($"no place is called '{name}'", nameof(name)),
    };
}
