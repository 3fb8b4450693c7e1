namespace Millrace.Events;

/// <summary>Reading the parts of a time.</summary>
sealed partial class TimePattern
{
    enum PartKind : byte
    {
        Literal,
        Year,
        ShortYear,
        Month,
        MonthName,
        Day,
        DayOfYear,
        Hour,
        HalfDayHour,
        HalfDay,
        Minute,
        Second,
        Fraction,
        Offset,
        ZoneName,
        Epoch,
        DayName,
    }

    /// <summary>One letter of a pattern, or one byte between letters.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Least">The least number of digits or letters.</param>
    /// <param name="Most">The greatest.</param>
    /// <param name="HasPad">True where a space may stand before it.</param>
    /// <param name="Byte">The byte of a literal.</param>
    readonly record struct Part(PartKind Kind, int Least, int Most, bool HasPad = false, byte Byte = 0)
    {
        public static Part Of(byte literal) => new(PartKind.Literal, 1, 1, Byte: literal);

        public bool MayGoOnWith(byte next) => Kind switch
        {
            PartKind.Literal => false,
            PartKind.ZoneName or PartKind.MonthName or PartKind.DayName => char.IsAsciiLetter((char)next),
            PartKind.Offset => next == ':' || char.IsAsciiDigit((char)next),
            _ => char.IsAsciiDigit((char)next),
        };

        public bool TryTake(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            if (Kind == PartKind.Literal)
            {
                return at < text.Length && text[at++] == Byte;
            }

            if (HasPad && at < text.Length && text[at] == ' ')
            {
                at++;
            }

            return Kind switch
            {
                PartKind.MonthName => TryTakeMonthName(text, ref at, ref stamp),
                PartKind.DayName => TakeLetters(text, ref at) is var length && length >= Least && length <= Most,
                PartKind.HalfDay => TryTakeHalfDay(text, ref at, ref stamp),
                PartKind.Offset => TryTakeOffset(text, ref at, ref stamp),
                PartKind.ZoneName => TryTakeZoneName(text, ref at, ref stamp),
                _ => TryTakeNumber(text, ref at, ref stamp),
            };
        }

        bool TryTakeNumber(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            long number = 0;
            var digits = 0;
            while (digits < Most && at < text.Length && (uint)(text[at] - '0') is var digit and <= 9)
            {
                number = (number * 10) + digit;
                digits++;
                at++;
            }

            if (digits < Least)
            {
                return false;
            }

            stamp.Set(Kind, number, digits);
            return true;
        }

        bool TryTakeMonthName(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            var start = at;
            var length = Math.Min(TakeLetters(text, ref at), Most);
            at = start + length;
            if (length < 3 || !TimeText.TryMonth(text.Slice(start, 3), out var month))
            {
                return false;
            }

            stamp.Set(PartKind.Month, month, length);
            return true;
        }

        static bool TryTakeHalfDay(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            if (at + 2 > text.Length || (text[at + 1] | 0x20) != 'm' || (text[at] | 0x20) is not ('a' or 'p'))
            {
                return false;
            }

            stamp.Set(PartKind.HalfDay, (text[at] | 0x20) == 'p' ? 1 : 0, 2);
            at += 2;
            return true;
        }

        static bool TryTakeOffset(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            if (at < text.Length && text[at] is (byte)'Z' or (byte)'z')
            {
                at++;
                stamp.SetOffset(0);
                return true;
            }

            if (!TimeText.TryOffset(text[at..], out var offset, out var length))
            {
                return false;
            }

            at += length;
            stamp.SetOffset(offset);
            return true;
        }

        /// <summary>UTC and the zones of North America that RFC 2822 gives offsets for; times with other names are read in the zone of stamps without one.</summary>
        static bool TryTakeZoneName(ReadOnlySpan<byte> text, ref int at, ref Stamp stamp)
        {
            var start = at;
            var length = TakeLetters(text, ref at);
            var name = text.Slice(start, length);
            if (name is [_] ? name[0] == 'Z' : name.SequenceEqual("UTC"u8) || name.SequenceEqual("GMT"u8))
            {
                stamp.SetOffset(0);
            }
            else if (name is [_, (byte)'S' or (byte)'D', (byte)'T'] && "ECMP"u8.IndexOf(name[0]) is var zone and >= 0)
            {
                stamp.SetOffset((-5 - zone + (name[1] == 'D' ? 1 : 0)) * 3_600 * TimeText.MicrosPerSecond);
            }

            return length is >= 1 and <= 5;
        }

        static int TakeLetters(ReadOnlySpan<byte> text, ref int at)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiLetter((char)text[at]))
            {
                at++;
            }

            return at - start;
        }
    }

    /// <summary>What the parts of a time say.</summary>
    struct Stamp
    {
        const int NoYear = -1;

        int _year;
        int _month;
        int _day;
        int _dayOfYear;
        int _hour;
        int _minute;
        int _second;
        int _halfDay;
        long _fraction;
        long _epoch;
        long _offset;
        bool _hasOffset;

        public static Stamp Empty => new() { _year = NoYear, _epoch = -1, _halfDay = -1 };

        public void SetOffset(long micros) => (_offset, _hasOffset) = (micros, true);

        public void Set(PartKind kind, long value, int digits)
        {
            var number = (int)Math.Min(value, int.MaxValue);
            switch (kind)
            {
                case PartKind.Year:
                    _year = number;
                    break;
                case PartKind.ShortYear:
                    _year = number < 69 ? 2000 + number : 1900 + number;
                    break;
                case PartKind.Month:
                    _month = number;
                    break;
                case PartKind.Day:
                    _day = number;
                    break;
                case PartKind.DayOfYear:
                    _dayOfYear = number;
                    break;
                case PartKind.Hour or PartKind.HalfDayHour:
                    _hour = number;
                    break;
                case PartKind.HalfDay:
                    _halfDay = number;
                    break;
                case PartKind.Minute:
                    _minute = number;
                    break;
                case PartKind.Second:
                    _second = number;
                    break;
                case PartKind.Fraction:
                    _fraction = Micros(value, digits);
                    break;
                case PartKind.Epoch:
                    _epoch = value;
                    break;
            }
        }

        public readonly bool TryMicros(LocalZone zone, long now, out long micros)
        {
            if (_epoch >= 0)
            {
                micros = (_epoch * TimeText.MicrosPerSecond) + _fraction;
                return true;
            }

            var isHourRight = _halfDay < 0 ? _hour <= 23 : _hour is >= 1 and <= 12;
            var hour = _halfDay < 0 ? _hour : (_hour % 12) + (12 * _halfDay);
            micros = 0;
            if (!isHourRight || _minute > 59 || _second > 60)
            {
                return false;
            }

            var time = (((hour * 3600L) + (_minute * 60) + _second) * TimeText.MicrosPerSecond) + _fraction;
            if (_year == NoYear)
            {
                return TryMicrosOfLatestYear(time, zone, now, out micros);
            }

            if (!TryDate(_year, out var date))
            {
                return false;
            }

            micros = ToUtc(date + time, zone);
            return true;
        }

        /// <summary>The latest year in which the time is not more than a day after now; a 29th of February may be eight years back.</summary>
        readonly bool TryMicrosOfLatestYear(long time, LocalZone zone, long now, out long micros)
        {
            var thisYear = DateTime.UnixEpoch.AddTicks(Math.Clamp(now, 0, 200_000 * TimeText.MicrosPerDay) * TimeSpan.TicksPerMicrosecond).Year;
            for (var year = thisYear + 1; year >= thisYear - 8; year--)
            {
                if (TryDate(year, out var date) && ToUtc(date + time, zone) is var instant && instant <= now + TimeText.MicrosPerDay)
                {
                    micros = instant;
                    return true;
                }
            }

            micros = 0;
            return false;
        }

        readonly bool TryDate(int year, out long micros)
        {
            if (_dayOfYear == 0)
            {
                return TimeText.TryDate(year, _month, _day, out micros);
            }

            var isDay = TimeText.TryDate(year, 1, 1, out micros) && _dayOfYear <= (DateTime.IsLeapYear(year) ? 366 : 365);
            micros += (_dayOfYear - 1) * TimeText.MicrosPerDay;
            return isDay;
        }

        readonly long ToUtc(long local, LocalZone zone) => _hasOffset ? local - _offset : zone.ToUtc(local);

        /// <summary>Digits behind the point as microseconds; further digits are cut off.</summary>
        static long Micros(long value, int digits)
        {
            for (; digits < 6; digits++)
            {
                value *= 10;
            }

            for (; digits > 6; digits--)
            {
                value /= 10;
            }

            return value;
        }
    }
}
