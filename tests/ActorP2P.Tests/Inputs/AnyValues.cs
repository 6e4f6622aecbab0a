using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>
/// For each type that a caller can pass: the values that go wrong, and values next to them that do not.
/// </summary>
internal static class AnyValues
{
    public static readonly TimeSpan[] Times =
    [
        TimeSpan.MinValue, Timeout.InfiniteTimeSpan, TimeSpan.FromTicks(-1), TimeSpan.Zero, TimeSpan.FromTicks(1),
        TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromDays(1), WaitTime.Longest,
        WaitTime.Longest
            + TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(uint.MaxValue), TimeSpan.FromDays(50), TimeSpan.MaxValue,
    ];

    public static readonly int[] Counts =
        [int.MinValue, -1, 0, 1, 2, 4, 16, 64, 65, 65_536, 65_600, 1 << 20, 16_777_217, 1 << 30, int.MaxValue];

    public static readonly long[] Sizes =
        [long.MinValue, -1, 0, 1,
            1 << 20, 64L << 20, 1L << 30, 1L << 40, (1L << 40) + 1, 1L << 50, 1L << 62, long.MaxValue];

    public static readonly string?[] Texts =
        [null, "", "a", "\0", "a\nb", "a\ud800", "\u202e", new('n', 64), new('n', 65), new('é', 33), new('u', 256),
            new('u', 257)];

    public static readonly PeerAddress?[] Addresses =
    [
        null, new("b", 1), new("a", 1), new("b", 0), new("b", 2), new("nowhere", 65_535), new("0.0.0.0", 0),
        new("0.0.0.0", 1),
        new("::", 1), new("::ffff:127.0.0.1", 1), new(new string('h', 253), 1), new("é", 1),
    ];

    public static readonly Lane[] Lanes = [Lane.Control, Lane.High, Lane.Normal, Lane.Bulk, (Lane)4, (Lane)255];

    /// <summary>The values for a type; none when this class has no values for it.</summary>
    public static object?[] Of(Type type) =>
        type == typeof(TimeSpan) ? [.. Times.Cast<object>()]
        : type == typeof(int) ? [.. Counts.Cast<object>()]
        : type == typeof(long) || type == typeof(long?) ? [.. Sizes.Cast<object>()]
        : type == typeof(string) ? [.. Texts]
        : type == typeof(PeerAddress) ? [.. Addresses]
        : type == typeof(IReadOnlyList<PeerAddress>) ? [.. Lists()]
        : [];

    private static IReadOnlyList<PeerAddress>?[] Lists() =>
        [null, [], [.. Enumerable.Repeat(new PeerAddress("b", 1), 9)],
            .. Addresses.Select(address => new[] { address! })];
}
