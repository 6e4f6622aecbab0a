using System.Globalization;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>Parts of a report as text.</summary>
internal static class ReportText
{
    private const int ShortLetters = 8;

    /// <summary>The beginning of a peer's id, with a <c>?</c> before one that is only claimed.</summary>
    public static string ShortId(PeerReport peer) =>
        (peer.IsProven ? "" : "?") + (peer.Id.Length > ShortLetters ? peer.Id[..ShortLetters] : peer.Id);

    public static string RoundTrip(PeerReport peer) =>
        peer.RoundTripMs?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A time as hours, minutes and seconds, with days before them if there are any.</summary>
    public static string Age(TimeSpan? age) => age is not { } time ? "-"
        : time.Duration().ToString(
            time.Days > 0 ? @"d\d\ hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Why connections have ended, the most frequent reasons first.</summary>
    public static string Reasons(NodeReport report) => report.Reasons.Count == 0 ? "none"
        : string.Join(", ", report.Reasons.Select(static reason =>
            $"{reason.What} {reason.Reason}{(reason.Side.Length > 0 ? $" ({reason.Side})" : "")} {reason.Count}"));

    /// <summary>A rate in bytes for each second.</summary>
    public static string Rate(long now, long? before, TimeSpan passed) =>
        before is not { } earlier || passed <= TimeSpan.Zero ? "-"
            : $"{SafeText.Size(Math.Max(0, now - earlier) / passed.TotalSeconds)}/s";
}
