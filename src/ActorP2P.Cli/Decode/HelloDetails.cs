using System.Buffers.Binary;
using System.Globalization;
using ActorP2P.Cli.Messages;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Decode;

/// <summary>The fields of a hello or an update, by their tags in docs/internals/protocol.md.</summary>
internal static class HelloDetails
{
    private const int MaxText = 512;
    private const uint UnixMilliseconds = 17;
    private const uint State = 19;
    private const uint WantedBroadcasts = 20;
    private const uint NodeIdTag = 4;

    // Proofs can be tried against guesses, and nonces are part of logins.
    private static readonly uint[] s_leftOut = [6, 18];

    private static readonly Dictionary<uint, string> s_names = new()
    {
        [1] = "network",
        [2] = "min version",
        [3] = "max version",
        [4] = "node",
        [5] = "instance",
        [6] = "nonce",
        [7] = "software",
        [8] = "listens",
        [9] = "service code",
        [10] = "service",
        [11] = "window requests",
        [12] = "window responses",
        [13] = "window notifies",
        [14] = "window broadcasts",
        [15] = "max message",
        [16] = "max requests",
        [17] = "clock",
        [18] = "secret proof",
        [19] = "state",
        [20] = "wants broadcasts",
        [21] = "features",
        [22] = "stream window",
        [23] = "max streams",
    };

    /// <summary>The fields as names and values.</summary>
    public static List<KeyValuePair<string, string>> Of(ReadOnlySpan<byte> payload, int payloadBytes)
    {
        List<KeyValuePair<string, string>> found = [];
        TagReader tags = new(payload);
        while (tags.TryRead())
        {
            found.Add(new KeyValuePair<string, string>(
                s_names.GetValueOrDefault(tags.Tag, $"field {tags.Tag}"), ValueOf(tags, payloadBytes)));
        }

        if (!tags.AtEnd)
        {
            found.Add(new KeyValuePair<string, string>("malformed", $"after {tags.Consumed} bytes"));
        }

        return found;
    }

    private static string ValueOf(TagReader tags, int payloadBytes)
    {
        if (s_leftOut.Contains(tags.Tag))
        {
            return "(left out)";
        }

        if (tags.TryGet(out ulong positive))
        {
            return tags.Tag == UnixMilliseconds && positive < 253_402_300_800_000
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)positive).ToString("u", CultureInfo.InvariantCulture)
                : $"{positive}";
        }

        if (tags.TryGet(MaxText, out string? text))
        {
            return SafeText.Of(text);
        }

        return tags.TryGet(out ReadOnlySpan<byte> bytes) ? BytesOf(tags.Tag, bytes, payloadBytes)
            : tags.TryGet(out bool truth) ? (tags.Tag == WantedBroadcasts ? "all" : $"{truth}")
            : tags.TryGet(out long negative) ? $"{negative}"
            : $"a value of the type {tags.Type}";
    }

    private static string BytesOf(uint tag, ReadOnlySpan<byte> bytes, int payloadBytes)
    {
        if (tag == NodeIdTag && bytes.Length == NodeId.Size)
        {
            return $"{new NodeId(bytes)}";
        }

        if (tag == WantedBroadcasts && bytes.Length % 2 == 0)
        {
            List<string> types = [];
            for (; bytes.Length > 0; bytes = bytes[2..])
            {
                types.Add($"{BinaryPrimitives.ReadUInt16BigEndian(bytes):x4}");
            }

            return types.Count == 0 ? "none" : string.Join(' ', types);
        }

        return tag == State && payloadBytes == 0 ? $"{bytes.Length} bytes"
            : MessageOutput.Text(bytes, Math.Max(64, payloadBytes));
    }
}
