using Millrace.Generation.Randomness;

namespace Millrace.Generation.Lines;

/// <summary>What gets into real logs without being an event: cut lines, a shell's messages, TLS handshakes on a plain port, binary rubbish.</summary>
static class InvalidLines
{
    const int ShortestCut = 3;
    const int LongestCut = 16;

    static readonly byte[][] Rubbish =
    [
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, 0x9A, 0xE4, 0x7F, 0x11, 0xC0, 0x2B],
        [0xC3, 0x28, 0xA0, 0xA1, 0xE2, 0x28, 0xA1, 0xF0, 0x28, 0x8C, 0xBC, 0xFF, 0xFE],
        [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
        "rotatelogs: can't open log file: No space left on device"u8.ToArray(),
        "./deploy.sh: line 27: jq: command not found"u8.ToArray(),
        "Segmentation fault (core dumped)"u8.ToArray(),
        "-- MARK --"u8.ToArray(),
        "<html><head><title>502 Bad Gateway</title></head>"u8.ToArray(),
        "\"\" - - [] \"\" \"\""u8.ToArray(),
        "==> /var/log/app/current <=="u8.ToArray(),
        "UEsDBBQAAAAIAHVQbVnBs2Vx8QEAAJcDAAAUAAAAZXZlbnRzL2RheS0zMjYuanNvbrVTTW8aMRD9Kyuf"u8.ToArray(),
    ];

    /// <summary>Puts an invalid line in place of the line that begins at a position and ends the buffer.</summary>
    public static void Replace(LineBuffer lines, int lineStart, SeededRandom random)
    {
        var kind = random.Below(Rubbish.Length + 2);
        if (kind < Rubbish.Length)
        {
            lines.CutTo(lineStart);
            lines.Append(Rubbish[kind]);
        }
        else
        {
            lines.CutTo(lineStart + ShortestCut + random.Below(LongestCut - ShortestCut));
        }

        lines.Append((byte)'\n');
    }
}
