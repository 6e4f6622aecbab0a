using System.Globalization;

namespace ActorP2P.Hocon;

/// <summary>Converts texts to numbers and Boolean values.</summary>
internal static class HoconNumber
{
    private const NumberStyles Decimal =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>
    /// A whole number, also one written like 1e3 or 10.0. A fraction is refused, because cutting it off would be a
    /// guess.
    /// </summary>
    public static bool TryLong(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        if (TryDecimal(text, out decimal number) && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= long.MaxValue)
        {
            value = (long)number;
            return true;
        }
        return false;
    }

    public static bool TryInt(string text, out int value)
    {
        bool fits = TryLong(text, out long number) && number is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)number : 0;
        return fits;
    }

    /// <summary>A finite number. Numbers too large to be finite are refused.</summary>
    public static bool TryDouble(string text, out double value) =>
        double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryFloat(string text, out float value) =>
        float.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value);

    /// <summary>The six spellings that the specification recommends, and no others.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "yes" or "on";
        return value || text is "false" or "no" or "off";
    }
}
