using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// A ban as bytes, as a store keeps it under the text of its target: tagged values, so that later versions may add
/// some. Both times are in milliseconds: when it began since 1970, and how long it lasts.
/// </summary>
internal static class BanRecord
{
    private const uint SinceUnixMilliseconds = 1;
    private const uint DurationMilliseconds = 2;
    private const uint Reason = 3;
    private const uint IsOfProgram = 4;

    // From the year 1 to the year 9899, so that a ban of a hundred years has an end.
    private static readonly long s_leastSince = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_mostSince = (DateTimeOffset.MaxValue - Ban.Longest).ToUnixTimeMilliseconds();

    /// <summary>Writes a ban, whose times are whole milliseconds, without its target.</summary>
    public static byte[] Write(Ban ban)
    {
        ArrayBufferWriter<byte> output = new();
        TagWriter tags = new(output);
        tags.Write(SinceUnixMilliseconds, ban.Since.ToUnixTimeMilliseconds());
        tags.Write(DurationMilliseconds, (ulong)(ban.Duration.Ticks / TimeSpan.TicksPerMillisecond));
        tags.Write(Reason, ban.Reason);
        tags.Write(IsOfProgram, ban.Origin == BanOrigin.Program);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a ban; null when the bytes or the target are none.</summary>
    /// <param name="target">The text of its target.</param>
    /// <param name="bytes">The bytes.</param>
    public static Ban? Read(string target, ReadOnlySpan<byte> bytes)
    {
        long? since = null;
        ulong? duration = null;
        string reason = "";
        BanOrigin origin = BanOrigin.Penalty;
        TagReader tags = new(bytes);
        while (tags.TryRead())
        {
            switch (tags.Tag)
            {
                case SinceUnixMilliseconds when tags.TryGet(out long milliseconds):
                    since = milliseconds;
                    break;
                case DurationMilliseconds when tags.TryGet(out ulong milliseconds):
                    duration = milliseconds;
                    break;
                case Reason when tags.TryGet(Ban.MaxReason, out string? text):
                    reason = PrintableText.Of(text);
                    break;
                case IsOfProgram when tags.TryGet(out bool isOfProgram):
                    origin = isOfProgram ? BanOrigin.Program : BanOrigin.Penalty;
                    break;
                case <= IsOfProgram:
                    return null;
                default:
                    break;
            }
        }

        return tags.AtEnd && since is { } begun && duration is { } lasts && begun >= s_leastSince
            && begun <= s_mostSince && lasts <= (ulong)Ban.Longest.TotalMilliseconds
            && BanTarget.TryParse(target, out BanTarget? banned)
            ? new Ban(banned, DateTimeOffset.FromUnixTimeMilliseconds(begun), TimeSpan.FromMilliseconds((long)lasts),
                reason, origin)
            : null;
    }
}
