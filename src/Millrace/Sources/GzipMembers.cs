using System.Buffers.Binary;
using Millrace.Sources.Inflation;

namespace Millrace.Sources;

/// <summary>
/// Inflates gzip members one after the other (RFC 1952). Everything that comes before damage is given. Stored bytes are asked for only where there is nothing to
/// give, so that what comes slowly through a pipe is seen at once.
/// </summary>
sealed class GzipMembers(Stream stored) : DecompressedStream
{
    const string EndsEarly = "the gzip data ends early";
    const string IsDamaged = "the gzip data is damaged";

    /// <summary>A smaller read is served from a buffer of this size: a match copies from near by only what one call inflates.</summary>
    const int SmallRead = 64 * 1024;

    readonly StoredBytes _stored = new(stored);
    readonly Inflater _inflater = new();
    Place _place;
    bool _isFirst = true;
    uint _checksum;
    uint _length;
    byte[] _ahead = [];
    int _aheadStart;
    int _aheadEnd;
    string? _aheadProblem;

    enum Place
    {
        BeforeMember,
        InMember,
        BeforeTrailer,
        AtEnd,
    }

    public override CompressionKind Compression => CompressionKind.Gzip;

    protected override int ReadNext(Span<byte> buffer, out string? problem)
    {
        if (_aheadStart == _aheadEnd && _aheadProblem is null)
        {
            if (buffer.Length >= SmallRead)
            {
                return Inflate(buffer, out problem);
            }

            _ahead = _ahead.Length > 0 ? _ahead : GC.AllocateUninitializedArray<byte>(SmallRead);
            (_aheadStart, _aheadEnd) = (0, Inflate(_ahead, out _aheadProblem));
        }

        var length = Math.Min(buffer.Length, _aheadEnd - _aheadStart);
        _ahead.AsSpan(_aheadStart, length).CopyTo(buffer);
        _aheadStart += length;
        problem = _aheadStart == _aheadEnd ? _aheadProblem : null;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Gives what there is without reading on in vain; 0 only at the end or with a problem.</summary>
    int Inflate(Span<byte> output, out string? problem)
    {
        var written = 0;
        problem = null;
        while (written == 0 && problem is null && _place != Place.AtEnd)
        {
            switch (_place)
            {
                case Place.BeforeMember:
                    problem = BeginMember();
                    break;
                case Place.InMember:
                    written = InflateMember(output, out problem);
                    break;
                default:
                    problem = EndMember();
                    break;
            }
        }

        return written;
    }

    string? BeginMember()
    {
        if (!_isFirst && !IsNextMember())
        {
            _place = Place.AtEnd;
            return IsPaddingLeft() ? null : "what follows the gzip data is not gzip and was not read";
        }

        _isFirst = false;
        switch (GzipHeader.Read(_stored))
        {
            case InflateResult.Damaged:
                return IsDamaged;
            case InflateResult.NeedsInput:
                return EndsEarly;
            default:
                _inflater.Reset();
                (_checksum, _length) = (0, 0);
                _place = Place.InMember;
                return null;
        }
    }

    /// <summary>A single byte at the end that a member could begin with is a member cut off.</summary>
    bool IsNextMember()
    {
        _stored.TryHave(GzipHeader.Magic.Length);
        var start = _stored.Pending[..Math.Min(_stored.Pending.Length, GzipHeader.Magic.Length)];
        return !start.IsEmpty && GzipHeader.Magic.StartsWith(start);
    }

    /// <summary>Reads on to the end; true where nothing is left but the zeros with which some writers fill their last block.</summary>
    bool IsPaddingLeft()
    {
        do
        {
            if (_stored.Pending.ContainsAnyExcept((byte)0))
            {
                return false;
            }

            _stored.Use(_stored.Pending.Length);
        }
        while (_stored.TryReadMore());
        return true;
    }

    int InflateMember(Span<byte> output, out string? problem)
    {
        problem = null;
        var result = _inflater.Inflate(_stored.Pending, output, out var used, out var written);
        _stored.Use(used);
        _checksum = Crc32.Append(_checksum, output[..written]);
        _length += (uint)written;
        switch (result)
        {
            case InflateResult.Ended:
                _place = Place.BeforeTrailer;
                break;
            case InflateResult.Damaged:
                problem = IsDamaged;
                break;
            case InflateResult.NeedsInput when written == 0 && !_stored.TryReadMore():
                problem = EndsEarly;
                break;
        }

        return written;
    }

    /// <summary>Compares the checksum and the length with what came out (RFC 1952, 2.3.1).</summary>
    string? EndMember()
    {
        _place = Place.BeforeMember;
        return Check(_checksum) ?? Check(_length);
    }

    string? Check(uint expected)
    {
        if (!_stored.TryHave(sizeof(uint)))
        {
            return EndsEarly;
        }

        var told = BinaryPrimitives.ReadUInt32LittleEndian(_stored.Pending);
        _stored.Use(sizeof(uint));
        return told == expected ? null : IsDamaged;
    }
}
