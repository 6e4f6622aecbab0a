using System.Buffers.Binary;
using ActorP2P.Cli.Messages;
using ActorP2P.Cli.Terminal;
using ActorP2P.Protocol;

namespace ActorP2P.Cli.Decode;

/// <summary>
/// What the payloads of frames say. Secrets and what leads to them are left out: the proofs of a network's secret, the
/// nonces, and all that a login sends. The bytes of messages are shown only if they are asked for.
/// </summary>
/// <param name="payloadBytes">How many bytes of a message are shown.</param>
internal sealed class FrameDetails(int payloadBytes)
{
    // The types of the library's own requests and answers that log a peer in.
    private const int FirstLoginType = 0x0001;
    private const int LastLoginType = 0x0003;
    private const int BroadcastHead = 25;

    private readonly List<KeyValuePair<string, string>> _found = [];

    /// <summary>The names and values of a frame.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Of(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        _found.Clear();
        switch (header.Kind)
        {
            case FrameKind.Hello or FrameKind.HelloAck or FrameKind.Update:
                _found.AddRange(HelloDetails.Of(payload, payloadBytes));
                break;
            case FrameKind.Credit:
                Credit(payload);
                break;
            case FrameKind.Goodbye when payload.Length >= 2:
                Add("reason", $"{(DisconnectReason)BinaryPrimitives.ReadUInt16BigEndian(payload)}");
                Text(payload[2..]);
                break;
            case FrameKind.Error or FrameKind.StreamReset when payload.Length >= 2:
                Add("code", $"{(RequestErrorCode)BinaryPrimitives.ReadUInt16BigEndian(payload)}");
                Text(payload[2..]);
                break;
            case FrameKind.Reset when payload.Length == 3:
                Add("of", $"{(FrameKind)payload[0]}");
                Add("reason", ResetReasons.NameOf(BinaryPrimitives.ReadUInt16BigEndian(payload[1..])));
                break;
            case FrameKind.StreamEnd when payload.Length == 8:
                Add("total", $"{BinaryPrimitives.ReadUInt64BigEndian(payload)}");
                break;
            case FrameKind.StreamCredit when payload.Length == 8:
                Add("limit", $"{BinaryPrimitives.ReadUInt64BigEndian(payload)}");
                break;
            case FrameKind.GossipControl when payload.Length >= 17:
                Add("operation", payload[0] switch { 1 => "Dropped", 2 => "Wanted", var other => $"{other}" });
                Add("ids", string.Join(' ', BroadcastId.ReadAll(payload[1..])));
                break;
            default:
                Message(header, payload);
                break;
        }

        return [.. _found];
    }

    private void Add(string name, string value) => _found.Add(new KeyValuePair<string, string>(name, value));

    private void Text(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0)
        {
            Add("text", SafeText.TextOf(text) ?? $"hex {Convert.ToHexStringLower(text)}");
        }
    }

    private void Credit(ReadOnlySpan<byte> payload)
    {
        string[] classes = ["requests", "responses", "notifies", "broadcasts"];
        for (; payload.Length >= 9; payload = payload[9..])
        {
            Add(
                payload[0] < classes.Length ? classes[payload[0]] : $"class {payload[0]}",
                $"{BinaryPrimitives.ReadUInt64BigEndian(payload[1..])}");
        }
    }

    private void Message(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return;
        }

        bool isWhole = !header.IsFragment && (header.Flags & FrameFlags.Tagged) == 0;
        if (header.Kind == FrameKind.Broadcast && isWhole && payload.Length >= BroadcastHead)
        {
            Add("broadcast", $"{BroadcastId.Read(payload)}");
            Add("hops", $"{payload[BroadcastHead - 1]}");
            payload = payload[BroadcastHead..];
        }

        if (header.Type is >= FirstLoginType and <= LastLoginType
            && header.Kind is (FrameKind.Request or FrameKind.Response))
        {
            Add("body", $"{payload.Length} bytes of a login, left out");
        }
        else if (payloadBytes > 0)
        {
            Add("body", MessageOutput.Text(payload[..Math.Min(payload.Length, payloadBytes)], payloadBytes)
                + (payload.Length > payloadBytes ? $"... ({payload.Length} bytes)" : ""));
        }
        else
        {
            Add("body", $"{payload.Length} bytes");
        }
    }
}
