using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>One line of a ledger.</summary>
/// <param name="Time">
/// The time in milliseconds since the machine started, which is the same clock for all processes.
/// </param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The promise or the message that the line is about; 0 when it is about none.</param>
/// <param name="Detail">Further details, without line breaks.</param>
internal sealed record LedgerEntry(long Time, LedgerEntryKind Kind, ulong Id, string Detail)
{
    /// <summary>Whether the line begins a promise, which has to end.</summary>
    public bool IsBeginning => Kind is LedgerEntryKind.Ask or LedgerEntryKind.Tell
        or LedgerEntryKind.Broadcast or LedgerEntryKind.Connect;

    /// <summary>Reads a line that <see cref="ToString"/> has written.</summary>
    /// <exception cref="FormatException">The text is not a line of a ledger.</exception>
    public static LedgerEntry Parse(string line)
    {
        string[] fields = line.Split(' ', 4);
        return fields.Length == 4
            && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            && Enum.TryParse(fields[1], out LedgerEntryKind kind)
            && ulong.TryParse(fields[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong id)
                ? new LedgerEntry(time, kind, id, fields[3])
                : throw new FormatException($"'{line}' is not a line of a ledger.");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time} {Kind} {Id:x16} {Detail}");
}
